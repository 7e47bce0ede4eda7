"""What forms of plain data check beyond their fields."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:  # the class takes no parameters when it runs
    _ModelForm = forms.ModelForm


class OrderedForm(_ModelForm):
    """A form whose pairs of fields follow each other; ``may_equal`` for spans that count their last day."""

    pairs: ClassVar[tuple[tuple[str, str], ...]] = ()
    may_equal: ClassVar[bool] = False

    def clean(self) -> dict[str, Any] | None:
        """Say which of two fields comes too early, beside it."""
        cleaned = super().clean() or self.cleaned_data
        for first, last in self.pairs:
            early, late = cleaned.get(first), cleaned.get(last)
            if early is None or late is None or early < late or (self.may_equal and early == late):
                continue
            self.add_error(last, _("This must not come before “%(first)s”.") % {"first": self.fields[first].label})
        return cleaned


def ordered(*pairs: tuple[str, str], may_equal: bool = False) -> type[OrderedForm]:
    """Return a form class that checks these pairs of fields."""
    return type("OrderedForm", (OrderedForm,), {"pairs": pairs, "may_equal": may_equal})
