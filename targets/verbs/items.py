"""National targets as a Party sends them, checked and measured; each refusal names its field ("items[3].unit")."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import category

from django.utils.translation import gettext as _

from accounts.errors import Invalid
from measurement.amounts import Amount, DoubtfulAmount, parse_amount
from measurement.quantities import read_quantity
from measurement.units import EARTH_SURFACE_HECTARES, UnknownUnit, to_hectares, unit_named
from targets.models import TargetItem
from targets.models.items import Bound, Measure
from targets.verbs.areas import AreaDraft, AreaReading, read_areas
from workshops.models import Target

ITEMS_LIMIT = 200
TEXT_LIMITS = {
    "title": 300,
    "as_written": 200,
    "basis": 200,
    "baseline": 20,
    "source": 300,
}  # characters, as the columns
DECIMALS = 4
STORED_PLACES = Decimal(1).scaleb(-DECIMALS)
# Both databases keep 15 significant digits of a decimal, and SQLite no more.
STORED_DIGITS = 15


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One national target.

    The quantity may come as a number (``value``, ``start_value``), as the number's text (``quantity``: "9.1->4"), or only as
    the Party wrote it (``as_written``: "882.86 km2"). Text without one certain reading leaves the target without a number.
    """

    title: str
    measure: str
    as_written: str = ""
    unit: str = ""
    value: Decimal | None = None
    start_value: Decimal | None = None
    bound: str = Bound.EXACT
    basis: str = ""
    baseline: str = ""
    due_on: date | None = None
    in_nbsap: bool | None = None
    source: str = ""
    global_targets: tuple[str, ...] = ()
    areas: tuple[AreaDraft, ...] = ()
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class ItemReading:
    """A checked draft as rows to be saved, in order."""

    item: TargetItem
    global_targets: tuple[str, ...]
    areas: tuple[AreaReading, ...]


def read_items(drafts: Sequence[ItemDraft]) -> list[ItemReading]:
    """Check and measure the items of a submission.

    Raises ``Invalid`` with the field it is about: ``no_items``, ``too_many_items``, ``text_missing``, ``too_long``,
    ``control_characters``, ``unknown_choice``, ``unknown_unit``, ``unit_missing``, ``not_a_quantity``, ``too_precise``,
    ``larger_than_earth``, ``start_without_value``, ``unknown_target`` and those of ``read_areas``.
    """
    if not drafts:
        raise Invalid("no_items", _("Enter at least one national target."), field="items")
    if len(drafts) > ITEMS_LIMIT:
        raise Invalid(
            "too_many_items", _("Send at most %(limit)d targets at once.") % {"limit": ITEMS_LIMIT}, field="items"
        )
    known = set(Target.objects.values_list("code", flat=True))
    return [_read(draft, position, known) for position, draft in enumerate(drafts)]


def _read(draft: ItemDraft, position: int, known_targets: set[str]) -> ItemReading:
    field = f"items[{position}]"
    unit = _unit(draft, field)
    amount = _amount(draft, unit, field)
    item = TargetItem(
        position=position + 1,
        measure=_choice(draft.measure, Measure.values, f"{field}.measure"),
        bound=_choice(draft.bound, Bound.values, f"{field}.bound"),
        unit=unit,
        value=amount.value if amount else None,
        start_value=amount.start if amount else None,
        hectares=_hectares(amount, unit, field),
        due_on=draft.due_on,
        in_nbsap=draft.in_nbsap,
        **_texts(draft, field),
    )
    for code in draft.global_targets:
        if code not in known_targets:
            raise Invalid(
                "unknown_target",
                _("“%(code)s” is not a global target.") % {"code": code},
                field=f"{field}.global_targets",
            )
    return ItemReading(item, tuple(dict.fromkeys(draft.global_targets)), read_areas(draft.areas, field))


