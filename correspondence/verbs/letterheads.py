"""Writing the letterhead."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid
from accounts.verbs.activities import record
from correspondence.drafts import LINES_OF_MANY_KINDS
from correspondence.models import Letterhead

LINE_LIMIT = 200  # characters
ADDRESS_LINES = 8


def write_letterhead(
    *,
    organization: Mapping[str, str],
    address: str,
    signatory: Mapping[str, str],
    signatory_name: str,
    by: Actor,
    at: datetime,
) -> Letterhead:
    """Write what stands above and below letters from now on; letters that are written already stay as they are.

    ``organization`` and ``signatory`` are texts by language, ``address`` has up to eight lines. A letterhead saved as it was
    leaves no entry in the log. Raises ``NotAllowed`` for others than organizers and ``Invalid`` (``language_unknown``,
    ``line_break``, ``brace_stray``, ``control_character``, ``too_long``) about the field.
    """
    by.require_organizer()
    written = {
        "organization": _texts("organization", organization),
        "address": _address(address),
        "signatory": _texts("signatory", signatory),
        "signatory_name": _line("signatory_name", signatory_name),
    }
    with transaction.atomic():
        Letterhead.objects.get_or_create(pk=1)
        head = Letterhead.objects.select_for_update().get(pk=1)
        changed = [name for name, value in written.items() if getattr(head, name) != value]
        for name in changed:
            setattr(head, name, written[name])
        if changed:
            head.save(update_fields=changed)
            record("write_letterhead", head, by=by, at=at, fields=changed)
    return head


def _texts(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    unknown = set(texts) - set(dict(settings.LANGUAGES))
    if unknown:
        raise Invalid("language_unknown", _("Letters are not written in this language."), field=field)
    lines = {language: _line(field, text) for language, text in texts.items()}
    return {language: line for language, line in lines.items() if line}


def _address(text: str) -> str:
    lines = [_line("address", line) for line in LINES_OF_MANY_KINDS.sub("\n", text).split("\n")]
    kept = [line for line in lines if line]
    if len(kept) > ADDRESS_LINES:
        raise Invalid("too_long", _("Use at most %(limit)d lines.") % {"limit": ADDRESS_LINES}, field="address")
    return "\n".join(kept)


def _line(field: str, text: str) -> str:
    """Return one line of a letterhead; a brace could be read as a placeholder of the letters it stands in."""
    line = text.replace("\t", " ").strip()
    if LINES_OF_MANY_KINDS.search(line) or "\n" in line:
        raise Invalid("line_break", _("Write this on one line."), field=field)
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in line):
        raise Invalid("control_character", _("The text holds a control character; take it out."), field=field)
    if "{" in line or "}" in line:
        raise Invalid("brace_stray", _("Braces have no place in a letterhead."), field=field)
    if len(line) > LINE_LIMIT:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": LINE_LIMIT}, field=field)
    return line
