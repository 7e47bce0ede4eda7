"""What forms of plain data check beyond their fields."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:  # the class takes no parameters when it runs
    _ModelForm = forms.ModelForm


class OrderedForm(_ModelForm):
    """A form whose pairs of fields follow each other; those of ``spans``, which count their last day, may be equal."""

    pairs: ClassVar[tuple[tuple[str, str], ...]] = ()
    spans: ClassVar[tuple[tuple[str, str], ...]] = ()

    def clean(self) -> dict[str, Any] | None:
        """Say which of two fields comes too early, beside it."""
        cleaned = super().clean() or self.cleaned_data
        for first, last in self.pairs + self.spans:
            early, late = cleaned.get(first), cleaned.get(last)
            if early is None or late is None or early < late or (early == late and (first, last) in self.spans):
                continue
            self.add_error(last, _("This must not come before “%(first)s”.") % {"first": self.fields[first].label})
        return cleaned


def ordered(*pairs: tuple[str, str], spans: tuple[tuple[str, str], ...] = ()) -> type[OrderedForm]:
    """Return a form class that checks these pairs of fields."""
    return type("OrderedForm", (OrderedForm,), {"pairs": pairs, "spans": spans})
