"""What hangs on a nomination: its papers, signatures and defects, and what was joined to it."""

from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, PLAIN, pill
from accounts.admin.organizers import ReadOnlyInline
from accounts.visitors import actor_of
from correspondence.downloads import as_download
from participants.models import Defect, Endorsement, Nomination, NominationDocument
from participants.queries import nominations
from participants.queries.eligibility import FUNDING, Check, checks, judged_on, territory_of
from participants.verbs.documents import open_document


class DocumentInline(ReadOnlyInline):
    """The papers of a nomination; whoever opens one is named in the activity log."""

    model = NominationDocument
    fields = ("kind", "paper")
    readonly_fields = ("paper",)

    @admin.display(description=_("file"))
    def paper(self, document: NominationDocument) -> str:
        """The file, to be downloaded."""
        address = reverse("admin:participants_nomination_paper", args=[document.nomination_id, document.kind])
        return format_html('<a href="{}">{}</a>', address, document.file)

    def get_queryset(self, request: HttpRequest) -> QuerySet[NominationDocument]:
        return super().get_queryset(request).select_related("file")


class EndorsementInline(ReadOnlyInline):
    """Who signed, through which channel, on a letter of which day."""

    model = Endorsement
    fields = ("channel", "signed_by", "letter_date", "signed_at", "note")
    readonly_fields = ("signed_by",)

    @admin.display(description=_("signed by"))
    def signed_by(self, endorsement: Endorsement) -> str:
        """The focal point with the mandate, or the senior official."""
        mandate = endorsement.focal_point
        return f"{mandate.person} ({mandate.get_kind_display()})" if mandate is not None else endorsement.official

    def get_queryset(self, request: HttpRequest) -> QuerySet[Endorsement]:
        return super().get_queryset(request).select_related("focal_point__person")


class DefectInline(ReadOnlyInline):
    """What was found wrong, and when it was put right."""

    model = Defect
    fields = ("kind", "note", "noted_at", "cured_at")


class JoinedInline(ReadOnlyInline):
    """Nominations of the same person through another channel: one seat, both letters kept (E04)."""

    model = Nomination
    fk_name = "joined_to"
    verbose_name_plural = _("joined to this nomination")
    fields = ("reference", "focal_point", "track", "letter_date", "submitted_at")
    show_change_link = True


INLINES = (DocumentInline, EndorsementInline, DefectInline, JoinedInline)


def eligibility_of(nomination: Nomination) -> str:
    """Return what the planner checks of a nomination for the day of its workshop, a line each."""
    day = judged_on(nomination.call, timezone.now().date())
    found = checks([nomination], nomination.call, day)[nomination.pk]
    return format_html_join("", "<div>{} {}</div>", ((_mark(each), each.sentence) for each in found))


def _mark(check: Check) -> str:
    if check.code == FUNDING:  # which bars nobody
        return pill(gettext("financed"), DONE) if check.ok else pill(gettext("not financed"), PLAIN)
    marks = {True: (gettext("in order"), DONE), False: (gettext("not in order"), LATE), None: (gettext("noted"), PLAIN)}
    return pill(*marks[check.ok])


def territory_in_words(nomination: Nomination) -> str:
    """Return the decision on the territory that somebody comes from (E19)."""
    found = territory_of(nomination)
    if found is None:
        return gettext("no")
    told = {"territory": found.territory, "reason": found.reason}
    if found.as_observer:
        return gettext("%(territory)s, as an observer: %(reason)s") % told
    return gettext("%(territory)s, in a place of the Party: %(reason)s") % told


def open_paper(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """Give the bytes of a paper as a file to keep, never as a page of this site."""
    seen = nominations.visible_to(request.user).filter(pk=key)
    document = (
        NominationDocument.objects.select_related("file", "nomination__party")
        .filter(nomination__in=seen, kind=kind)
        .first()
    )
    if document is None:
        raise Http404
    return as_download(document.file, open_document(document, by=actor_of(request), at=timezone.now()))
