"""Rows that the body of a request names."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.errors import NotFound

M = TypeVar("M", bound=Model)


def named(rows: QuerySet[M], key: object, *, by: str = "pk", field: str) -> M:
    """Return the row of ``rows`` (what the user may see) whose ``by`` is ``key``.

    Raises ``NotFound`` with the code ``unknown_reference`` and the input's name, the same for a row that is not there and for
    one that is not this user's to see.
    """
    row = rows.filter(**{by: key}).first()
    if row is None:
        raise NotFound("unknown_reference", _("There is no “%(key)s”.") % {"key": key}, field=field)
    return row
