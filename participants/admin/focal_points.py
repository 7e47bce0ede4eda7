"""Mandates of focal points: designated, passed on and ended, never typed over."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import PLAIN, pill, practice_mark
from accounts.admin.entered import EnteredAdmin
from accounts.errors import Refused
from accounts.visitors import actor_of
from correspondence.admin.writing import titled, to_mailing
from correspondence.downloads import as_download
from correspondence.verbs.mailings import writing
from participants.admin.designating import CHANGE, END, NAME_DEPUTY, SUCCESSOR, DesignationEntry, letter_of
from participants.admin.directory import DirectoryPage
from participants.models import FocalPoint
from participants.queries import focal_points
from participants.queries.directory import history, overlaps
from participants.verbs.focal_points import designate, open_designation
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter


class StandingFilter(admin.SimpleListFilter):
    """Mandates that stand today, and those that ended or are still to begin."""

    title = _("standing today")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, Any], ...]:  # noqa: ARG002
        return (("yes", _("Yes")), ("no", _("No")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[FocalPoint]) -> QuerySet[FocalPoint]:  # noqa: ARG002
        today = timezone.now().date()
        stands = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        return {"yes": queryset.filter(stands), "no": queryset.exclude(stands)}.get(self.value() or "", queryset)


def enter_designation(request: HttpRequest, answers: dict[str, Any]) -> FocalPoint:
    """Designate as the letter says; a letter to the person waits in a mailing, and a second focal point is remarked on."""
    said = {name: value for name, value in answers.items() if name not in {"party", "person", "kind", "scan"}}
    by, at = actor_of(request), timezone.now()
    title = titled(_("Designations recorded"), [answers["party"].pk])
    try:
        with writing(title, by=by, at=at) as mailing:
            mandate = designate(
                answers["party"],
                answers["person"],
                answers["kind"],
                **said,
                **letter_of(answers),
                mailing=mailing,
                by=by,
                at=at,
            )
    except Refused as refused:
        refused.field = "scan" if refused.field == "letter" else refused.field
        raise
    request._mailing = mailing  # type: ignore[attr-defined]  # noqa: SLF001  # read again by response_add below
    clash = overlaps(at.date(), kinds=[mandate.kind], rehearsal=mandate.person.rehearsal)
    if (mandate.party_id, mandate.kind) in clash:
        sentence = _("Several focal points of this kind stand for %(party)s now; end the one who no longer does.")
        messages.warning(request, sentence % {"party": mandate.party})
    return mandate


@admin.register(FocalPoint)
class FocalPointAdmin(NamedAdmin, EnteredAdmin):
    """Who may speak for a Party, on what, and for which time."""

    entered_fields = (*DesignationEntry.Meta.fields, "scan", "tell")
    enter = staticmethod(enter_designation)
    scope = staticmethod(focal_points.visible_to)
    change_list_template = "admin/directory_list.html"
    change_form_template = "admin/directory_mandate.html"
    list_display = (
        "party", "kind", "person", "role", "email", "valid_from", "valid_to", "designation", "confirmed_on", "practice",
    )  # fmt: skip
    list_filter = (
        practice_filter("person__rehearsal"),
        StandingFilter,
        "kind",
        ("deputy_of", admin.EmptyFieldListFilter),
        ("letter", admin.EmptyFieldListFilter),
        ("confirmed_on", admin.EmptyFieldListFilter),
        "language",
    )
    search_fields = (
        "party__search_text",
        "=party__code",
        "person__search_text",
        "person__email",
        "designation",
        "kind",
    )
    date_hierarchy = "valid_from"
    list_select_related = ("party", "person")
    fields = (
        "party", "kind", "person", "email", "valid_from", "valid_to", "deputy_of", "designation", "scan", "language",
        "confirmed_on",
    )  # fmt: skip
    autocomplete_fields = ("party", "person")
    actions = (SUCCESSOR, NAME_DEPUTY, CHANGE, END)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for the mandate and its letter on the add page."""
        return super().get_form(request, obj, change=change, **({} if obj else {"form": DesignationEntry}) | kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show what is no column too."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "email", "scan") if obj is not None else fields

    @admin.display(description=_("e-mail address"), ordering="person__email")
    def email(self, mandate: FocalPoint) -> str:
        """Where letters to this focal point go."""
        return mandate.person.email

    @admin.display(description=_("role"), ordering="deputy_of")
    def role(self, mandate: FocalPoint) -> str:
        """Tell deputies from focal points."""
        return pill(gettext("Deputy"), PLAIN) if mandate.deputy_of_id else gettext("Focal point")

    @admin.display(description=_("scan of the letter"))
    def scan(self, mandate: FocalPoint) -> str:
        """The letter, to be downloaded."""
        if mandate.letter is None:
            return "–"
        address = reverse("admin:participants_focalpoint_letter", args=[mandate.pk])
        return format_html('<a href="{}">{}</a>', address, mandate.letter)

    @admin.display(description=_("practice"))
    def practice(self, mandate: FocalPoint) -> str:
        """Mark synthetic people."""
        return practice_mark(mandate.person.rehearsal_id is not None)

    def response_add(self, request: HttpRequest, obj: FocalPoint, post_url_continue: str | None = None) -> HttpResponse:
        """Lead to the letter that waits, where one was asked for."""
        return to_mailing(request._mailing) or super().response_add(request, obj, post_url_continue)  # type: ignore[attr-defined]  # noqa: SLF001

    def get_urls(self) -> list[URLPattern]:
        """Add the directory of a day and the address of a letter."""
        view = self.admin_site.admin_view
        return [
            path("directory/", view(DirectoryPage(self)), name="participants_focalpoint_directory"),
            path("<uuid:key>/letter/", view(self.letter_view), name="participants_focalpoint_letter"),
            *super().get_urls(),
        ]

    def letter_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Give the scan as a file to keep; the verb logs who took it."""
        mandate = self.get_queryset(request).select_related("letter").filter(pk=key).first()
        if mandate is None or mandate.letter is None or not self.has_view_permission(request, mandate):
            raise Http404
        data = open_designation(mandate, by=actor_of(request), at=timezone.now())
        return as_download(mandate.letter, data)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add everybody who held this mandate for the Party, and the deputies."""
        mandate = context.get("original")
        if mandate is not None:
            context["history"] = history(mandate.party, mandate.kind, rehearsal=mandate.person.rehearsal)
            context["today"] = timezone.now().date()
        return super().render_change_form(request, context, *args, **kwargs)
