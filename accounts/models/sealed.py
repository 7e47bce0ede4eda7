"""Columns whose contents the database cannot read (``accounts.sealing``)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import BaseExpression

from accounts.sealing import seal, unseal

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:  # the class takes no parameters when it runs
    _TextField = models.TextField


class SealedTextField(_TextField):
    """Text that is sealed in the row and plain in the program; "" stays empty, so that it can be asked whether it is there.

    It can be compared with "" alone: equal texts are sealed to different tokens.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Return the token that stands for a text."""
        text = super().get_prep_value(value)
        return seal(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, expression: BaseExpression, connection: Any) -> str | None:  # noqa: ARG002  # Django's signature
        """Return the text of a token. Raises ``accounts.sealing.UnopenableError``."""
        return unseal(value.encode()).decode() if value else value
