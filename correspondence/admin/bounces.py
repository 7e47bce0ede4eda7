"""What came back, letter by letter, and the addresses no mail goes to."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, WAITS, pill
from accounts.admin.organizers import ReadOnlyAdmin, ReadOnlyInline
from accounts.admin.steps import Step
from correspondence.models import Bounce, DeadAddress
from correspondence.queries import addresses, bounces
from correspondence.verbs.addresses import revive_address

TONES = {"permanent": LATE, "temporary": LATE, "delayed": WAITS, "complaint": LATE, "delivered": DONE}
REVIVE = Step(
    name="revive",
    label=_("Address works again"),
    button=ngettext_lazy("Write to %(count)d address again", "Write to %(count)d addresses again", "count"),
    done=ngettext_lazy("%(count)d address is written to again.", "%(count)d addresses are written to again.", "count"),
    note=lambda _rows: _(
        "Letters that failed meanwhile stay failed: queue again those that still matter. A wrong address is corrected on the "
        "person's page instead."
    ),
    fits=lambda dead: dead.revived_at is None,
    do=lambda dead, _answers, by, at: revive_address(dead, by=by, at=at),
)


class BounceInline(ReadOnlyInline):
    """What came back of a letter."""

    model = Bounce
    fields = ("received_at", "kind", "status", "detail", "source")
    show_change_link = True


@admin.register(Bounce)
class BounceAdmin(ReadOnlyAdmin):
    """Reports of mail servers and relays, the unmatched ones too."""

    scope = staticmethod(bounces.visible_to)
    list_display = ("address", "received_at", "kind_pill", "status", "detail", "source")
    list_filter = ("kind", "source", ("message", admin.EmptyFieldListFilter), "received_at")
    search_fields = ("address", "detail", "message__to_name", "=source_key")
    date_hierarchy = "received_at"
    fields = ("address", "kind_pill", "status", "detail", "message", "source", "source_key", "received_at")
    readonly_fields = ("kind_pill",)

    @admin.display(description=_("report"), ordering="kind")
    def kind_pill(self, bounce: Bounce) -> SafeString:
        """What the report says, as icon and word."""
        return pill(bounce.get_kind_display(), TONES[bounce.kind])

    def links(self, row: Bounce) -> Iterator[tuple[str, str]]:
        """Lead to the letter, and to what else is known of the address."""
        if row.message_id is not None:
            yield reverse("admin:correspondence_message_change", args=[row.message_id]), gettext("Its letter")
        yield _about("bounce", row.address), gettext("All about this address")


@admin.register(DeadAddress)
class DeadAddressAdmin(ReadOnlyAdmin):
    """Addresses that came back for good, and those that an organizer said work again."""

    scope = staticmethod(addresses.visible_to)
    list_display = ("address", "standing", "since", "detail", "revived_at")
    list_filter = (("revived_at", admin.EmptyFieldListFilter), "since")
    search_fields = ("address", "detail")
    date_hierarchy = "since"
    fields = ("address", "standing", "since", "detail", "bounce", "revived_at")
    readonly_fields = ("standing",)
    actions: Any = (REVIVE,)

    @admin.display(description=_("state"), ordering="revived_at")
    def standing(self, dead: DeadAddress) -> SafeString:
        """Whether letters go there."""
        return pill(_("Dead"), LATE) if dead.revived_at is None else pill(_("Works again"), DONE)

    def links(self, row: DeadAddress) -> Iterator[tuple[str, str]]:
        """Lead to the letters written there and to what came back."""
        yield _about("message", row.address), gettext("Letters")
        yield _about("bounce", row.address), gettext("What came back")


def _about(noun: str, address: str) -> str:
    return f"{reverse(f'admin:correspondence_{noun}_changelist')}?{urlencode({'q': address})}"
