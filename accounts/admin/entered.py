"""Rows that a verb owns and an organizer may enter for others: the add page calls the noun's verb."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from accounts.admin.organizers import ReadOnlyAdmin


class EnteredAdmin(ReadOnlyAdmin):
    """Rows that a verb owns and an organizer may enter: the verb writes them and the activity log."""

    addable = True
    entered_fields: ClassVar[tuple[str, ...]] = ()
    enter: ClassVar[Any]  # the function that calls the verb, as a static method

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the entry's own fields on the add page."""
        return super().get_fields(request, obj) if obj is not None else self.entered_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let everything be typed on the add page."""
        return super().get_readonly_fields(request, obj) if obj is not None else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Leave what hangs on a row away until there is one."""
        return super().get_inlines(request, obj) if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Model, form: forms.BaseForm, change: bool) -> None:  # noqa: ARG002
        """Write through the verb; Django then leads to the row."""
        written = type(self).enter(request, form.cleaned_data)
        obj.pk = written.pk

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""
