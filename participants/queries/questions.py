"""Questions about a proposal with their answers as sentences, in the language active now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from participants.models import Nomination, Selection, SelectionQuestion
from participants.models.questions import QuestionState
from participants.queries.notifications import joined
from participants.queries.shares import contribution_label
from participants.queries.wording import money_told
from workshops.models import Contribution

# What would get worse if somebody were in; the levels before it stay as they are.
PRICES: dict[str, str | Promise] = {
    "": gettext_lazy("Nothing would get worse if %(who)s were in."),
    "rules": gettext_lazy("%(who)s cannot be in: the seats, the Party’s places, the locks or the money forbid it."),
    "parties": gettext_lazy("If %(who)s were in, Parties represented would fall from %(before)d to %(after)d."),
    "tracks": gettext_lazy("If %(who)s were in, Parties with both tracks would fall from %(before)d to %(after)d."),
    "women": gettext_lazy(
        "If %(who)s were in, women up to the share asked for would fall from %(before)d to %(after)d."
    ),
    "sectors": gettext_lazy(
        "If %(who)s were in, people within the shares of the sectors would fall from %(before)d to %(after)d."
    ),
    "priority": gettext_lazy(
        "If %(who)s were in, people of Parties on the lists that come first would fall from %(before)d to %(after)d."
    ),
    "score": gettext_lazy(
        "If %(who)s were in, points with one for each seat filled would fall from %(before)d to %(after)d."
    ),
    "cost": gettext_lazy(
        "If %(who)s were in, nothing before it would get worse, but donors would pay %(more)s more: %(cost)s."
    ),
    "ties": gettext_lazy(
        "If %(who)s were in, nothing would get worse: somebody equal came first, by the Party’s own order or by lot."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A question in words with its answer; ``answer`` is "" while it is being computed or when it failed."""

    question: SelectionQuestion
    asked: str
    answer: str

    @property
    def waits(self) -> bool:
        """Whether a worker has still to answer it."""
        return self.question.state == QuestionState.ASKED


def told_of(selection: Selection) -> list[Told]:
    """Return what was asked of a proposal, the last question first; two queries, whatever their number."""
    rows = selection.questions.select_related("nomination__person", "nomination__party", "contribution__donor")
    questions = list(rows.order_by("-asked_at", "-id"))
    named = _Names(questions, selection.currency)
    return [Told(each, named.asked(each), named.answer(each)) for each in questions]


def payers_of(selection: Selection) -> list[tuple[UUID, str]]:
    """Return the contributions that pay in a proposal, each once and by name; one query."""
    keys = {UUID(each["contribution"]) for each in selection.inputs.get("donors", ())}
    rows = Contribution.objects.filter(pk__in=keys).select_related("donor")
    return sorted(((each.pk, contribution_label(each)) for each in rows), key=lambda payer: payer[1])


class _Names:
    """The people whom the answers name, read once."""

    def __init__(self, questions: Iterable[SelectionQuestion], currency: str) -> None:
        facts = [each["facts"] for question in questions for each in question.answer]
        keys = {UUID(key) for each in facts for key in (*each.get("enters", ()), *each.get("leaves", ()))}
        self.people = Nomination.objects.select_related("person", "party").in_bulk(keys)
        self.currency = currency

    def asked(self, question: SelectionQuestion) -> str:
        """Return the question."""
        if question.nomination is not None:
            return _("Why not %(who)s?") % {"who": _who(question.nomination)}
        if question.contribution is not None:
            donor = contribution_label(question.contribution)
            return _("Who comes in with one more seat paid by %(donor)s?") % {"donor": donor}
        return _("Who comes in with one more seat?")

    def answer(self, question: SelectionQuestion) -> str:
        """Return the answer, "" when there is none."""
        makers = {"price": self._price, "one-more": self._one_more}
        return " ".join(makers[each["code"]](question, each["facts"]) for each in question.answer)

    def _price(self, question: SelectionQuestion, facts: Mapping[str, Any]) -> str:
        before, after = facts["before"], facts["after"]
        told = {
            "who": _who(question.nomination) if question.nomination is not None else "",
            "before": before,
            "after": after,
            # Levels grow when they are better, so money counts below nothing.
            "more": money_told(before - after, self.currency),
            "cost": money_told(-after, self.currency),
        }
        return str(PRICES[facts["level"]]) % told

    def _one_more(self, question: SelectionQuestion, facts: Mapping[str, Any]) -> str:
        enters, leaves = self._all(facts["enters"]), self._all(facts["leaves"])
        sentences = [
            ngettext("%(who)s comes in.", "%(who)s come in.", len(facts["enters"])) % {"who": enters}
            if enters
            else _("Nobody comes in.")
        ]
        if leaves:
            sentences.append(ngettext("%(who)s goes out.", "%(who)s go out.", len(facts["leaves"])) % {"who": leaves})
        if facts["money"] and question.contribution is not None:
            told = {
                "donor": contribution_label(question.contribution),
                "money": money_told(facts["money"], self.currency),
            }
            sentences.append(_("This takes %(money)s more from %(donor)s.") % told)
        return " ".join(sentences)

    def _all(self, keys: Iterable[str]) -> str:
        rows = [self.people[UUID(key)] for key in keys if UUID(key) in self.people]
        return joined(map(_who, rows), (get_language() or "en").split("-")[0])


def _who(nomination: Nomination) -> str:
    return f"{nomination.person} ({nomination.party or nomination.organization})"
