"""The stage of languages: which somebody speaks, and which to write in."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from participants.models import Invitation, Registration
from participants.models.registrations import RegistrationStage
from participants.verbs.names import clean_text
from participants.verbs.persons import change_person
from participants.verbs.registrations import hold, keep

OTHER_LIMIT = 200


@dataclass(frozen=True, slots=True)
class LanguagesDetails:
    """``speaks`` are codes of the UN languages, ``other`` names further ones, ``letters`` is the language to write in."""

    speaks: tuple[str, ...] = ()
    other: str = ""
    letters: str = ""


def save_languages(invitation: Invitation, details: LanguagesDetails, *, by: Actor, at: datetime) -> Registration:
    """Save the languages. Raises as ``hold`` does and ``Invalid`` (``unknown_choice``, ``too_long``)."""
    known = dict(settings.LANGUAGES)
    for field, codes in (("speaks", details.speaks), ("letters", (details.letters,) if details.letters else ())):
        if not set(codes) <= set(known):
            raise Invalid("unknown_choice", _("Choose one of the languages."), field=field)
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.LANGUAGES, by=by, at=at)
        row.speaks = [code for code in known if code in details.speaks]
        row.other_languages = clean_text(details.other, limit=OTHER_LIMIT, field="other")
        person = row.invitation.nomination.person
        if details.letters and details.letters != person.language:
            change_person(person, language=details.letters, by=by, at=at)
        return keep(row, RegistrationStage.LANGUAGES, by=by, at=at)
