"""Forms of the pages: one look, and a verb's refusal shown beside its field."""

from typing import Any

from django import forms

from accounts.errors import Refused

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class PageForm(forms.Form):
    """A form whose widgets carry the page's classes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            look = next(name for widget, name in CLASSES if isinstance(field.widget, widget))
            field.widget.attrs.setdefault("class", look)


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Put a refusal beside the field it is about, or on top of the form when it is about the step as a whole."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