def _texts(draft: ItemDraft, field: str) -> Mapping[str, Any]:
    texts = {name: checked_text(getattr(draft, name), limit, f"{field}.{name}") for name, limit in TEXT_LIMITS.items()}
    if not texts["title"]:
        raise Invalid("text_missing", _("Say in a few words what the target is."), field=f"{field}.title")
    return texts


def checked_text(text: str, limit: int, field: str, *, lines: bool = False) -> str:
    """Return ``text`` without space around it; ``lines`` allows line breaks.

    Raises ``Invalid`` (``too_long``, ``control_characters``).
    """
    text = text.strip().replace("\r\n", "\n")
    allowed = {"\n", "\t"} if lines else set()
    if any(category(letter) in {"Cc", "Cs"} and letter not in allowed for letter in text):
        raise Invalid("control_characters", _("Remove line breaks and control characters."), field=field)
    if len(text) > limit:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": limit}, field=field)
    return text


def _choice(text: str, choices: Sequence[str], field: str) -> str:
    if text not in choices:
        raise Invalid("unknown_choice", _("Choose one of the values offered."), field=field)
    return text


def _unit(draft: ItemDraft, field: str) -> str:
    """Return the code of the unit; a target without a number may go without."""
    if not draft.unit.strip():
        if draft.value is not None:
            raise Invalid("unit_missing", _("Say in which unit the number is."), field=f"{field}.unit")
        return ""
    try:
        return unit_named(draft.unit).code
    except UnknownUnit as error:
        raise Invalid(
            "unknown_unit",
            _("“%(unit)s” is not a unit known here; write for example ha, km2 or percent.") % {"unit": draft.unit},
            field=f"{field}.unit",
        ) from error


def _amount(draft: ItemDraft, unit: str, field: str) -> Amount | None:
    if draft.value is None:
        if draft.start_value is not None:
            raise Invalid(
                "start_without_value", _("Give the number it changes to as well."), field=f"{field}.start_value"
            )
        return _amount_read(draft, unit)
    start = None if draft.start_value is None else _stated(draft.start_value, f"{field}.start_value")
    return Amount(_stated(draft.value, f"{field}.value"), start)


def _amount_read(draft: ItemDraft, unit: str) -> Amount | None:
    """Read the number from its text; ``None`` when the text leaves a doubt (edge case E36)."""
    if not unit:
        return None
    try:
        amount = parse_amount(draft.quantity) if draft.quantity else read_quantity(draft.as_written, unit)
        numbers = [amount.value, *([] if amount.start is None else [amount.start])]
        stored = [_stated(number.quantize(STORED_PLACES), "") for number in numbers]
    except (DoubtfulAmount, Invalid, ArithmeticError):
        return None
    return Amount(stored[0], stored[1] if len(stored) > 1 else None)


def _stated(value: Decimal, field: str) -> Decimal:
    """Return a number that both databases keep digit by digit."""
    if not value.is_finite() or value < 0:
        raise Invalid("not_a_quantity", _("Enter a number that is not negative."), field=field)
    plain = value.normalize()
    exponent = int(plain.as_tuple().exponent)
    if exponent < -DECIMALS or len(plain.as_tuple().digits) > STORED_DIGITS or plain.adjusted() >= STORED_DIGITS:
        raise Invalid(
            "too_precise",
            _("Use at most %(decimals)d decimals and %(digits)d digits in all.")
            % {"decimals": DECIMALS, "digits": STORED_DIGITS},
            field=field,
        )
    return abs(plain.quantize(STORED_PLACES))


def _hectares(amount: Amount | None, unit: str, field: str) -> Decimal | None:
    area = None if amount is None or not unit else to_hectares(amount.value, unit)
    if area is not None and area > EARTH_SURFACE_HECTARES:
        raise Invalid("larger_than_earth", _("This is larger than the Earth; check the unit."), field=f"{field}.value")
    return None if area is None else area.quantize(STORED_PLACES)
