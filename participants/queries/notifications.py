"""What the notification of a call says, in the order of the convention's own notifications (domain, 2.2).

Everything here is the same for all recipients of one language; it is worked out once a language, not once a letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from babel.lists import format_list
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from accounts.texts import localized
from correspondence.facts import Days, Fact, Moment
from correspondence.kinds import KINDS
from documents.dates import locale_of
from participants.models import Call
from participants.models.calls import PlanningSignatures
from participants.models.nominations import DocumentKind, Sector, Track
from participants.queries.wording import facts, party_name
from workshops.models import Contribution, Mandate, Party, Region, Workshop
from workshops.models.contributions import ContributionKind
from workshops.models.regions import RegionList
from workshops.queries.parties import name_on

POINT = "– "  # what makes a line one of a list (``correspondence.page``)

# Annex II, participants, with its own examples.
PROFILES: Mapping[str, Promise] = {
    Track.BIODIVERSITY: gettext_lazy(
        "national biodiversity experts, for example the coordinator of the national biodiversity strategy and action plan or "
        "the focal point for protected areas, nominated by the CBD national focal point;"
    ),
    Track.PLANNING: gettext_lazy(
        "national experts in planning, agriculture or forests, nominated through the FAO or the CBD national focal point;"
    ),
}
SIGNED_TWICE = gettext_lazy(
    "national experts in planning, agriculture or forests, nominated through the FAO and the CBD national focal points, both "
    "of whom sign;"
)
SECTORS: Mapping[str, Promise] = {
    Sector.CONSERVATION: gettext_lazy("conservation"),
    Sector.FOREST: gettext_lazy("forests"),
    Sector.AGRICULTURE: gettext_lazy("agriculture"),
    Sector.PLANNING: gettext_lazy("planning"),
}
PAPERS: Mapping[str, Promise] = {
    DocumentKind.LETTER: gettext_lazy(
        "an official letter to the Executive Secretary, signed by the national focal point or another senior official;"
    ),
    DocumentKind.FORM: gettext_lazy("the completed nomination form;"),
    DocumentKind.CV: gettext_lazy("a curriculum vitae that states the areas of expertise;"),
}


def facts_of_call(call: Call, kind: str, language: str, on: date) -> dict[str, Fact]:
    """Return what letters of ``kind`` about a call say to all who read ``language``; the recipient's Party is not in it."""
    workshop = call.workshop
    known: dict[str, Fact] = {
        **facts(workshop, on, language),
        "deadline": Moment(call.deadline_at, call.deadline_zone),
        "symbol": call.symbol,
        "seats": call.seats_per_party,
    }
    if kind == "call-notification":
        known |= facts_of_occasion(workshop, language, on) | _facts_of_terms(call, language, on)
    return {name: fact for name, fact in known.items() if name in KINDS[kind].facts}


def facts_of_occasion(workshop: Workshop, language: str, on: date) -> dict[str, Fact]:
    """Return what a notification says of a workshop whatever its call: thanks, languages, address, mandate and objective."""
    with override(language):
        return {
            "programme": localized(workshop.programme.title, language),
            "thanks": _thanks(workshop, language, on),
            "languages": joined(map(locale_of(language).languages.get, workshop.languages), language),
            "web": web_address(workshop),
            "mandate": _mandate(workshop, language),
            "objective": localized(workshop.programme.objective, language),
        }


def _facts_of_terms(call: Call, language: str, on: date) -> dict[str, Fact]:
    issued = call.issued_on or on
    with override(language):
        return {
            "file_reference": call.file_reference,
            "issued": Days(issued, issued),
            "areas": localized(call.thematic_areas, language),
            "profiles": _profiles(call, language),
            "papers": _papers(call),
            "criteria": criteria_of(call, language),
            "funding": funding(call, language),
        }


def web_address(workshop: Workshop) -> str:
    """Return where documents and logistics of a workshop stand; the room of one held online is not told to everybody."""
    if workshop.web_address and not workshop.online:
        return workshop.web_address
    return settings.BASE_URL + reverse("workshop", args=[workshop.slug])


def joined(words: Iterable[str | None], language: str) -> str:
    """Return words as a language lists them: "Arabic, English and French"."""
    return format_list([each for each in words if each], locale=locale_of(language))


