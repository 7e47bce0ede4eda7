"""Personal links: to whom, for what, until when; the addresses themselves are kept nowhere."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.organizers import ReadOnlyAdmin
from accounts.admin.steps import Step
from participants.models import PersonalLink
from participants.verbs.links import revoke_link
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

REVOKE = Step(
    name="revoke",
    label=_("Revoke"),
    grave=True,
    button=ngettext_lazy("Revoke %(count)d link", "Revoke %(count)d links", "count"),
    done=ngettext_lazy("%(count)d link revoked.", "%(count)d links revoked.", "count"),
    note=lambda _rows: _("Who opens a revoked link is asked to write to the secretariat."),
    fits=lambda link: link.revoked_at is None,
    do=lambda link, _answers, by, at: revoke_link(link, by=by, at=at),
)


@admin.register(PersonalLink)
class PersonalLinkAdmin(NamedAdmin, ReadOnlyAdmin):
    """Secret addresses that let one person do one thing."""

    list_display = ("person", "purpose", "party", "created_at", "expires_at", "used_at", "revoked_at", "works")
    list_filter = (
        practice_filter("person__rehearsal"),
        "purpose",
        ("used_at", admin.EmptyFieldListFilter),
        ("revoked_at", admin.EmptyFieldListFilter),
        "expires_at",
    )
    search_fields = ("person__search_text", "person__email", "party__search_text", "=party__code")
    date_hierarchy = "created_at"
    list_select_related = ("person", "party")
    actions = (REVOKE,)

    @admin.display(description=_("works"), boolean=True)
    def works(self, link: PersonalLink) -> bool:
        """Whether the link opens its page now."""
        return link.revoked_at is None and link.expires_at > timezone.now()
