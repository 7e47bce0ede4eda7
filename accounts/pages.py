"""Pages of long lists: the keys of a page are found first, then the rows of these keys with all that is joined to them."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

if TYPE_CHECKING:
    _Paginator = Paginator[Any]
else:  # the class takes no parameters when it runs
    _Paginator = Paginator


class KeyPaginator(_Paginator):
    """Pages of rows in one query each, the last as quick to join as the first.

    A database that is told to leave out 99,950 rows builds them all before, with their joins and counts; of keys alone it
    reads an index. Rows that the order leaves equal are told apart by their key, so that no row is on two pages or on none.
    """

    def __init__(self, object_list: Any, *args: Any, **kwargs: Any) -> None:
        self.rows = _told_apart(object_list) if _plain(object_list) else None
        super().__init__(object_list if self.rows is None else self.rows, *args, **kwargs)

    def page(self, number: int | str) -> "Page[Any]":
        page = super().page(number)
        if self.rows is not None:
            page.object_list = self.rows.filter(pk__in=page.object_list.values("pk"))  # type: ignore[attr-defined]  # a slice of the rows
        return page


def _plain(rows: Any) -> bool:
    """Whether the rows can be found by their keys: a table's own, not those of a union, and each once by nature."""
    return isinstance(rows, QuerySet) and not (rows.query.distinct or rows.query.combinator or rows.query.is_sliced)


def _told_apart(rows: QuerySet[Any]) -> QuerySet[Any]:
    order = rows.query.order_by or (rows.model._meta.ordering if rows.query.default_ordering else ())  # noqa: SLF001  # Django's documented Meta API
    if {"pk", "-pk", "id", "-id"}.intersection(each for each in order if isinstance(each, str)):
        return rows
    falling = bool(order) and isinstance(order[-1], str) and order[-1].startswith("-")
    return rows.order_by(*order, "-pk" if falling else "pk")
