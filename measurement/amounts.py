"""Reading a quantity from text without ever guessing (edge case E36).

A point or a comma between digits can mark decimals or thousands, and the text alone often does not tell which. Where it
does not, the reading is refused and a person is asked; the text as written is kept in any case.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

DecimalMark = Literal[".", ","]


class Doubt(StrEnum):
    """Why a text was not read."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not-a-number"
    SEVERAL_NUMBERS = "several-numbers"
    DECIMAL_OR_THOUSANDS = "decimal-or-thousands"
    ZERO_DENOMINATOR = "zero-denominator"


class DoubtfulAmount(ValueError):  # noqa: N818  # a doubt is an answer, not a fault
    """The text has no single certain reading; ``why`` says what is in doubt."""

    def __init__(self, text: str, why: Doubt) -> None:
        self.text = text
        self.why = why
        super().__init__(f"{text!r}: {why.value}")


@dataclass(frozen=True, slots=True)
class Amount:
    """``value``, and for "from x to y" the ``start`` it leaves from."""

    value: Decimal
    start: Decimal | None = None


_ARROWS = re.compile(r"->|→")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")
_POINT_IN_DOUBT = re.compile(r"[1-9]\d{0,2}\.\d{3}|.* .*\.\d{3}")
_SEPARATED = re.compile(r"[;\n]| (?:and|or|to|a|à) |\d-\d")


def parse_amount(text: str, *, decimal_mark: DecimalMark | None = None) -> Amount:
    """Read "882.86", "104 013", "2/3" or "9.1->4".

    ``decimal_mark`` is the mark of the record's locale when it is known; the other of point and comma then groups
    thousands. Without it a comma, several points, or one point before exactly three digits is in doubt. Digits may be of
    any script. Raises ``DoubtfulAmount``.
    """
    parts = _ARROWS.split(_latin(text))
    if len(parts) > 2:  # noqa: PLR2004  # from one value to one other
        raise DoubtfulAmount(text, Doubt.SEVERAL_NUMBERS)
    numbers = [_number(part.strip(), text, decimal_mark) for part in parts]
    return Amount(value=numbers[-1], start=numbers[0] if len(numbers) > 1 else None)


def _latin(text: str) -> str:
    """Write digits of any script as ASCII, every kind of space as one space, and the Arabic decimal mark as a point."""
    plain = "".join(_latin_character(character) for character in text)
    return re.sub(r"\s+", " ", plain).strip()


def _latin_character(character: str) -> str:
    if character in "٫٬":  # the Arabic decimal and thousands marks mean one thing only
        return "." if character == "٫" else " "
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _number(part: str, text: str, decimal_mark: DecimalMark | None) -> Decimal:
    if fraction := _FRACTION.fullmatch(part):
        return _quotient(fraction, text)
    if decimal_mark is not None:
        part = _in_locale(part, text, decimal_mark)
    elif "," in part or part.count(".") > 1 or _POINT_IN_DOUBT.fullmatch(part):
        raise DoubtfulAmount(text, _doubt_about(part, Doubt.DECIMAL_OR_THOUSANDS))
    if _PLAIN.fullmatch(part) or _SPACED.fullmatch(part):
        return Decimal(part.replace(" ", ""))
    raise DoubtfulAmount(text, _doubt_about(part, Doubt.NOT_A_NUMBER))


def _quotient(fraction: re.Match[str], text: str) -> Decimal:
    above, below = Decimal(fraction[1]), Decimal(fraction[2])
    if not below:
        raise DoubtfulAmount(text, Doubt.ZERO_DENOMINATOR)
    return above / below


def _in_locale(part: str, text: str, decimal_mark: DecimalMark) -> str:
    """Write a number of a known locale with spaces between thousands and a point before decimals."""
    grouping = "," if decimal_mark == "." else "."
    whole, mark, decimals = part.partition(decimal_mark)
    if grouping in decimals or decimal_mark in decimals or (grouping in whole and " " in whole):
        raise DoubtfulAmount(text, _doubt_about(part, Doubt.DECIMAL_OR_THOUSANDS))
    return whole.replace(grouping, " ") + ("." if mark else "") + decimals


def _doubt_about(part: str, otherwise: Doubt) -> Doubt:
    if not part:
        return Doubt.EMPTY
    if not any(character.isdigit() for character in part):
        return Doubt.NOT_A_NUMBER
    return Doubt.SEVERAL_NUMBERS if _SEPARATED.search(part) else otherwise
