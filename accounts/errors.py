"""The one family of errors that verbs raise and doors show.

A door never invents an error for a business rule: it lets these through, and ``config.errors`` maps each class to a
status code for the API and to a sentence beside the field on a page.
"""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818  # a refusal is not a fault of the program
    """A step that the rules do not allow; nothing was written.

    ``code`` is stable and for machines, ``sentence`` is for people and names the way out, ``field`` is the input it is
    about ("" when it is about the step as a whole).
    """

    status = 409

    def __init__(self, code: str, sentence: str | Promise, *, field: str = "") -> None:
        self.code = code
        self.sentence = sentence
        self.field = field
        super().__init__(code, sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """The actor may not do this (403)."""

    status = 403


class Invalid(Refused):
    """A value is not acceptable in itself, whatever the state (400)."""

    status = 400


class NotFound(Refused):
    """There is no such thing, or it is not this actor's to see (404)."""

    status = 404
