"""Form fields for the two things Django has none for: text in six languages and a time zone."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.texts import UN_LANGUAGES
from accounts.zones import ANYWHERE

ORDER = ("en", *(code for code in UN_LANGUAGES if code != "en"))


class TextsWidget(forms.MultiWidget):
    """One box a language, English first, the others folded away under how many of them hold text."""

    template_name = "admin/widgets/texts.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 2) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            code: forms.Textarea({"rows": rows, "lang": code, "dir": "rtl" if code == "ar" else "ltr"})
            for code in ORDER
        }
        super().__init__(boxes, attrs)

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:  # noqa: ARG002
        """Render with the project's templates; Django's form renderer knows only those inside apps."""
        return render_to_string(template_name, context)

    def decompress(self, value: Any) -> list[str]:
        """Spread the stored mapping over the boxes."""
        texts = value if isinstance(value, Mapping) else {}
        return [str(texts.get(code, "")) for code in ORDER]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add each box's language by name."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        names = dict(settings.LANGUAGES)
        for code, box in zip(ORDER, context["widget"]["subwidgets"], strict=True):
            box["language"] = names[code]
        context["widget"]["others"] = sum(1 for box in context["widget"]["subwidgets"][1:] if box["value"])
        return context

    def id_for_label(self, id_: str) -> str:
        """Let the label lead to the English box."""
        return f"{id_}_en" if id_ else id_


class TextsField(forms.MultiValueField):
    """Text in several languages, kept as ``{"en": …, "fr": …}`` without empty entries."""

    widget = TextsWidget

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        boxes = [forms.CharField(required=False) for _code in ORDER]
        super().__init__(boxes, required=required, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> dict[str, str]:
        """Gather what was written."""
        return {code: text for code, text in zip(ORDER, data_list, strict=False) if text}


class ForgivingSelect(AutocompleteSelect):
    """Django's own, but shows nothing chosen when an address or a form names a row by what can be no key."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Return what is chosen, for the page."""
        try:
            return super().optgroups(name, value, attr)
        except ValidationError:
            return super().optgroups(name, [""], attr)


class ForgivingSelectMultiple(ForgivingSelect, AutocompleteSelectMultiple):
    """The same for several rows."""


class LanguagesField(forms.MultipleChoiceField):
    """Some of the six languages, kept as a list of codes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, **kwargs)


class ZoneField(forms.ChoiceField):
    """A time zone of the IANA database by name."""

    def __init__(self, **kwargs: Any) -> None:
        names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
        super().__init__(
            choices=[
                ("", _("choose a time zone")),
                (ANYWHERE, _("anywhere on Earth, UTC−12")),
                ("UTC", "UTC"),
                *((name, name) for name in names),
            ],
            **kwargs,
        )
