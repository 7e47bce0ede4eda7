"""Nominations: compared, withdrawn, and invited once selected."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.displays import DONE, OFF, WAITS, state_column
from accounts.admin.entered import EnteredAdmin
from accounts.admin.moments import MomentForm, in_days
from accounts.admin.organizers import ReadOnlyInline
from correspondence.admin.files import download_address
from correspondence.admin.writing import WritingStep
from participants.admin.entering import ABOUT, NominationEntry, enter_nomination
from participants.models import Nomination, NominationDocument
from participants.models.nominations import NOMINATION_STEPS, NominationState
from participants.queries import nominations
from participants.verbs.invitations import invite
from participants.verbs.nominations import withdraw
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

ANSWER_DAYS = 14
INVITABLE = frozenset({NominationState.SELECTED, NominationState.RESERVE})  # a reserve while a seat is free


def _invitation_note(rows: Sequence[Nomination]) -> str:
    mailed = sum(1 for row in rows if row.person.email)
    text = ngettext_lazy(
        "%(count)d letter goes out, with a personal link to answer and register.",
        "%(count)d letters go out, each with a personal link to answer and register.",
        "count",
    )
    return str(text % {"count": mailed})


def _reference(nomination: Nomination) -> str:
    return nomination.call.workshop.reference


INVITE = WritingStep(
    name="invite",
    label=_("Invite"),
    mailing=_("Invitations"),
    place=_reference,
    button=ngettext_lazy("Invite %(count)d person", "Invite %(count)d people", "count"),
    done=ngettext_lazy("%(count)d invitation written.", "%(count)d invitations written.", "count"),
    note=_invitation_note,
    form=MomentForm,
    start=lambda rows, now: in_days(ANSWER_DAYS, rows[0].call.workshop.zone, now),
    fits=lambda row: row.state in INVITABLE and not hasattr(row, "invitation"),
    do=lambda row, answers, **how: invite(row, respond_by=answers["moment"], **how),
)
WITHDRAW = WritingStep(
    name="withdraw",
    label=_("Withdraw"),
    mailing=_("Nominations withdrawn"),
    place=_reference,
    grave=True,
    button=ngettext_lazy("Withdraw %(count)d nomination", "Withdraw %(count)d nominations", "count"),
    done=ngettext_lazy("%(count)d nomination withdrawn.", "%(count)d nominations withdrawn.", "count"),
    note=lambda _rows: _("An invitation that is open or accepted is cancelled with it. This cannot be undone."),
    fits=lambda row: NominationState.WITHDRAWN in NOMINATION_STEPS[row.state],
    do=lambda row, _answers, **how: withdraw(row, **how),
)


class DocumentInline(ReadOnlyInline):
    """The papers of a nomination."""

    model = NominationDocument
    fields = ("kind", "paper")
    readonly_fields = ("paper",)

    @admin.display(description=_("file"))
    def paper(self, document: NominationDocument) -> str:
        """The file, to be downloaded."""
        return format_html('<a href="{}">{}</a>', download_address(document.file), document.file)

    def get_queryset(self, request: HttpRequest) -> QuerySet[NominationDocument]:
        return super().get_queryset(request).select_related("file")


@admin.register(Nomination)
class NominationAdmin(NamedAdmin, EnteredAdmin):
    """Candidates of Parties and organizations, with their papers; what came by letter is entered here."""

    entered_fields = (*NominationEntry.Meta.fields, "wanted_rank", *ABOUT)
    enter = staticmethod(enter_nomination)
    autocomplete_fields = ("call", "party", "organization")

    scope = staticmethod(nominations.visible_to)
    list_display = (
        "reference",
        "person",
        "sent_by",
        "track",
        "sector",
        "gender",
        "rank",
        "state_pill",
        "submitted_at",
    )
    list_filter = (
        practice_filter("call__workshop__programme__rehearsal_of"),
        "state",
        "call",
        "track",
        "sector",
        "person__gender",
        ("invitation", admin.EmptyFieldListFilter),
    )
    search_fields = (
        "reference",
        "person__search_text",
        "person__email",
        "party__search_text",
        "=party__code",
        "organization__name",
        "expertise",
    )
    date_hierarchy = "submitted_at"
    list_select_related = ("person", "party", "organization", "call__workshop", "invitation")
    inlines = (DocumentInline,)
    actions = (INVITE, WITHDRAW)
    state_pill = state_column(
        {"submitted": WAITS, "selected": DONE, "reserve": WAITS, "withdrawn": OFF, "not-selected": OFF}
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for the person and the nomination on the add page."""
        return super().get_form(request, obj, change=change, **({} if obj else {"form": NominationEntry}) | kwargs)

    @admin.display(description=_("sent by"), ordering="party")
    def sent_by(self, nomination: Nomination) -> str:
        """The Party or the organization."""
        return str(nomination.party or nomination.organization)

    @admin.display(description=_("gender"), ordering="person__gender")
    def gender(self, nomination: Nomination) -> str:
        """As stated, never guessed."""
        return nomination.person.get_gender_display()
