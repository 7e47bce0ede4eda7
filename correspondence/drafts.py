"""A draft, of a template or of one letter: written in one way, and what keeps it from being used.

What is refused here can go wrong in no letter: each placeholder has a value, and the personal link stands where the mail
shows it as one.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.errors import Invalid
from correspondence.facts import CODE_MARKER, LINK_MARKER
from correspondence.kinds import KINDS, Form

SUBJECT_LIMIT = 300  # characters, as the columns of Message.subject and LetterTemplate.subject
BODY_LIMIT = 20_000  # characters; the longest letter shipped has about 2,500
LINES_OF_MANY_KINDS = re.compile(r"\r\n?|[\u2028\u2029]")
_MARK = re.compile(r"\{([^{}\n]*)\}")
_GAP = re.compile(r"\n{2,}")
_NOT_IN_SUBJECT = frozenset({Form.LINES, Form.LINK, Form.CODE})


def tidy(subject: str, body: str) -> tuple[str, str]:
    """Return a subject and a body without space at their ends, the body's lines ended by ``\\n`` and tabs read as spaces."""
    lines = (line.replace("\t", " ").rstrip() for line in LINES_OF_MANY_KINDS.sub("\n", body).split("\n"))
    text = "\n".join(lines).strip("\n")
    return subject.strip(" \t"), text + "\n" if text.strip() else ""


def check(kind: str, subject: str, body: str) -> None:
    """Raise the first of the ``faults`` of a tidy draft, an ``Invalid``, if it has any."""
    for fault in faults(kind, subject, body):
        raise fault


def faults(kind: str, subject: str, body: str) -> Iterator[Invalid]:
    """Yield what keeps a tidy draft from being used as a template of ``kind``, each about the field ``subject`` or ``body``.

    Codes: ``empty``, ``too_long``, ``line_break``, ``control_character``, ``placeholder_unknown``, ``brace_stray``,
    ``placeholder_not_in_subject``, ``link_unknown``, ``link_missing``, ``link_repeated``, ``link_not_alone``,
    and ``code_missing``, ``code_repeated``, ``code_not_alone`` for the code to sign in.
    """
    yield from _plain_faults("subject", subject, SUBJECT_LIMIT)
    yield from _plain_faults("body", body, BODY_LIMIT)
    yield from _mark_faults(kind, "subject", subject)
    yield from _mark_faults(kind, "body", body)
    yield from _misplaced(kind, subject)
    yield from _link_faults(body, linked=KINDS[kind].linked)
    if KINDS[kind].coded:
        yield from _code_faults(body)


def faults_of_letter(subject: str, body: str, *, linked: bool) -> Iterator[Invalid]:
    """Yield what keeps a tidy draft from being the text of one letter, which has no placeholder but the personal link.

    Codes: those of ``faults`` that are about no other placeholder, and ``code_unknown``: a letter with a code to sign in is
    never held, so nobody edits one.
    """
    yield from _plain_faults("subject", subject, SUBJECT_LIMIT)
    yield from _plain_faults("body", body, BODY_LIMIT)
    if LINK_MARKER in subject:
        yield _not_in_subject(LINK_MARKER)
    yield from _link_faults(body, linked=linked)
    for field in (name for name, text in (("subject", subject), ("body", body)) if CODE_MARKER in text):
        sentence = _("This letter carries no code; take %(mark)s out.") % {"mark": CODE_MARKER}
        yield Invalid("code_unknown", sentence, field=field)


def _plain_faults(field: str, text: str, limit: int) -> Iterator[Invalid]:
    if not text.strip():
        yield Invalid("empty", _("Write something here."), field=field)
    if len(text) > limit:
        yield Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": limit}, field=field)
    if field == "subject" and ("\n" in text or LINES_OF_MANY_KINDS.search(text)):
        yield Invalid("line_break", _("Write the subject on one line."), field=field)
    odd = next((char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\r\n"), None)
    if odd is not None:
        sentence = _("The text holds a control character (U+%(code)s); take it out.")
        yield Invalid("control_character", sentence % {"code": f"{ord(odd):04X}"}, field=field)


def _mark_faults(kind: str, field: str, text: str) -> Iterator[Invalid]:
    """Yield each placeholder the kind does not know, once, and the first brace that belongs to none."""
    known = KINDS[kind].placeholders
    for name in dict.fromkeys(_MARK.findall(text)):
        if f"{{{name}}}" == LINK_MARKER and not KINDS[kind].linked:
            if field == "subject":
                yield _no_link(field)
        elif name not in known:
            sentence = _("%(mark)s is no placeholder of this letter. It knows %(known)s.")
            yield Invalid(
                "placeholder_unknown",
                sentence % {"mark": f"{{{name}}}", "known": ", ".join(f"{{{each}}}" for each in known)},
                field=field,
            )
    for line in _MARK.sub("", text).split("\n"):
        if "{" in line or "}" in line:
            sentence = _("A brace stands alone in “%(line)s”; braces are for placeholders such as %(mark)s.")
            yield Invalid("brace_stray", sentence % {"line": line.strip()[:80], "mark": "{name}"}, field=field)
            return


def _misplaced(kind: str, subject: str) -> Iterator[Invalid]:
    known = KINDS[kind].placeholders
    for name in dict.fromkeys(_MARK.findall(subject)):
        if known.get(name) in _NOT_IN_SUBJECT:
            yield _not_in_subject(f"{{{name}}}")


def _not_in_subject(mark: str) -> Invalid:
    sentence = _("%(mark)s has no place in the subject; use it in the text.")
    return Invalid("placeholder_not_in_subject", sentence % {"mark": mark}, field="subject")


def _no_link(field: str) -> Invalid:
    sentence = _("This letter carries no personal link; take %(mark)s out.")
    return Invalid("link_unknown", sentence % {"mark": LINK_MARKER}, field=field)


def _link_faults(body: str, *, linked: bool) -> Iterator[Invalid]:
    if linked:
        missing = _("The personal link is missing: put %(mark)s on a line of its own.")
        yield from _marker_faults(body, "link", LINK_MARKER, missing)
    elif LINK_MARKER in body:
        yield _no_link("body")


def _code_faults(body: str) -> Iterator[Invalid]:
    missing = _("The code is missing: put %(mark)s on a line of its own.")
    yield from _marker_faults(body, "code", CODE_MARKER, missing)


def _marker_faults(body: str, name: str, marker: str, missing: str) -> Iterator[Invalid]:
    """Yield what is wrong with the place of what delivery fills in; an empty body is another fault's to tell."""
    words = {"mark": marker}
    found = body.count(marker)
    if not body:
        return
    if not found:
        yield Invalid(f"{name}_missing", missing % words, field="body")
    elif found > 1:
        yield Invalid(f"{name}_repeated", _("Use %(mark)s once.") % words, field="body")
    elif marker not in _GAP.split(body.strip()):
        sentence = _("Put %(mark)s on a line of its own, with an empty line before and after it.")
        yield Invalid(f"{name}_not_alone", sentence % words, field="body")
