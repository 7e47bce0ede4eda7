"""People: entered and changed through the verbs, found by name in any spelling or by address."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import practice_mark
from accounts.admin.organizers import ReadOnlyInline
from accounts.admin.steps import Step
from accounts.models import User
from accounts.visitors import actor_of
from participants.admin.erasing import ERASE, TAKE_OUT
from participants.models import FocalPoint, Nomination, Person
from participants.queries import addresses, persons
from participants.queries.duplicates import open_pairs_of
from participants.queries.merges import standing_merges
from participants.verbs.persons import change_person, link_account, record_person, unlink_account
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

RECORDED = ("name", "passport_name", "sort_key", "gender", "email", "phone", "language", "position", "organization")

CAME_BACK_SHOWN = 5
UUID_TEXT = re.compile("[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class AccountForm(forms.Form):
    """The account of somebody who signs in."""

    user = forms.ModelChoiceField(User.objects.filter(is_active=True), label=_("Account"))


TIE = Step(
    name="tie",
    label=_("Tie an account to the person"),
    button=ngettext_lazy("Tie the account to %(count)d person", "Tie the account to %(count)d people", "count"),
    done=ngettext_lazy("%(count)d account tied.", "%(count)d accounts tied.", "count"),
    note=lambda _rows: _("Who signs in with the account sees what this person may see."),
    form=AccountForm,
    fits=lambda person: person.user_id is None,
    do=lambda person, answers, by, at: link_account(person, answers["user"], by=by, at=at),
)
UNTIE = Step(
    name="untie",
    label=_("Untie the account"),
    button=ngettext_lazy("Untie %(count)d account", "Untie %(count)d accounts", "count"),
    done=ngettext_lazy("%(count)d account untied.", "%(count)d accounts untied.", "count"),
    fits=lambda person: person.user_id is not None,
    do=lambda person, _answers, by, at: unlink_account(person.user, by=by, at=at) if person.user else None,
)


class MandateInline(ReadOnlyInline):
    """For which Parties the person is or was a focal point."""

    model = FocalPoint
    fields = ("party", "kind", "valid_from", "valid_to", "designation")
    show_change_link = True


class NominationInline(ReadOnlyInline):
    """To which calls the person was nominated."""

    model = Nomination
    fields = ("reference", "call", "party", "track", "state")
    show_change_link = True


class ReachFilter(admin.SimpleListFilter):
    """Whom mail does not reach."""

    title = _("mail")
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002  # Django's signature
        return (("dead", _("Address is dead")), ("missed", _("Dead, though invited or a focal point")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Person]) -> QuerySet[Person]:  # noqa: ARG002
        if self.value() == "dead":
            return queryset.filter(pk__in=addresses.with_dead_address())
        if self.value() == "missed":
            return queryset.filter(pk__in=addresses.missed(timezone.now().date()))
        return queryset


@admin.register(Person)
class PersonAdmin(NamedAdmin):
    """Whoever the secretariat writes to."""

    scope = staticmethod(persons.visible_to)
    change_form_template = "admin/person.html"
    list_display = ("name", "passport_name", "email", "position", "organization", "language", "gender", "practice")
    list_filter = (
        practice_filter("rehearsal"),
        "gender",
        "language",
        ("user", admin.EmptyFieldListFilter),
        "mandates__kind",
        ReachFilter,
    )
    search_fields = ("search_text", "email", "organization__name")
    list_select_related = ("organization", "user")
    fields = (*RECORDED, "user", "rehearsal")
    readonly_fields = ("user", "rehearsal")
    autocomplete_fields = ("organization",)
    inlines = (MandateInline, NominationInline)
    actions = (TIE, UNTIE, TAKE_OUT, ERASE)

    def links(self, row: Person) -> list[tuple[str, str]]:
        """Lead to the letters written to the person, under the records merged into this one too."""
        keys = sorted(map(str, persons.same_person(row)))
        asked = f"person_key__in={','.join(keys)}" if len(keys) > 1 else f"person_key={row.pk}"
        return [(f"{reverse('admin:correspondence_message_changelist')}?{asked}", gettext("Letters"))]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a person; old letters and links lead to a record that was merged, and from there to the one that stays."""
        key = unquote(object_id)
        standing = persons.standing_for(UUID(key)) if UUID_TEXT.fullmatch(key) else None
        if standing is None or str(standing.pk) == str(UUID(key)) or not self.has_view_permission(request):
            return super().change_view(request, object_id, *args, **kwargs)
        messages.info(request, gettext("The record you asked for was merged into this one."))
        return HttpResponseRedirect(reverse("admin:participants_person_change", args=[standing.pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add whether mail reaches the person, what came back last, and who may be or was found to be the same."""
        person = context.get("original")
        if person is not None:
            context["pairs"] = [
                (pair, pair.second if pair.first_id == person.pk else pair.first) for pair in open_pairs_of(person)
            ]
            context["merges"] = standing_merges(person)
            context["dead"] = addresses.dead_address(person)
            context["came_back"] = addresses.came_back(person)[:CAME_BACK_SHOWN]
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("practice"), ordering="rehearsal")
    def practice(self, person: Person) -> str:
        """Mark synthetic people."""
        return practice_mark(person.rehearsal_id is not None)

    def save_model(self, request: HttpRequest, obj: Person, form: forms.BaseForm, change: bool) -> None:
        """Record or change the person through the verb, which also writes the activity log."""
        by, at = actor_of(request), timezone.now()
        if change:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            change_person(obj, by=by, at=at, **changed)
        else:
            recorded = record_person(by=by, at=at, **{name: form.cleaned_data[name] for name in RECORDED})
            obj.pk, obj._state.adding = recorded.pk, False  # noqa: SLF001  # Django reads it to lead to the new row

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""