def _thanks(workshop: Workshop, language: str, on: date) -> str:
    """Thank the host and those who contribute in money, by name and fund."""
    host = name_on(workshop.host, on, language)
    lines = [_("The Secretariat is grateful to the Government of %(host)s for hosting the workshop.") % {"host": host}]
    donors = joined(_donors(workshop, language, on), language)
    if donors:
        lines.append(_("Financial support has generously been provided by: %(donors)s.") % {"donors": donors})
    return "\n".join(lines)


def _donors(workshop: Workshop, language: str, on: date) -> list[str]:
    given = Contribution.objects.filter(programme=workshop.programme_id, kind=ContributionKind.CASH)
    for_it = given.filter(earmark_workshop=workshop) | given.filter(earmark_workshop__isnull=True)
    named = {
        (name_on(each.donor, on, language), each.fund)
        for each in for_it.select_related("donor").prefetch_related("donor__names")
    }
    return [f"{name} ({fund})" if fund else name for name, fund in sorted(named)]


def _mandate(workshop: Workshop, language: str) -> str:
    mandates = Mandate.objects.filter(programme=workshop.programme_id).select_related("decision")
    return joined(
        (
            _("decision %(decision)s, paragraph %(paragraph)s")
            % {"decision": each.decision.reference, "paragraph": each.paragraph}
            for each in mandates.order_by("decision__meeting", "decision__number", "paragraph")
        ),
        language,
    )


def _profiles(call: Call, language: str) -> str:
    both = call.planning_signatures == PlanningSignatures.BOTH
    profiles = [str(SIGNED_TWICE if both and track == Track.PLANNING else PROFILES[track]) for track in call.tracks]
    sectors = joined((str(SECTORS[sector]) for sector in call.sectors), language)
    return _points([*profiles, _("where possible from these sectors: %(sectors)s.") % {"sectors": sectors}])


def _papers(call: Call) -> str:
    return _points([*(str(PAPERS[each]) for each in call.papers), _("full contact details with an e-mail address.")])


def _points(lines: Sequence[str]) -> str:
    return "\n".join(POINT + line for line in lines)


def criteria_of(call: Call, language: str) -> str:
    """Return by what a call selects, in a language; the active one for the usual criteria."""
    return localized(call.criteria, language) or _usual_criteria()


def _usual_criteria() -> str:
    """Return the criteria that the convention's notifications name (domain, 2.2), for a call that has none of its own."""
    return _(
        "Participants will be selected on the basis of relevant expertise and experience, gender balance, equitable "
        "geographical representation and earlier work under the Convention."
    )


def funding(call: Call, language: str) -> str:
    """Return who is financed, in the call's own words or from its terms; nothing is promised where they finance nobody."""
    if call.funding or not call.funded_seats:
        return localized(call.funding, language)
    with override(language):
        return _financed(call, language)


def _financed(call: Call, language: str) -> str:
    if not call.funded_lists:
        sentence = ngettext(
            "Subject to the availability of funds, the Secretariat can finance the participation of %(count)d expert of each "
            "Party.",
            "Subject to the availability of funds, the Secretariat can finance the participation of %(count)d experts of each "
            "Party.",
            call.funded_seats,
        )
        return sentence % {"count": call.funded_seats}
    sentence = ngettext(
        "Subject to the availability of funds, the Secretariat can finance the participation of %(count)d expert of each "
        "eligible Party: %(lists)s.",
        "Subject to the availability of funds, the Secretariat can finance the participation of %(count)d experts of each "
        "eligible Party: %(lists)s.",
        call.funded_seats,
    )
    return sentence % {
        "count": call.funded_seats,
        "lists": joined(names_of_lists(call.funded_lists, language), language),
    }


def names_of_lists(names: Sequence[str], language: str) -> list[str]:
    """Return regions by their names, and whole lists by theirs, in the order given."""
    regions = Region.objects.in_bulk(list(names))
    lists = dict(RegionList.choices)
    return [
        localized(regions[each].name, language) if each in regions else str(lists.get(each, each)) for each in names
    ]


def unheard(party: Party, on: date, language: str) -> str:
    """Return the sentence that nothing has come from a Party yet, in a language."""
    with override(language):
        told = _("No nomination of %(party)s has been recorded so far.")
        return told % {"party": party_name(party, on, language)}
