"""The fields by which people can be counted: where the value stands, what it is called, and in which order values come."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import partial

from django.conf import settings
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participants.models import Nomination
from participants.models.endorsements import Channel
from participants.models.nominations import NominationState, Sector, Track
from participants.models.organizations import OrganizationKind
from participants.models.persons import Gender
from workshops.models import Party, Region, RegionMembership
from workshops.models.parties import PartyKind
from workshops.models.regions import RegionList

ONLY = (RegionList.LDC, RegionList.LLDC, RegionList.SIDS)  # lists of one region: a Party is on it or not
ON, OFF = "on", "off"
CALL_DAY = "call_day"  # the annotation of nominations that regions and lists are looked up with, see ``with_day``
NOT_STATED = _("Not stated")


@dataclass(frozen=True, slots=True)
class Field:
    """``value`` makes the expression over nominations, null where it is not stated; ``labels`` names values in their order.

    ``unstated`` is what those without a value are called. ``registered`` fields are asked for at registration alone. ``gone``
    says that nominations that no longer stand count too.
    """

    name: str
    label: str | Promise
    value: Callable[[], Combinable]
    labels: Callable[[set[str]], Mapping[str, str]]
    unstated: str | Promise = NOT_STATED
    registered: bool = False
    gone: bool = False


def _choices(choices: type[TextChoices], _found: set[str], *, besides: str = "") -> dict[str, str]:
    """Return all choices, those that nobody has too: that nobody has them is what a balance asks."""
    return {str(value): str(label) for value, label in choices.choices if value != besides}


def _government_kinds(_found: set[str]) -> dict[str, str]:
    """Return countries, and the Union that is none (E17)."""
    return {PartyKind.STATE.value: gettext("Countries"), PartyKind.ORGANIZATION.value: gettext("European Union")}


def _parties(found: set[str]) -> dict[str, str]:
    """Return the Governments found, by name; one query."""
    named = {code: str(party) for code, party in Party.objects.in_bulk(found).items()}
    return dict(sorted(named.items(), key=lambda each: each[1]))


def _regions(of_list: RegionList, _found: set[str]) -> dict[str, str]:
    """Return all regions of a list, the empty ones too; one query."""
    return {region.pk: str(region) for region in Region.objects.filter(of_list=of_list).order_by("slug")}


def _membership(_found: set[str]) -> dict[str, str]:
    return {ON: gettext("On the list"), OFF: gettext("Not on the list")}


def _lateness(_found: set[str]) -> dict[str, str]:
    return {ON: gettext("Late"), OFF: gettext("In time")}


def _ranks(found: set[str]) -> dict[str, str]:
    return {rank: rank for rank in sorted(found)}


def _languages(_found: set[str]) -> dict[str, str]:
    return {code: str(label) for code, label in settings.LANGUAGES}


def with_day(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Add the day of each nomination's call, which the values of some fields ask for."""
    return rows.annotate(**{CALL_DAY: TruncDate("call__opened_at", tzinfo=UTC)})


def _gender() -> Combinable:
    """Return the gender as stated; it is never guessed (E07)."""
    return NullIf(F("person__gender"), Value(Gender.UNKNOWN.value))


def _region(of_list: RegionList) -> Combinable:
    """Return the region of the list in which the Party was on the day of the call (E20, E21)."""
    return Subquery(_members(of_list).order_by("region").values("region")[:1])


def _members(of_list: RegionList) -> QuerySet[RegionMembership]:
    day = OuterRef(CALL_DAY)
    return RegionMembership.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        party=OuterRef("party"),
        region__of_list=of_list,
    )


def _on_list(of_list: RegionList) -> Combinable:
    """Say whether the country was on the list on the day of the call (E20); the European Union is none (E17)."""
    return Case(
        When(party__isnull=True, then=None),
        When(party__kind=PartyKind.ORGANIZATION, then=None),
        When(Exists(_members(of_list)), then=Value(ON)),
        default=Value(OFF),
        output_field=CharField(),
    )


def _late() -> Combinable:
    return Case(When(late=True, then=Value(ON)), default=Value(OFF), output_field=CharField())


def _kind_of_organization() -> Combinable:
    """Return the kind of the organization that sends the person, or else of the one where the person works."""
    return Coalesce(F("organization__kind"), F("person__organization__kind"))


def _language() -> Combinable:
    """Return the language that letters are written in: the person's own, or else the Party's."""
    return Coalesce(NullIf(F("person__language"), Value("")), F("party__language"))


def _list_field(of_list: RegionList) -> Field:
    if of_list in ONLY:
        return Field(of_list.value, of_list.label, partial(_on_list, of_list), _membership, unstated=_("Of no country"))
    value, labels = partial(_region, of_list), partial(_regions, of_list)
    return Field(of_list.value, of_list.label, value, labels, unstated=_("In none of the list"))


def _every_field() -> Iterator[Field]:
    nobody = _("Of no Government")
    yield Field("gender", _("Gender"), _gender, partial(_choices, Gender, besides=Gender.UNKNOWN.value))
    yield Field("party", _("Government represented"), partial(F, "party"), _parties, unstated=nobody)
    yield Field(
        "government",
        _("Countries and the European Union"),
        partial(F, "party__kind"),
        _government_kinds,
        unstated=nobody,
    )
    yield from map(_list_field, RegionList)
    yield Field("track", _("Track"), partial(F, "track"), partial(_choices, Track))
    yield Field("sector", _("Sector"), partial(F, "sector"), partial(_choices, Sector))
    yield Field(
        "state", _("State of the nomination"), partial(F, "state"), partial(_choices, NominationState), gone=True
    )
    yield Field("late", _("In time or late"), _late, _lateness)
    yield Field("rank", _("The Party's own order"), partial(F, "rank"), _ranks, unstated=_("Without a rank"))
    yield Field("channel", _("Signed through"), partial(F, "endorsements__channel"), partial(_choices, Channel),
                unstated=_("Not signed"))  # fmt: skip
    yield Field("organization", _("Kind of organization"), _kind_of_organization, partial(_choices, OrganizationKind))
    yield Field("language", _("Language of correspondence"), _language, _languages)
    for name, label in (("nationality", _("Nationality")), ("residence", _("Country of residence"))):
        yield Field(name, label, partial(F, f"invitation__registration__{name}"), _parties, registered=True)


FIELDS: Mapping[str, Field] = {field.name: field for field in _every_field()}
