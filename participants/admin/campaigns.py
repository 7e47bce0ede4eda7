"""Campaigns to confirm focal points: how they stand, who is overdue; remind, extend, close, take the list along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, WAITS, deadline, moment, practice_mark, state_column
from accounts.admin.moments import MomentForm, in_days
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from accounts.portal.listing import page_of
from accounts.visitors import actor_of
from correspondence.admin.writing import WritingStep
from documents.tables import csv_lines
from participants.admin.campaign_opening import OpeningPage
from participants.models import Campaign, CampaignEntry
from participants.models.campaigns import CampaignAnswer, CampaignState
from participants.models.focal_points import FocalPointKind
from participants.queries import campaigns
from participants.queries.campaigns import figures, lines, listed, to_remind
from participants.verbs.campaigns import close_campaign, export_campaign, extend_campaign, remind_campaign
from workshops.admin.practice import practice_filter

EXTENSION_DAYS = 30
# What the figures count is what the list below them shows: the name of the figure, and its words.
SHOWN = {
    "entries": gettext_lazy("asked about"),
    "silent": gettext_lazy("silent"),
    "confirmed": gettext_lazy("confirmed"),
    "updated": gettext_lazy("details updated"),
    "proposed": gettext_lazy("to be recorded"),
    "recorded": gettext_lazy("recorded"),
    "gaps": gettext_lazy("without a focal point"),
    "unreached": gettext_lazy("with nobody to ask"),
    "overtaken": gettext_lazy("changed meanwhile"),
}


def _letters(rows: Sequence[Campaign]) -> int:
    today = timezone.now().date()
    return sum(to_remind(campaign, today) for campaign in rows)


def _reminder_note(rows: Sequence[Campaign]) -> str:
    return ngettext(
        "%(count)d focal point who has not answered gets a letter, unless one went out today.",
        "%(count)d focal points who have not answered get a letter, unless one went out today.",
        _letters(rows),
    ) % {"count": _letters(rows)}


def _extension_start(rows: Sequence[Campaign], now: datetime) -> dict[str, object]:
    return in_days(EXTENSION_DAYS, rows[0].due_zone, max(now, rows[0].due_at))


REMIND = WritingStep(
    name="remind",
    label=gettext_lazy("Remind the silent"),
    mailing=gettext_lazy("Reminder to confirm focal points"),
    place=lambda campaign: campaign.title,
    button=ngettext_lazy("Remind %(count)d focal point", "Remind %(count)d focal points", "count"),
    done=ngettext_lazy("%(count)d reminder written.", "%(count)d reminders written.", "count"),
    note=_reminder_note,
    size=_letters,
    counts=int,
    fits=lambda campaign: campaign.state == CampaignState.OPEN and _letters([campaign]) > 0,
    do=lambda campaign, _answers, **how: remind_campaign(campaign, **how),
)
EXTEND = Step(
    name="extend",
    label=gettext_lazy("Give more time"),
    button=ngettext_lazy("Give more time for %(count)d request", "Give more time for %(count)d requests", "count"),
    done=ngettext_lazy("%(count)d request has a later date.", "%(count)d requests have a later date.", "count"),
    note=lambda _rows: _("No letter goes out; reminders name the new date. A closed request opens again."),
    form=MomentForm,
    start=_extension_start,
    do=lambda campaign, answers, by, at: extend_campaign(campaign, answers["moment"], answers["zone"], by=by, at=at),
)
CLOSE = Step(
    name="close",
    label=gettext_lazy("Close the request"),
    button=ngettext_lazy("Close %(count)d request", "Close %(count)d requests", "count"),
    done=ngettext_lazy("%(count)d request closed.", "%(count)d requests closed.", "count"),
    note=lambda _rows: _(
        "Nothing is answered after that. Focal points whose Party never answered stay in the directory as they are."
    ),
    fits=lambda campaign: campaign.state == CampaignState.OPEN,
    do=lambda campaign, _answers, by, at: close_campaign(campaign, by=by, at=at),
)


@admin.register(Campaign)
class CampaignAdmin(ReadOnlyAdmin):
    """Requests to confirm or update focal points by a date."""

    addable = True
    scope = staticmethod(campaigns.visible_to)
    change_form_template = "admin/campaign.html"
    list_display = ("title", "state_pill", "due", "asked", "waiting", "proposed", "practice")
    list_filter = (practice_filter("rehearsal"), "state", "due_at")
    search_fields = ("title",)
    date_hierarchy = "due_at"
    fields = ("title", "state_pill", "opened_at", "due", "kinds_named", "reminders", "note", "rehearsal")
    actions = (REMIND, EXTEND, CLOSE)
    state_pill = state_column({"open": WAITS, "closed": DONE})

    counts = {
        "all_entries": count_of(CampaignEntry.objects.all(), "campaign"),
        "waiting_entries": count_of(CampaignEntry.objects.filter(answer=CampaignAnswer.WAITING), "campaign"),
        "proposed_entries": count_of(CampaignEntry.objects.filter(answer=CampaignAnswer.PROPOSED), "campaign"),
    }
    asked = count_column("all_entries", gettext_lazy("asked about"))
    waiting = count_column("waiting_entries", gettext_lazy("without answer"))
    proposed = count_column("proposed_entries", gettext_lazy("to be recorded"))

    @admin.display(description=gettext_lazy("answers due"), ordering="due_at")
    def due(self, campaign: Campaign) -> str:
        """The date in the zone it was set in."""
        return moment(campaign.due_at, campaign.due_zone)

    @admin.display(description=gettext_lazy("kinds of focal point"))
    def kinds_named(self, campaign: Campaign) -> str:
        """What is asked about, in words."""
        return ", ".join(str(FocalPointKind(kind).label) for kind in campaign.kinds)

    @admin.display(description=gettext_lazy("reminders, days before"))
    def reminders(self, campaign: Campaign) -> str:
        """On which days the clock reminds."""
        return ", ".join(map(str, campaign.reminder_days)) or "–"

    @admin.display(description=gettext_lazy("practice"))
    def practice(self, campaign: Campaign) -> str:
        """Mark requests played by synthetic people."""
        return practice_mark(campaign.rehearsal_id is not None)

    def links(self, row: Campaign) -> list[tuple[str, str]]:
        """Lead to the letters of the request."""
        letters = {"about_kind": "campaign", "about_key": str(row.pk)}
        return [(f"{reverse('admin:correspondence_message_changelist')}?{urlencode(letters)}", _("Letters"))]

    def get_urls(self) -> list[URLPattern]:
        """Add the list as a file; the page for a new request takes the place of Django's."""
        page = self.admin_site.admin_view(self.export_view)
        return [path("<uuid:key>/list.csv", page, name="participants_campaign_export"), *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002  # Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Ask what to ask, then write."""
        return OpeningPage(self)(request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add how the request stands, and the page of its list that the address asks for."""
        campaign = context.get("original")
        if campaign is not None:
            now = timezone.now()
            show = request.GET.get("show", "silent")
            counted = figures(campaign, now.date())
            page = page_of(request, listed(campaign, show, now.date()))
            context |= {
                "due": deadline(campaign.due_at, campaign.due_zone, now),
                "chips": [(f"?show={key}#list", words, key == show) for key, words in SHOWN.items()],
                "figures": [(words, getattr(counted, key)) for key, words in SHOWN.items()],
                "heading": SHOWN.get(show, SHOWN["entries"]),
                "page": page,
                "lines": lines(campaign, page, now),
                "export": f"{reverse('admin:participants_campaign_export', args=[campaign.pk])}?{urlencode({'show': show})}",
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def export_view(self, request: HttpRequest, key: UUID) -> StreamingHttpResponse:
        """Give the list as CSV; the activity log notes who took it."""
        campaign = self.get_queryset(request).filter(pk=key).first()
        if campaign is None or not self.has_view_permission(request, campaign):
            raise Http404
        rows = export_campaign(campaign, request.GET.get("show", ""), by=actor_of(request), at=timezone.now())
        name = content_disposition_header(as_attachment=True, filename=f"{slugify(campaign.title) or 'list'}.csv")
        headers = {"Content-Disposition": name or "attachment", "X-Content-Type-Options": "nosniff"}
        return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8", headers=headers)
