"""How letters stand in lists, and how the letters of one mailing are found."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import DONE, LATE, OFF, WAITS, pill
from correspondence.kinds import KINDS
from correspondence.models import Mailing, Message, MessageState
from correspondence.queries.mailings import PLACES

TONES = {
    "queued": WAITS,
    "sending": WAITS,
    "sent": DONE,
    "uncertain": LATE,
    "failed": LATE,
    "bounced": LATE,
    "cancelled": OFF,
}
PLACE_NAMES = {
    "held": _("Held back"),
    "waiting": _("Waiting"),
    "sent": _("Sent"),
    "failed": _("Failed"),
    "uncertain": _("Uncertain"),
    "left_out": _("Left out"),
}
SEARCH_MOST = 100


def state_of(message: Message) -> SafeString:
    """Return a letter's state as icon and word; what is held waits for a person, not for the mail server."""
    if message.held and message.state == MessageState.QUEUED:
        return pill(PLACE_NAMES["held"], WAITS)
    return pill(message.get_state_display(), TONES[message.state])


def kind_of(message: Message) -> str | Promise:
    """Return the name of a letter's kind."""
    known = KINDS.get(message.kind)
    return known.label if known is not None else message.kind


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in its mailing's table; ``is_open`` while the mailing may still change."""

    message: Message
    is_open: bool

    @property
    def kind(self) -> str | Promise:
        """The name of its kind."""
        return kind_of(self.message)

    @property
    def state(self) -> SafeString:
        """Its state as a pill."""
        return state_of(self.message)

    @property
    def is_held(self) -> bool:
        """Whether it can be edited and left out."""
        return self.is_open and self.message.held and self.message.state == MessageState.QUEUED

    @property
    def is_left_out(self) -> bool:
        """Whether it can be put back."""
        return self.is_open and self.message.held and self.message.state == MessageState.CANCELLED


class LettersForm(forms.Form):
    """Which letters of a mailing are shown; what the address says wrongly is not asked for."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=SEARCH_MOST)
    place = forms.ChoiceField(label=_("State"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data: Any, *, mailing: Mailing) -> None:
        super().__init__(data, auto_id="letters_%s")
        self.mailing = mailing
        every = [("", _("All"))]
        self.fields["place"].choices = [*every, *PLACE_NAMES.items()]  # type: ignore[attr-defined]  # of ChoiceField
        self.fields["language"].choices = [*every, *settings.LANGUAGES]  # type: ignore[attr-defined]  # of ChoiceField

    def found(self) -> QuerySet[Message]:
        """Return the letters asked for, by the recipient's name."""
        self.is_valid()
        asked = self.cleaned_data
        rows = self.mailing.messages.order_by("to_name", "id")
        if asked.get("place"):
            rows = rows.filter(PLACES[asked["place"]])
        if asked.get("language"):
            rows = rows.filter(language=asked["language"])
        if asked.get("q"):
            rows = rows.filter(Q(to_name__icontains=asked["q"]) | Q(to_address__icontains=asked["q"]))
        return rows
