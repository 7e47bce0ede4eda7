"""What a focal point fills in when asked whether the directory is right; what is allowed is the verbs' to say."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.portal.forms import AddressField, PageForm
from participants.portal.forms import ACCEPTED_FILES
from participants.verbs.persons import LIMITS

LANGUAGES = [("", _("The Party's language")), *settings.LANGUAGES]


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=LIMITS["name"],
        help_text=_("As the person writes it, in any script; one name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


def _position() -> forms.CharField:
    return forms.CharField(
        label=_("Position and organization"),
        max_length=LIMITS["position"],
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language of correspondence"), choices=LANGUAGES, required=False)


class ContactForm(PageForm):
    """The contact details of a focal point."""

    name = _name()
    email = AddressField(
        label=_("E-mail address"), help_text=_("Letters go here. A change is told to the address used before.")
    )
    phone = forms.CharField(label=_("Telephone"), max_length=LIMITS["phone"], required=False)
    position = _position()
    language = _language()


class DeputyForm(PageForm):
    """A deputy of a focal point; FAO calls it an alternate."""

    name = _name()
    email = AddressField(label=_("E-mail address"), help_text=_("The deputy signs in by a code that is mailed here."))
    position = _position()
    language = _language()


class SuccessorForm(PageForm):
    """Who is focal point now, with the letter that says so."""

    name = _name()
    email = AddressField(label=_("E-mail address"), help_text=_("Letters to the focal point go here."))
    position = _position()
    language = _language()
    valid_from = forms.DateField(
        label=_("Focal point from"),
        help_text=_("The first day of the mandate; the one before ends on it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    letter = forms.FileField(
        label=_("Letter of designation, signed"),
        help_text=_("PDF, DOCX, JPEG or PNG, under 10 MB."),
        allow_empty_file=True,  # the verb says what to do about it
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}),
    )

    def said(self) -> dict[str, object]:
        """Return the arguments of ``propose_successor``; the letter as bytes with its name."""
        file = self.cleaned_data["letter"]
        about = {name: self.cleaned_data[name] for name in ("name", "email", "position", "language", "valid_from")}
        return {**about, "letter": file.read(), "letter_name": file.name}
