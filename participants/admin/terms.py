"""Asking for the terms of a call: the number of experts first, everything else folded away under what is usual."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.admin.fields import TextsField, TextsWidget
from accounts.errors import Invalid
from accounts.texts import localized
from participants.models import Call
from participants.models.calls import LatePolicy, PlanningSignatures, every_paper, every_sector, every_track
from participants.models.nominations import DocumentKind, Sector, Track
from participants.verbs.terms import CallTerms, settled, terms_of
from workshops.models import Region
from workshops.models.regions import RegionList

TERMS = tuple(CallTerms.__slots__)
WITHIN_ONE = (RegionList.LDC, RegionList.LLDC, RegionList.SIDS)  # lists of one region: the list says it all


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields of a form that are folded away until they are wanted, or wrong."""

    title: str
    fields: tuple[forms.BoundField, ...]

    @property
    def wrong(self) -> bool:
        """Whether a field holds what cannot be."""
        return any(each.errors for each in self.fields)


def _ticks(label: Any, choices: Any, help_text: Any = "", *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=required, help_text=help_text
    )


def _named(choices: Any, values: list[str]) -> list[tuple[str, Any]]:
    return [(value, label) for value, label in choices if value in values]


def list_choices() -> list[tuple[Any, Any]]:
    """Return the lists that may make a Party eligible: those of one region by name, the regions of the others under theirs."""
    language = (get_language() or "en").split("-")[0]
    lists = dict(RegionList.choices)
    regions: dict[str, list[tuple[str, str]]] = {}
    for each in Region.objects.exclude(of_list__in=WITHIN_ONE):
        regions.setdefault(each.of_list, []).append((each.slug, localized(each.name, language) or each.slug))
    return [*((each.value, lists[each]) for each in WITHIN_ONE), *((lists[key], rows) for key, rows in regions.items())]


class TermsForm(forms.Form):
    """The terms of a call; what is wrong with them is told beside each field."""

    seats_per_party = forms.IntegerField(
        label=_("Experts a Party"),
        min_value=1,
        max_value=3,
        help_text=_("Two or three, depending on funds (Annex II, participants)."),
    )
    tracks = _ticks(_("Tracks"), Track.choices, _("Focal points who may sign on one of them are written to."))
    planning_signatures = forms.ChoiceField(
        label=_("Who signs on the second track"),
        choices=PlanningSignatures.choices,
        help_text=_("Annex II: “nominated through FAO and CBD focal points”."),
    )
    sectors = _ticks(_("Sectors"), _named(Sector.choices, every_sector()))
    papers = _ticks(_("Papers required"), _named(DocumentKind.choices, every_paper()), required=False)
    late_policy = forms.ChoiceField(label=_("Nominations after the deadline"), choices=LatePolicy.choices)
    reminder_days = forms.CharField(
        label=_("Reminders, days before the deadline"),
        required=False,
        max_length=60,
        help_text=_("Silent Parties are reminded on these days, such as 14, 7, 2. Empty means never."),
    )
    funded_seats = forms.IntegerField(
        label=_("Experts financed a Party"),
        min_value=0,
        max_value=3,
        help_text=_("0: the notification promises no money."),
    )
    funded_lists = forms.MultipleChoiceField(
        label=_("Parties financed"),
        choices=list_choices,
        required=False,
        help_text=_(
            "A Party in one of the lists chosen is eligible, as of the day of the call; none means every Party."
        ),
    )
    funding = TextsField(
        label=_("Funding, in words"),
        required=False,
        help_text=_("Stands in the notification in place of the sentence made of the two answers above."),
    )
    file_reference = forms.CharField(
        label=_("Reference of the file"),
        required=False,
        max_length=120,
        help_text=_("Such as SCBD/ABS/SBG/ET/ab/83361; a date printed onto it is told apart."),
    )
    issued_on = forms.DateField(
        label=_("Date of the notification"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: the date beside the reference, else that of today."),
    )
    thematic_areas = TextsField(label=_("Thematic areas"), required=False, widget=TextsWidget(rows=1))
    criteria = TextsField(
        label=_("Criteria"),
        required=False,
        help_text=_("Empty: expertise and experience, gender, geography, earlier work under the Convention."),
    )

    FOLDED = (
        (
            gettext_lazy("Tracks, sectors, papers, reminders"),
            ("tracks", "planning_signatures", "sectors", "papers", "late_policy", "reminder_days"),
        ),
        (gettext_lazy("Funding"), ("funded_seats", "funded_lists", "funding")),
        (gettext_lazy("Reference and wording"), ("file_reference", "issued_on", "thematic_areas", "criteria")),
    )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields that are asked for at once."""
        folded = {name for _title, names in self.FOLDED for name in names}
        return [self[name] for name in self.fields if name not in folded]

    @property
    def groups(self) -> Iterator[Group]:
        """Yield the fields that are folded away."""
        for title, names in self.FOLDED:
            yield Group(str(title), tuple(self[name] for name in names))

    def clean_reminder_days(self) -> list[int]:
        """Return the numbers in a line."""
        words = re.findall(r"[^\s,;،、]+", self.cleaned_data["reminder_days"])
        try:
            return [int(word) for word in words]
        except ValueError as error:
            raise forms.ValidationError(gettext("Give numbers of days, such as 14, 7, 2.")) from error

    def clean(self) -> dict[str, Any]:
        """Check the terms as the verb will."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                settled(terms_in(cleaned), seats_per_party=cleaned["seats_per_party"], on=timezone.now().date())
            except Invalid as invalid:
                self.add_error(invalid.field, str(invalid))
        return cleaned


def terms_in(answers: Mapping[str, Any]) -> CallTerms:
    """Return the terms that a form was answered with."""
    return CallTerms(**{name: answers[name] for name in TERMS})


def first_answers(terms: CallTerms) -> dict[str, Any]:
    """Return terms as the form shows them."""
    shown = {name: getattr(terms, name) for name in TERMS}
    return shown | {"reminder_days": ", ".join(map(str, terms.reminder_days))}


def usual_answers() -> dict[str, Any]:
    """Return what a new call usually says."""
    return first_answers(CallTerms(tracks=every_track(), sectors=every_sector(), papers=every_paper()))


def answers_of(call: Call) -> dict[str, Any]:
    """Return what a call says now."""
    return first_answers(terms_of(call)) | {"seats_per_party": call.seats_per_party}
