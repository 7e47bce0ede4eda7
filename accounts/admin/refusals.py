"""A verb's refusal shown beside the field of the form that asked for it."""

from typing import Any

from django import forms

from accounts.errors import Refused


def refusing_form(form_class: "type[forms.ModelForm[Any]]", refusal: Refused) -> "type[forms.ModelForm[Any]]":
    """Return ``form_class`` with the refusal as an error, so that the page comes back with what was typed."""

    class RefusedForm(form_class):  # type: ignore[valid-type, misc]  # a class made at run time
        def clean(self) -> dict[str, Any] | None:
            cleaned: dict[str, Any] | None = super().clean()
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return cleaned

    return RefusedForm
