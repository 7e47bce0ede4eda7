"""Writing the templates of letters: each change is a version of its own, so that nothing sent loses what it was made from."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotFound, Refused
from accounts.verbs.activities import record
from correspondence.drafts import check, tidy
from correspondence.kinds import KINDS
from correspondence.models import LetterTemplate
from correspondence.queries.templates import Source, at_version, current


def write_template(
    kind: str, language: str, subject: str, body: str, *, based_on: int, by: Actor, at: datetime
) -> LetterTemplate:
    """Write the next version of a template, in force from now on; letters that are written already stay as they are.

    ``based_on`` is the version that was in force when the writer began. Raises ``NotAllowed`` for others than organizers,
    ``Invalid`` (``kind_unknown``, ``language_unknown``, those of ``correspondence.drafts``) and ``Refused``
    (``changed_meanwhile`` when another version is in force by now, ``nothing_changed``).
    """
    by.require_organizer()
    _check_place(kind, language)
    subject, body = tidy(subject, body)
    check(kind, subject, body)
    with transaction.atomic():
        template = _append(kind, language, Source(subject, body), based_on=based_on, by=by, at=at)
        record("write_template", template, by=by, at=at, version=template.version)
    return template


def restore_template(
    kind: str, language: str, version: int, *, based_on: int, by: Actor, at: datetime
) -> LetterTemplate:
    """Write an earlier version of a template (0 is the one shipped) once more, as its next.

    Raises ``NotFound`` (``version_unknown``) and else as ``write_template`` does: an old text may name what letters are told
    no more.
    """
    by.require_organizer()
    _check_place(kind, language)
    source = at_version(kind, language, version)
    if source is None:
        raise NotFound("version_unknown", _("This template has no version %(number)d.") % {"number": version})
    check(kind, source.subject, source.body)
    with transaction.atomic():
        template = _append(kind, language, source, based_on=based_on, by=by, at=at)
        record("restore_template", template, by=by, at=at, version=template.version, restored=version)
    return template


def _check_place(kind: str, language: str) -> None:
    if kind not in KINDS:
        raise Invalid("kind_unknown", _("There is no letter of this kind."), field="kind")
    if language not in dict(settings.LANGUAGES):
        raise Invalid("language_unknown", _("Letters are not written in this language."), field="language")


def _append(kind: str, language: str, source: Source, *, based_on: int, by: Actor, at: datetime) -> LetterTemplate:
    """Add the version after ``based_on``; of two who add it at once the database's constraint lets one through."""
    in_force = current(kind, language)
    if in_force.version != based_on:
        raise _changed_meanwhile()
    if (source.subject, source.body) == (in_force.subject, in_force.body):
        raise Refused("nothing_changed", _("The text is the one in force already."))
    try:
        with transaction.atomic():
            return LetterTemplate.objects.create(
                kind=kind,
                language=language,
                version=based_on + 1,
                subject=source.subject,
                body=source.body,
                written_by=by.user,
                written_at=at,
            )
    except IntegrityError as error:
        raise _changed_meanwhile() from error


def _changed_meanwhile() -> Refused:
    return Refused(
        "changed_meanwhile",
        _("Somebody else has written a new version since you began. Compare the two, then save again."),
    )
