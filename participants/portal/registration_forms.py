"""The forms of the stages of registration; what is allowed is the verbs' to say."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.portal.forms import PageForm
from participants.models import Invitation
from participants.models.journeys import Booker, Lodging
from participants.portal.forms import day_field
from participants.verbs.consents import ConsentsDetails, save_consents
from participants.verbs.emergency_contacts import ContactDetails, save_emergency_contact
from participants.verbs.identities import IdentityDetails, save_identity
from participants.verbs.journeys import JourneyDetails, save_journey
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.photos import save_photo
from participants.verbs.spoken_languages import LanguagesDetails, save_languages
from participants.verbs.stays import StayDetails, save_stay
from participants.verbs.travel_documents import Upload
from workshops.models import Party


def text_field(label: Any, limit: int, help_text: Any = "", *, required: bool = False, **attrs: str) -> forms.CharField:
    """Return one line of text, in any script unless ``dir`` says otherwise."""
    widget = forms.TextInput(attrs={"dir": "auto"} | attrs)
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def words_field(label: Any, limit: int, help_text: Any = "") -> forms.CharField:
    """Return several lines of text."""
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


def country_field(label: Any, help_text: Any = "") -> "forms.ModelChoiceField[Party]":
    """Return a choice of States."""
    return forms.ModelChoiceField(
        label=label, queryset=Party.objects.filter(kind="state"), required=False, empty_label="–", help_text=help_text
    )


class StageForm(PageForm):
    """The form of one stage; ``store`` hands what it says to the stage's verb."""

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        """Save the stage. Raises what the verb raises."""
        raise NotImplementedError


class IdentityForm(StageForm):
    """Names and countries (edge cases E01, E02, E08)."""

    badge_name = text_field(
        _("Name on the badge"), 200, _("As you want to be called, in any script; one name is enough."), required=True,
        autocomplete="name",
    )  # fmt: skip
    passport_name = text_field(
        _("Name as in the passport"),
        200,
        _("In Latin letters, in the order of the passport; for the visa letter and the ticket."),
    )
    nationality = country_field(_("Nationality"), _("Of the passport you travel with. The visa depends on it."))
    residence = country_field(
        _("Country of residence"), _("Where your journey starts; it may be another than the one you represent.")
    )

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_identity(invitation, IdentityDetails(**self.cleaned_data), by=by, at=at)


class JourneyForm(StageForm):
    """The way there and back."""

    leaves_from = text_field(_("Your journey starts in"), 120, _("City or airport."))
    booked_by = forms.ChoiceField(label=_("Who books the ticket"), choices=Booker)
    arrives_on = day_field(_("Arrival"))
    leaves_on = day_field(_("Departure"))
    way_in = text_field(_("Flight or train there"), 200, _("With the time of arrival, once you know it."))
    way_out = text_field(_("Flight or train back"), 200, _("With the time of departure, once you know it."))
    note = words_field(_("What else we should know"), 500)

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_journey(invitation, JourneyDetails(**self.cleaned_data), by=by, at=at)


class StayForm(StageForm):
    """Accommodation."""

    lodging = forms.ChoiceField(label=_("Where will you stay?"), choices=Lodging)
    first_night = day_field(_("First night"), _("Only for the hotel of the workshop."))
    last_night = day_field(_("Last night"))
    note = words_field(_("Wishes"), 500, _("Such as a quiet room or a room on the ground floor."))

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_stay(invitation, StayDetails(**self.cleaned_data), by=by, at=at)


class NeedsForm(StageForm):
    """Food, access and health, in the person's own words."""

    diet = words_field(
        _("What do you not eat?"), 1000, _("Allergies, religion, preference: whatever the kitchen should know.")
    )
    access = words_field(
        _("What do you need to take part?"), 1000, _("Such as a step-free way, sign language or large print.")
    )
    health = words_field(_("Anything about your health we should know?"), 1000, _("Only what helps us to help you."))

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_needs(invitation, NeedsDetails(**self.cleaned_data), by=by, at=at)


class ContactForm(StageForm):
    """Whom to call in an emergency."""

    name = text_field(_("Name"), 200, required=True, autocomplete="off")
    phone = text_field(_("Telephone"), 40, _("With the country code."), required=True, inputmode="tel", dir="ltr")
    relation = text_field(_("Who that is to you"), 100)
    language = text_field(_("Language to speak in"), 60)

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_emergency_contact(invitation, ContactDetails(**self.cleaned_data), by=by, at=at)


class LanguagesForm(StageForm):
    """Which languages somebody speaks, and which to write in."""

    speaks = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = text_field(_("Other languages"), 200)
    letters = forms.ChoiceField(
        label=_("Language of letters"), choices=[("", _("The Party's language")), *settings.LANGUAGES], required=False
    )

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        told = self.cleaned_data
        details = LanguagesDetails(speaks=tuple(told["speaks"]), other=told["other"], letters=told["letters"])
        save_languages(invitation, details, by=by, at=at)


class PhotoForm(StageForm):
    """A photo for the badge."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("For the badge: your face from the front. Place and time of the picture are removed."),
    )
    remove = forms.BooleanField(label=_("Take my photo away"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.initial.get("kept"):
            del self.fields["remove"]

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        photo = upload_of(self.cleaned_data["photo"])
        if photo is not None or self.cleaned_data.get("remove") or not self.initial.get("kept"):
            save_photo(invitation, photo, by=by, at=at)


class ConsentsForm(StageForm):
    """What others may see."""

    may_list = forms.BooleanField(
        label=_("My name may stand in the list of participants"),
        required=False,
        help_text=_("The list goes to the participants and into the report. Without this you take part unlisted."),
    )
    may_share = forms.BooleanField(label=_("The other participants may see my e-mail address"), required=False)
    may_picture = forms.BooleanField(label=_("I may be shown in pictures of the workshop"), required=False)

    def store(self, invitation: Invitation, *, by: Actor, at: datetime) -> None:
        save_consents(invitation, ConsentsDetails(**self.cleaned_data), by=by, at=at)


def upload_of(file: Any) -> Upload | None:
    """Return a file as it was sent; ``None`` for none."""
    return Upload(file.read(), file.name) if file else None


def iso_day(text: str) -> date | None:
    """Return the day that a sealed text holds."""
    return date.fromisoformat(text) if text else None
