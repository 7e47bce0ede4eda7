"""The table of national targets as a page shows it, takes it, and makes it longer."""

import re
from typing import cast

from django import forms
from django.http import QueryDict

from accounts.errors import Refused
from targets.models import Submission, TargetItem
from targets.portal.forms import ItemForm, ItemFormSet, as_row, filled
from targets.verbs.submissions import ItemDraft
from workshops.models import Programme, Target

Row = dict[str, object]

PREFIX = "items"
BLANK_ROWS = 5
MOST_ROWS = 80
# How a verb names the field of an item: "items[3].unit".
FIELD_OF_ITEM = re.compile(r"items\[(\d+)\]\.(\w+)")
SHOWN_AT = {"value": "as_written", "start_value": "as_written", "due_on": "year"}


class ItemTable(ItemFormSet):
    """The rows; each one sent belongs to the new version, whatever the page started from."""

    def initial_form_count(self) -> int:
        """Return 0: no row is only kept, each is a row of a new version."""
        return 0

    def drafts(self) -> list[ItemDraft]:
        """Return the rows that were filled in."""
        return [form.draft() for form in filled(self.forms)]

    def show(self, refused: Refused) -> None:
        """Put a refusal beside the field of the row it is about, else on top of the table."""
        named = FIELD_OF_ITEM.match(refused.field)
        rows = filled(self.forms)
        if named is None or int(named[1]) >= len(rows):
            self.non_form_errors().append(str(refused))
            return
        form, field = rows[int(named[1])], SHOWN_AT.get(named[2], named[2])
        form.add_error(field if field in form.fields else None, str(refused))


class TargetTable:
    """Makes the table of a programme, starting from the version of a Party sent last, if there is one."""

    def __init__(self, programme: Programme, last: Submission | None) -> None:
        self.choices = [(target.code, str(target)) for target in _targets(programme)]
        items = [] if last is None else list(last.items.prefetch_related("global_targets", "areas"))
        self.too_long = len(items) > MOST_ROWS
        self.items: list[TargetItem] = [] if self.too_long else items

    def to_fill_in(self) -> ItemTable:
        """Return the table with the targets sent last and some empty rows."""
        return self._table(rows=[as_row(item) for item in self.items])

    def longer(self, data: QueryDict) -> ItemTable:
        """Return the table with the rows as they were sent, unread, and some more."""
        return self._table(rows=_rows_sent(data))

    def sent(self, data: QueryDict) -> ItemTable:
        """Return the table that was sent."""
        return self._table(data=data)

    def _table(self, *, data: QueryDict | None = None, rows: list[Row] | None = None) -> ItemTable:
        factory = forms.formset_factory(
            ItemForm,
            formset=ItemTable,
            extra=min(len(rows or ()) + BLANK_ROWS, MOST_ROWS),
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
            validate_max=True,
        )
        origins = {str(item.pk): item for item in self.items}
        table = factory(
            data, initial=rows, prefix=PREFIX, form_kwargs={"global_targets": self.choices, "origins": origins}
        )
        return cast("ItemTable", table)  # the stubs know the class asked for only as a formset


def _targets(programme: Programme) -> list[Target]:
    """Return the targets a row may serve: those of the frameworks the programme works on."""
    return list(
        Target.objects.filter(framework__in=programme.targets.values("framework")).order_by("framework", "number")
    )


def _rows_sent(data: QueryDict) -> list[Row]:
    total = data.get(f"{PREFIX}-TOTAL_FORMS") or ""
    count = min(int(total), MOST_ROWS) if re.fullmatch(r"[0-9]{1,4}", total) else 0
    return [
        {name: _sent(data, f"{PREFIX}-{place}-{name}", name) for name in ItemForm.base_fields} for place in range(count)
    ]


def _sent(data: QueryDict, key: str, name: str) -> object:
    return data.getlist(key) if name == "global_targets" else data.get(key)
