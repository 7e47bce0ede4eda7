"""A focal point's page for a campaign: what the directory says, confirmed, corrected, or somebody else named."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refused
from accounts.portal.forms import PageForm, show_refusal
from participants.models import CampaignEntry, FocalPoint, PersonalLink
from participants.models.campaigns import CampaignAnswer, CampaignState
from participants.models.links import LinkPurpose
from participants.portal.campaign_forms import ContactForm, DeputyForm, SuccessorForm
from participants.portal.links import address, bearer, opened_by, token_of
from participants.queries.campaigns import of_link
from participants.queries.focal_points import standing
from participants.verbs.confirmations import CONTACT, confirm_mandate, update_contact
from participants.verbs.deputies import end_deputy, name_deputy
from participants.verbs.successions import propose_successor


class Line(NamedTuple):
    """An entry, its holder's deputies, and what its reader may do about it."""

    entry: CampaignEntry
    deputies: list[FocalPoint]
    may_answer: bool
    may_confirm: bool
    may_name_deputies: bool


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.CONFIRM)
def confirm(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Show every entry the bearer is asked about; POST says that all of them are right."""
    lines = _lines(link)
    unanswered = [each.entry for each in lines if each.may_confirm and each.entry.answer == CampaignAnswer.WAITING]
    if request.method == "POST":
        for entry in unanswered:
            confirm_mandate(entry, by=bearer(request, link), at=timezone.now())
        said = ngettext(
            "%(count)d entry confirmed. Thank you.", "%(count)d entries confirmed. Thank you.", len(unanswered)
        )
        messages.success(request, said % {"count": len(unanswered)})
        return redirect(address(link))
    campaign = link.campaign
    context = {
        "campaign": campaign,
        "party": link.party,
        "practice": campaign is not None and campaign.rehearsal_id,
        "lines": lines,
        "unanswered": len(unanswered),
        "is_open": campaign is not None and campaign.state == CampaignState.OPEN,
        "token": token_of(link),
    }
    return render(request, "my/campaign.html", context)


def _lines(link: PersonalLink) -> list[Line]:
    entries = list(of_link(link))
    today = timezone.now().date()
    stands = set(standing(today, party=link.party).values_list("pk", flat=True))
    deputies = standing(today, party=link.party).filter(deputy_of__in=[each.mandate_id for each in entries])
    of_mandate: dict[UUID | None, list[FocalPoint]] = {}
    for deputy in deputies.select_related("person").order_by("person__name", "id"):
        of_mandate.setdefault(deputy.deputy_of_id, []).append(deputy)
    return [_line(link, each, of_mandate.get(each.mandate_id, []), stands) for each in entries]


def _line(link: PersonalLink, entry: CampaignEntry, deputies: list[FocalPoint], stands: set[UUID]) -> Line:
    is_open = entry.campaign.state == CampaignState.OPEN and entry.answer != CampaignAnswer.RECORDED
    on_record = entry.mandate_id in stands
    may_answer = is_open and (on_record or entry.mandate_id is None)
    is_holder = entry.mandate is not None and entry.mandate.person_id == link.person_id
    return Line(entry, deputies, may_answer, may_answer and on_record, may_answer and on_record and is_holder)


def _entry(link: PersonalLink, key: UUID) -> CampaignEntry:
    """Return an entry the bearer of a link is asked about, or 404."""
    found = of_link(link).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@require_POST
@opened_by(LinkPurpose.CONFIRM)
def right(request: HttpRequest, link: PersonalLink, key: UUID) -> HttpResponse:
    """Confirm one entry."""
    confirm_mandate(_entry(link, key), by=bearer(request, link), at=timezone.now())
    messages.success(request, _("Confirmed. Thank you."))
    return redirect(address(link))


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.CONFIRM)
def contact(request: HttpRequest, link: PersonalLink, key: UUID) -> HttpResponse:
    """Change the contact details of a focal point."""
    entry = _entry(link, key)
    if entry.mandate is None:
        raise Http404
    known = {name: getattr(entry.mandate.person, name) for name in CONTACT}
    known["language"] = entry.mandate.language or known["language"]
    form = ContactForm(request.POST if request.method == "POST" else None, initial=known)

    def change() -> None:
        update_contact(entry, **form.cleaned_data, by=bearer(request, link), at=timezone.now())

    words = (_("Change contact details"), _("Save these details"), _("The details are changed. Thank you."))
    return _answer(request, link, entry, form, change, words)


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.CONFIRM)
def successor(request: HttpRequest, link: PersonalLink, key: UUID) -> HttpResponse:
    """Name who is focal point now, or whom the Government designates where nobody is on record."""
    entry = _entry(link, key)
    form = SuccessorForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)))

    def propose() -> None:
        said: dict[str, Any] = form.said()
        propose_successor(entry, **said, by=bearer(request, link), at=timezone.now())

    gap = entry.mandate is None
    words = (
        _("Name a focal point") if gap else _("Somebody else is focal point now"),
        _("Send the designation"),
        _("The designation was sent. The secretariat reads the letter and records it."),
    )
    return _answer(request, link, entry, form, propose, words)


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by(LinkPurpose.CONFIRM)
def deputy(request: HttpRequest, link: PersonalLink, key: UUID) -> HttpResponse:
    """Name a deputy of the bearer's own mandate."""
    entry = _entry(link, key)
    mandate = entry.mandate
    if mandate is None:
        raise Http404
    form = DeputyForm(request.POST if request.method == "POST" else None)

    def name() -> None:
        name_deputy(mandate, **form.cleaned_data, by=bearer(request, link), at=timezone.now())

    words = (_("Name a deputy"), _("Name this deputy"), _("The deputy is named and gets a letter."))
    return _answer(request, link, entry, form, name, words)


@require_POST
@opened_by(LinkPurpose.CONFIRM)
def deputy_ends(request: HttpRequest, link: PersonalLink, key: UUID, deputy: UUID) -> HttpResponse:
    """End a deputy's mandate today; naming the same person again puts it back."""
    row = FocalPoint.objects.filter(pk=deputy, deputy_of=_entry(link, key).mandate_id).first()
    if row is None or row.deputy_of_id is None:
        raise Http404
    end_deputy(row, by=bearer(request, link), at=timezone.now())
    messages.success(request, _("The deputy's mandate is ended."))
    return redirect(address(link))


def _answer(
    request: HttpRequest,
    link: PersonalLink,
    entry: CampaignEntry,
    form: PageForm,
    verb: Callable[[], None],
    words: tuple[str, str, str],
) -> HttpResponse:
    """Show a form, or call the verb when it was sent; ``words`` are the heading, the button and what is said after."""
    heading, button, done = words
    if request.method == "POST" and form.is_valid():
        try:
            verb()
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, done)
            return redirect(address(link))
    context = {
        "entry": entry,
        "heading": heading,
        "button": button,
        "form": form,
        "practice": entry.campaign.rehearsal_id,
        "here": address(link),
    }
    return render(request, "my/campaign_answer.html", context, status=422 if form.errors else 200)
