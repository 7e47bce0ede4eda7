"""What a reviewer fills in about a nominee."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.portal.forms import PageForm
from participants.models import Criterion
from participants.verbs.reviews import NOTE_LIMIT


class PointsInput(forms.RadioSelect):
    """The points of one criterion side by side; a summary of errors leads to the first of them."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


class ScoreForm(PageForm):
    """Points on every criterion of a call, and a note."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("Why you score so. Organizers read it, and reviewers who have scored this nominee."),
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {f"criterion-{each.pk}": each for each in criteria}
        for name, criterion in self.criteria.items():
            self.fields[name] = _points_field(criterion)
        self.order_fields([*self.criteria, "note"])

    @property
    def point_fields(self) -> list[forms.BoundField]:
        """The fields of the criteria, in their order."""
        return [self[name] for name in self.criteria]

    def marks(self) -> dict[UUID, int]:
        """Return the points by criterion."""
        return {criterion.pk: self.cleaned_data[name] for name, criterion in self.criteria.items()}


def _points_field(criterion: Criterion) -> forms.TypedChoiceField:
    counts = ngettext("Counts %(count)d time.", "Counts %(count)d times.", criterion.weight)
    scale = _("0: not shown, %(most)d: fully shown.") % {"most": criterion.most}
    return forms.TypedChoiceField(
        label=str(criterion),
        choices=[(points, str(points)) for points in range(criterion.most + 1)],
        coerce=int,
        widget=PointsInput(attrs={"class": "form-check-input"}),
        help_text=f"{scale} {counts % {'count': criterion.weight}}",
        error_messages={"required": _("Choose the points.")},
    )
