"""The table of national targets, row by row; a row left empty does not count."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.portal.forms import PageForm
from targets.models import TargetItem
from targets.models.items import Bound, Measure
from targets.verbs.submissions import AreaDraft, ItemDraft

FIRST_YEAR, LAST_YEAR = 1990, 2100


class ItemForm(PageForm):
    """One national target; the quantity stays as the Party writes it.

    ``origin`` names the target of the version before that the row started from, for what the page does not show: areas, and
    a number that was given beside its text.
    """

    title = forms.CharField(
        label=_("Target"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("In your own words."),
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=[("", "–"), *Measure.choices])
    bound = forms.ChoiceField(label=_("How firm"), choices=Bound, initial=Bound.EXACT, required=False)
    as_written = forms.CharField(
        label=_("Quantity as written"),
        max_length=200,
        required=False,
        help_text=_("For example “350 000 ha”, “15 %”, or nothing for a target without a number."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=16, required=False, help_text=_("For example ha, km2, percent."))
    basis = forms.CharField(
        label=_("Of what"), max_length=200, required=False, help_text=_("For example “degraded forest land”.")
    )
    year = forms.IntegerField(label=_("By the end of"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    baseline = forms.CharField(
        label=_("Baseline"), max_length=20, required=False, help_text=_("The year you count from.")
    )
    in_nbsap = forms.NullBooleanField(
        label=_("In the NBSAP"),
        required=False,
        widget=forms.Select(choices=[("", _("Not known")), ("true", _("Yes")), ("false", _("No"))]),
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False, help_text=_("Where it was decided."))
    global_targets = forms.MultipleChoiceField(
        label=_("Serves these global targets"), required=False, widget=forms.CheckboxSelectMultiple
    )
    origin = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, global_targets: list[tuple[str, str]], origins: Mapping[str, TargetItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["global_targets"].choices = global_targets  # type: ignore[attr-defined]
        self.origins = origins

    def has_changed(self) -> bool:
        """Whether anything was filled in; where the row started from and a list's first choice are not."""
        return bool(set(self.changed_data) - {"origin", "bound"})

    def draft(self) -> ItemDraft:
        """Return the row as the verb takes it; a year stands for its last day."""
        row = self.cleaned_data
        origin = self.origins.get(row["origin"])
        same_quantity = origin is not None and (origin.as_written, origin.unit) == (row["as_written"], row["unit"])
        return ItemDraft(
            **{name: row[name] for name in ("title", "measure", "as_written", "unit", "basis", "baseline", "source")},
            value=origin.value if origin and same_quantity else None,
            start_value=origin.start_value if origin and same_quantity else None,
            bound=row["bound"] or Bound.EXACT,
            due_on=_due_on(row["year"], origin),
            in_nbsap=row["in_nbsap"],
            global_targets=tuple(row["global_targets"]),
            areas=tuple(_areas(origin)) if origin else (),
        )


def _due_on(year: int | None, origin: TargetItem | None) -> date | None:
    """Return the last day of a year, or the earlier day in it that the version before had."""
    if origin and origin.due_on and origin.due_on.year == year:
        return origin.due_on
    return date(year, 12, 31) if year else None


def _areas(origin: TargetItem) -> Iterable[AreaDraft]:
    return (AreaDraft(area.name, area.geometry, area.hectares_stated) for area in origin.areas.all())


def as_row(item: TargetItem) -> dict[str, object]:
    """Return a target of the version before as the form starts from it."""
    names = ("title", "measure", "bound", "as_written", "unit", "basis", "baseline", "in_nbsap", "source")
    return {
        **{name: getattr(item, name) for name in names},
        "year": item.due_on.year if item.due_on else None,
        "global_targets": [target.code for target in item.global_targets.all()],
        "origin": str(item.pk),
    }


class NoteForm(PageForm):
    """What the Party wants to tell the secretariat with this version."""

    note = forms.CharField(
        label=_("Note to the secretariat"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


if TYPE_CHECKING:
    ItemFormSet = forms.BaseFormSet[ItemForm]
else:  # Django's class takes no parameter when it runs
    ItemFormSet = forms.BaseFormSet


def filled(forms_of_table: Sequence[ItemForm]) -> list[ItemForm]:
    """Return the rows in which something stands, in order."""
    return [form for form in forms_of_table if form.has_changed()]
