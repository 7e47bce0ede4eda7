"""Mailings: whom an act writes to, read and changed before it goes, and watched while it does."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache

from accounts.admin.counts import count_column, count_of
from accounts.admin.displays import DONE, LATE, WAITS, pill
from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from accounts.errors import Refused
from accounts.portal.listing import page_of
from accounts.visitors import actor_of
from correspondence.admin.letters import LettersForm, Line
from correspondence.enclosures import why_unprintable
from correspondence.models import Mailing, Message, Relay
from correspondence.queries import mailings
from correspondence.queries.mailings import PLACES, progress
from correspondence.queries.printing import unprintable
from correspondence.verbs.mailings import discard_mailing, release_mailing
from correspondence.verbs.messages import cancel_message, restore_message


def _held(rows: Any) -> int:
    return sum(progress(mailing).held for mailing in rows)


RELEASE = Step(
    name="release",
    label=_("Send the letters"),
    button=ngettext_lazy("Send %(count)d letter", "Send %(count)d letters", "count"),
    done=ngettext_lazy("%(count)d letter is on its way.", "%(count)d letters are on their way.", "count"),
    size=_held,
    counts=int,
    fits=lambda mailing: mailing.released_at is None,
    do=lambda mailing, _answers, by, at: release_mailing(mailing, by=by, at=at),
)
DISCARD = Step(
    name="discard",
    label=_("Discard the letters"),
    grave=True,
    button=ngettext_lazy("Discard %(count)d letter", "Discard %(count)d letters", "count"),
    done=ngettext_lazy("%(count)d letter discarded.", "%(count)d letters discarded.", "count"),
    note=lambda _rows: _(
        "The letters are kept here and never sent. What they tell of stays as it is: an invitation stands, a selection is made."
    ),
    size=_held,
    counts=int,
    fits=lambda mailing: mailing.released_at is None,
    do=lambda mailing, _answers, by, at: discard_mailing(mailing, by=by, at=at),
)


def _letters(place: str) -> Any:
    return count_of(Message.objects.filter(PLACES[place]), "mailing")


@admin.register(Mailing)
class MailingAdmin(ReadOnlyAdmin):
    """Letters of one act: how many and to whom, edited or left out one by one, then let go together."""

    scope = staticmethod(mailings.visible_to)
    change_form_template = "admin/mailing.html"
    list_display = (
        "title",
        "standing",
        "begun_by",
        "begun_at",
        "released_at",
        "letters",
        "sent",
        "failed",
        "uncertain",
    )
    list_filter = (("released_at", admin.EmptyFieldListFilter), "begun_at")
    search_fields = ("title", "begun_by__email", "begun_by__name")
    list_select_related = ("begun_by",)
    fields = ("title", "begun_by", "begun_at", "released_at")
    actions = (RELEASE, DISCARD)
    ordering = ("-id",)  # by time, from the key's own index

    counts = {
        "all_letters": count_of(Message.objects.all(), "mailing"),
        **{f"{place}_letters": _letters(place) for place in PLACES},
    }
    letters = count_column("all_letters", _("letters"))
    sent = count_column("sent_letters", pgettext_lazy("how many letters", "sent"))
    failed = count_column("failed_letters", _("failed"))
    uncertain = count_column("uncertain_letters", _("uncertain"))

    @admin.display(description=_("state"))
    def standing(self, mailing: Any) -> str:
        """Whether its letters wait for somebody, are under way, or are all settled."""
        if mailing.held_letters:
            return pill(_("Waits for you"), LATE)
        return pill(_("Under way"), WAITS) if mailing.waiting_letters else pill(_("Settled"), DONE)

    def get_urls(self) -> list[URLPattern]:
        """Add what changes in place, and leaving letters out."""
        return [
            path("<uuid:key>/progress/", never_cache(self.progress_view), name="correspondence_mailing_progress"),
            path(
                "<uuid:key>/letters/",
                self.admin_site.admin_view(self.letters_view),
                name="correspondence_mailing_letters",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add how far the mailing is, and the page of its letters that the address asks for."""
        mailing = context.get("original")
        if mailing is not None:
            asked = LettersForm(request.GET, mailing=mailing)
            page = page_of(request, asked.found())
            context |= self._standing(mailing) | {
                "asked": asked,
                "page": page,
                "lines": [Line(message, is_open=mailing.released_at is None) for message in page],
                "query": request.GET.urlencode(),
            }
            context["send"] = RELEASE.button % {"count": context["progress"].held}
            if mailing.released_at is None and context["progress"].held:
                found = unprintable(mailing)
                context |= {"unprintable": found.letters, "why_unprintable": why_unprintable(found.signs)}
        return super().render_change_form(request, context, *args, **kwargs)

    def progress_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer the page's own question how far its mailing is; who is no longer signed in is led to sign in."""
        if not self.admin_site.has_permission(request):
            return HttpResponse(status=403, headers={"HX-Refresh": "true"})
        return TemplateResponse(request, "admin/mailing_progress.html", self._standing(self._find(request, key)))

    def letters_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Leave one letter out, or put it back, and show the mailing again."""
        mailing = self._find(request, key)
        for name, verb in (("leave_out", cancel_message), ("put_back", restore_message)):
            message = mailing.messages.filter(pk__in=_keys(request, name)).first()
            if message is not None:
                try:
                    verb(message, by=actor_of(request), at=timezone.now())
                except Refused as refusal:
                    messages.error(request, str(refusal))
        address = reverse("admin:correspondence_mailing_change", args=[key])
        return HttpResponseRedirect(f"{address}?{request.POST.get('query', '')}#letters")

    def _find(self, request: HttpRequest, key: UUID) -> Mailing:
        mailing: Mailing | None = self.get_queryset(request).filter(pk=key).first()
        if mailing is None:
            raise Http404
        return mailing

    def _standing(self, mailing: Mailing) -> dict[str, Any]:
        return {"mailing": mailing, "progress": progress(mailing), "relay": Relay.objects.first()}


def _keys(request: HttpRequest, name: str) -> list[UUID]:
    """Return the message a button names; nothing for a GET or what is no key."""
    try:
        return [UUID(each) for each in request.POST.getlist(name)]
    except ValueError:
        return []
