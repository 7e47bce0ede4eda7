"""What the nominees of a call are scored on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.texts import FALLBACK, UN_LANGUAGES, localized
from accounts.verbs.activities import record
from participants.models import Call, Criterion, Mark
from participants.models.reviews import MOST_POINTS, MOST_WEIGHT
from participants.queries.reviews import counting

NAME_LIMIT = 200
MOST_CRITERIA = 12

# Notifications name expertise, gender, geography and earlier work (domain, 2.2: criteria_seen); gender and geography are
# rules of the selection (decision 19). The third follows Annex II, whose experts plan and carry out the NBSAP.
USUAL = (
    (gettext_lazy("Relevant expertise and experience"), 3),
    (gettext_lazy("Earlier work under the Convention"), 1),
    (gettext_lazy("Role in national planning or the NBSAP"), 2),
)
USUAL_MOST = 5


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """One criterion: its name by language, how often its points count, and how many can be given."""

    name: Mapping[str, str]
    weight: int = 1
    most: int = USUAL_MOST


def usual_criteria() -> list[CriterionDraft]:
    """Return what nominees are usually scored on, in every language that the planner has the words in."""
    return [CriterionDraft(_in_every_language(words), weight) for words, weight in USUAL]


def _in_every_language(words: object) -> dict[str, str]:
    found = {}
    for code in UN_LANGUAGES:
        with override(code):
            found[code] = str(words)
    first = FALLBACK[0]
    return {code: text for code, text in found.items() if code == first or text != found[first]}


def set_criteria(call: Call, criteria: Sequence[CriterionDraft], *, by: Actor, at: datetime) -> list[Criterion]:
    """Say what the nominees of a call are scored on, in this order; what was said before is replaced.

    Marks of reviews that were set aside go with the criteria they were given on; the log keeps them. Raises ``NotAllowed``,
    ``Invalid`` (``criteria_missing``, ``too_many_criteria``, ``criterion_unnamed``, ``criterion_named_twice``, ``too_long``,
    ``weight_out_of_range``, ``most_out_of_range``) and ``Refused`` (``criteria_in_use``).
    """
    by.require_organizer()
    _check(criteria)
    with transaction.atomic():
        locked = Call.objects.select_for_update().get(pk=call.pk)
        if counting().filter(nomination__call=locked).exists():
            raise Refused(
                "criteria_in_use",
                _("Nominees were scored on these criteria. Set those reviews aside before you change what is asked."),
            )
        dropped = _drop(locked)
        rows = Criterion.objects.bulk_create(
            Criterion(call=locked, position=place, name=_clean(each.name), weight=each.weight, most=each.most)
            for place, each in enumerate(criteria, start=1)
        )
        said = [{"name": each.name, "weight": each.weight, "most": each.most} for each in rows]
        record("set_criteria", locked, by=by, at=at, criteria=said, **({"marks_before": dropped} if dropped else {}))
    return rows


def _clean(name: Mapping[str, str]) -> dict[str, str]:
    return {code: text.strip() for code, text in name.items() if text.strip()}


def _drop(call: Call) -> dict[str, dict[str, int]]:
    """Delete the criteria of a call with the marks of reviews set aside, and return these by review and criterion."""
    marks = Mark.objects.filter(criterion__call=call).select_related("criterion").order_by("review", "criterion")
    before: dict[str, dict[str, int]] = {}
    for each in marks:
        before.setdefault(str(each.review_id), {})[localized(each.criterion.name, FALLBACK[0])] = each.points
    marks.delete()
    call.scored.all().delete()
    return before


def _check(criteria: Sequence[CriterionDraft]) -> None:
    if not criteria:
        raise Invalid("criteria_missing", _("Name at least one criterion."), field="criteria")
    if len(criteria) > MOST_CRITERIA:
        sentence = _("Name at most %(most)d criteria; join some.") % {"most": MOST_CRITERIA}
        raise Invalid("too_many_criteria", sentence, field="criteria")
    names: set[str] = set()
    for place, each in enumerate(criteria):
        for field, code, sentence in _faults(each):
            raise Invalid(code, sentence, field=f"criteria.{place}.{field}")
        name = localized(_clean(each.name), FALLBACK[0]).casefold()
        if name in names:
            sentence = _("Two criteria have the same name; tell them apart.")
            raise Invalid("criterion_named_twice", sentence, field=f"criteria.{place}.name")
        names.add(name)


def _faults(draft: CriterionDraft) -> Iterator[tuple[str, str, str]]:
    """Yield field, code and sentence of what is wrong with one criterion."""
    name = _clean(draft.name)
    if not name or not set(name) <= set(UN_LANGUAGES):
        yield "name", "criterion_unnamed", _("Give each criterion a name, in one of the six languages at least.")
    if any(len(text) > NAME_LIMIT for text in name.values()):
        yield "name", "too_long", _("Use at most %(limit)d characters.") % {"limit": NAME_LIMIT}
    if not 1 <= draft.weight <= MOST_WEIGHT:
        yield "weight", "weight_out_of_range", _("Weights go from 1 to %(most)d.") % {"most": MOST_WEIGHT}
    if not 1 <= draft.most <= MOST_POINTS:
        yield "most", "most_out_of_range", _("The points at most go from 1 to %(most)d.") % {"most": MOST_POINTS}
