"""The form of travel documents and the visa (edge case E09)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from participants.models import Invitation, TravelDocument, Visa
from participants.models.travel_documents import TravelDocumentKind
from participants.models.visas import VisaState
from participants.portal.forms import PaperField, day_field
from participants.portal.registration_forms import StageForm, country_field, iso_day, text_field, upload_of
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, save_documents
from participants.verbs.visas import tell_visa

TOLD = ("kind", "issuer", "number", "born_on", "issued_on", "expires_on")
STATES = [
    ("", "–"),
    *((each.value, each.label) for each in VisaState if each not in (VisaState.REFUSED, VisaState.LATE)),
]


class DocumentsForm(StageForm):
    """The document for this journey, a second one on request, and how far the visa has come."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=TravelDocumentKind)
    issuer = country_field(_("Issued by"), _("Leave empty for a laissez-passer."))
    number = text_field(_("Number"), 40, required=True, dir="ltr", autocomplete="off", autocapitalize="characters")
    born_on = day_field(_("Date of birth"))
    issued_on = day_field(_("Issued on"))
    expires_on = day_field(_("Valid until"), _("It should be valid for six months after your journey."))
    scan = PaperField(label=_("Copy of the page with your photo"))
    remove_scan = forms.BooleanField(label=_("Delete the copy"), required=False)
    visa_state = forms.ChoiceField(label=_("Your visa"), choices=STATES, required=False)
    mission = text_field(_("Where you apply"), 200, _("Embassy or consulate, or the web page."))
    second_kind = forms.ChoiceField(label=_("Kind of document"), choices=TravelDocumentKind, required=False)
    second_issuer = country_field(_("Issued by"))
    second_number = text_field(_("Number"), 40, dir="ltr", autocomplete="off")
    second_expires_on = day_field(_("Valid until"))

    SECOND = ("second_kind", "second_issuer", "second_number", "second_expires_on")
    VISA = ("visa_state", "mission")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["born_on"].widget.attrs["autocomplete"] = "bday"
        if not self.initial.get("kept"):
            del self.fields["remove_scan"]

    def first_fields(self) -> list[forms.BoundField]:
        """Return the fields of the document for this journey."""
        return [self[name] for name in self.fields if name not in (*self.SECOND, *self.VISA)]

    def visa_fields(self) -> list[forms.BoundField]:
        """Return the fields of the visa."""
        return [self[name] for name in self.VISA]

    def second_fields(self) -> list[forms.BoundField]:
        """Return the fields of a second document."""
        return [self[name] for name in self.SECOND]

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        first = DocumentDetails(
            **{name: told[name] for name in TOLD},
            scan=upload_of(told["scan"]),
            keep_scan=not told.get("remove_scan"),
        )
        second = [
            DocumentDetails(**{name.removeprefix("second_"): told[name] for name in self.SECOND})
        ] if told["second_number"] else []  # fmt: skip
        save_documents(invitation, DocumentsDetails((first, *second)), by=by, at=at)
        if told["visa_state"] or told["mission"]:
            state = VisaState(told["visa_state"] or VisaState.TO_APPLY)
            tell_visa(invitation, state, mission=told["mission"], by=by, at=at)


def told_before(documents: list[TravelDocument], visa: Visa | None) -> dict[str, Any]:
    """Return what the form starts from: what was told before."""
    start: dict[str, Any] = {"visa_state": visa.state, "mission": visa.mission} if visa is not None else {}
    for document in documents:
        prefix = "second_" if document.position > 1 else ""
        days = {name: iso_day(getattr(document, name)) for name in ("born_on", "issued_on", "expires_on")}
        told = {"kind": document.kind, "issuer": document.issuer_id, "number": document.number, **days}
        start |= {f"{prefix}{name}": value for name, value in told.items()}
    return start
