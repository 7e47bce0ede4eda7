"""Forms of the pages: one look, and a verb's refusal shown beside its field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.addresses import LIMIT, as_read
from accounts.errors import Invalid, Refused

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


class AddressInput(forms.TextInput):
    """A line for an e-mail address; a browser's own field for that refuses other scripts than Latin before the @."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        super().__init__(plain | (attrs or {}))


class AddressField(forms.CharField):
    """An e-mail address in any script, given as people read it (``accounts.addresses``)."""

    widget = AddressInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LIMIT} | kwargs)

    def clean(self, value: Any) -> str:
        """Return the address as ``as_read`` writes it; "" when there may be none."""
        text: str = super().clean(value)
        try:
            return as_read(text) if text else text
        except Invalid as invalid:
            raise ValidationError(str(invalid), code=invalid.code) from invalid


class PageForm(forms.Form):
    """A form whose widgets carry the page's classes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        """Give every widget its class; call it again when fields were added."""
        for field in self.fields.values():
            look = next(name for widget, name in CLASSES if isinstance(field.widget, widget))
            field.widget.attrs.setdefault("class", look)


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Put a refusal beside the field it is about, or on top of the form when it is about the step as a whole."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, ValidationError(str(refused), code=refused.code))
