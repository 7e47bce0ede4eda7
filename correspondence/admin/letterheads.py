"""The letterhead: one row, whose form stands where other nouns have their list."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import OrganizerAdmin
from accounts.visitors import actor_of
from correspondence.models import Letterhead
from correspondence.verbs.letterheads import write_letterhead

WRITTEN = ("organization", "address", "signatory_name", "signatory")


@admin.register(Letterhead)
class LetterheadAdmin(OrganizerAdmin):
    """What stands above and below official letters; what is not written is said in general words."""

    texts = ("organization", "signatory")
    fieldsets = (
        (
            None,
            {
                "fields": WRITTEN,
                "description": _("Letters written from now on carry this; letters that are written already stay."),
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let the one row be made once."""
        return super().has_add_permission(request, obj) and not Letterhead.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the form of the one row, there or not yet."""
        key = "1" if Letterhead.objects.exists() else None
        shown = {"title": _("Letterhead"), "show_save_and_add_another": False, "show_save_and_continue": False}
        return self.changeform_view(request, key, "", shown | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Letterhead, form: forms.BaseForm, change: bool) -> None:  # noqa: ARG002
        """Write through the verb, which also writes the activity log."""
        values = {name: form.cleaned_data[name] for name in WRITTEN}
        write_letterhead(**values, by=actor_of(request), at=timezone.now())
        obj._state.adding = False  # noqa: SLF001  # Django reads it to lead to the row

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""
