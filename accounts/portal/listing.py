"""One page of a list; the address tells which."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import Invalid, NotFound

ROWS = 50


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int = ROWS) -> Page[Any]:
    """Return the page that ``?page=`` names, the first without it.

    Raises ``Invalid`` (``page_unreadable``) for what is no whole number and ``NotFound`` (``page_unknown``) for one that the
    list does not have.
    """
    pages = Paginator(rows, size)
    try:
        return pages.page(pages.validate_number(request.GET.get("page") or 1))
    except PageNotAnInteger as error:
        raise Invalid("page_unreadable", _("“page” must be a whole number from 1 up."), field="page") from error
    except EmptyPage as error:
        sentence = _("The list has %(count)s pages.") % {"count": pages.num_pages}
        raise NotFound("page_unknown", sentence, field="page") from error
