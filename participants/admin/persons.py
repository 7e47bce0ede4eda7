"""People: entered and changed through the verbs, found by name in any spelling or by address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.displays import practice_mark
from accounts.admin.organizers import ReadOnlyInline
from accounts.admin.steps import Step
from accounts.models import User
from accounts.visitors import actor_of
from participants.models import FocalPoint, Nomination, Person
from participants.queries import addresses, persons
from participants.verbs.persons import change_person, link_account, record_person, unlink_account
from workshops.admin.names import NamedAdmin
from workshops.admin.practice import practice_filter

RECORDED = ("name", "passport_name", "sort_key", "gender", "email", "phone", "language", "position", "organization")

CAME_BACK_SHOWN = 5


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
    actions = (TIE, UNTIE)

    def links(self, row: Person) -> list[tuple[str, str]]:
        """Lead to the letters written to the person."""
        return [(f"{reverse('admin:correspondence_message_changelist')}?person_key={row.pk}", gettext("Letters"))]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add whether mail reaches the person, and what came back last."""
        person = context.get("original")
        if person is not None:
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
