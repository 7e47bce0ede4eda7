"""E-mail addresses: checked, and written in one way, whatever script they are in."""

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from accounts.errors import Invalid

LIMIT = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets; counted in octets on the wire


def as_read(text: str, *, field: str = "email") -> str:
    """Return an address as people read it, its domain in lower case and in its own script: ``anna@почта.рф``.

    Raises ``Invalid`` (``email_invalid``) about ``field``.
    """
    return _checked(text, field).normalized


def on_the_wire(text: str, *, field: str = "email") -> str:
    """Return an address as mail servers hear it, its domain in ASCII (RFC 5891): ``anna@xn--80a1acny.xn--p1ai``.

    The part before the @ stays as it is; where it is not ASCII the server must know SMTPUTF8 (RFC 6531). Raises ``Invalid``
    as ``as_read`` does.
    """
    checked = _checked(text, field)
    return f"{checked.local_part}@{checked.ascii_domain}"


def _checked(text: str, field: str) -> ValidatedEmail:
    try:
        checked = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise _invalid(text, field) from error
    if len(f"{checked.local_part}@{checked.ascii_domain}".encode()) > LIMIT:
        raise _invalid(text, field)
    return checked


def _invalid(text: str, field: str) -> Invalid:
    return Invalid(
        "email_invalid",
        _("“%(address)s” is no e-mail address; write it like name@ministry.example.") % {"address": text},
        field=field,
    )
