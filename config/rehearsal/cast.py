"""Synthetic people of many scripts and name shapes; the same seed gives the same people.

The names are made of common given and family names; nobody is meant. Genders are drawn apart from names, because nothing
may ever be read from a name (edge case E07).
"""

from dataclasses import dataclass
from random import Random

GENDERS = ("woman", "woman", "woman", "man", "man", "man", "other", "unknown")
POSITIONS = (
    "Director of Protected Areas (synthetic)",
    "NBSAP coordinator (synthetic)",
    "Head of Forest Inventory (synthetic)",
    "Senior planner, Land Use (synthetic)",
    "Adviser, Sustainable Agriculture (synthetic)",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to build names: pairs of (as written, Latin form); ``pattern`` and ``latin`` order given (g) and family (f)."""

    pattern: str
    given: tuple[tuple[str, str], ...]
    family: tuple[tuple[str, str], ...] = (("", ""),)
    latin: str = "{g} {f}"


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in names)


SHAPES = (
    Shape("{g}", _same("Suharyanto", "Sukarti", "Kyaw", "Thandar", "Zarmina", "Wirawan")),
    Shape(
        "{g} {f}",
        (("ليلى", "Layla"), ("محمد", "Mohammed"), ("نور", "Nour"), ("خالد", "Khaled")),
        (("الخطيب", "Al Khatib"), ("بن صالح", "Ben Salah"), ("العمري", "Al Omari")),
    ),
    Shape(
        "{f}{g}",
        (("晓明", "Xiaoming"), ("丽华", "Lihua"), ("伟", "Wei"), ("静", "Jing")),
        (("王", "WANG"), ("李", "LI"), ("欧阳", "OUYANG")),
        "{f} {g}",
    ),
    Shape(
        "{g} {f}",
        (("Айгуль", "Aigul"), ("Сергей", "Sergei"), ("Ольга", "Olga"), ("Бахтияр", "Bakhtiyar")),
        (("Ким", "Kim"), ("Ахметова-Жұмабай", "Akhmetova-Zhumabai"), ("Петренко", "Petrenko")),
    ),
    Shape("{g} {f}", (("ሰላም", "Selam"), ("ተስፋዬ", "Tesfaye")), (("ገብረ", "Gebre"), ("አበበ", "Abebe"))),
    Shape("{f} {g}", (("សុខា", "Sokha"), ("ដារ៉ា", "Dara")), (("ចាន់", "Chan"), ("គឹម", "Kim")), "{f} {g}"),
    Shape("{g} {f}", (("ສົມສັກ", "Somsak"), ("ບຸນມີ", "Bounmy")), (("ວົງສາ", "Vongsa"),)),
    Shape("{g} {f}", (("އަހްމަދު", "Ahmed"), ("ފާޠިމަތު", "Fathimath")), (("ރަޝީދު", "Rasheed"),)),
    Shape(
        "{g} {f}",
        _same("N’Dri", "Aïssatou", "Koffi", "Adjoua"),
        _same("N'Guessan", "Kouadio-N’Zué", "D’Almeida", "Traoré"),
    ),
    Shape("{g} {f}", _same("João", "Inês", "Conceição"), _same("da Silva", "dos Santos e Sousa", "de Araújo")),
    Shape("{g} {f}", _same("Hasina", "Tiana"), _same("Andriantsimitoviaminandriandehibe", "Razafindratsimandresy")),
    Shape("{f} {g}", _same("Thị Hương", "Văn Đức"), _same("Nguyễn", "Trần", "Lê"), "{f} {g}"),
    Shape("{g} {f}", _same("Ana María", "José", "Itzel"), _same("Núñez Ibáñez", "Quispe Mamani", "Peña")),
    Shape("{g} {f}", _same("Siobhán", "Zoë", "Łukasz", "Şebnem"), _same("O’Shea", "van der Berg", "Dvořák", "Çelik")),
    Shape("{g} {f}", _same("Sione", "Losa", "Tevita", "Mere"), _same("Tupou-Fifita", "Fa‘asavalu", "Ratu")),
)


@dataclass(frozen=True, slots=True)
class Role:
    """One synthetic person, ready for ``record_person`` or a nomination."""

    name: str
    passport_name: str
    gender: str
    email: str
    position: str


class Cast:
    """Draws people from one stream of random numbers; every address ends in ``.example`` and is used once."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drawn = 0

    def draw(self, party: str) -> Role:
        """Return the next person for a Party (its code, or "org" for an organization)."""
        shape = self.random.choice(SHAPES)
        given, family = self.random.choice(shape.given), self.random.choice(shape.family)
        self.drawn += 1
        name = shape.pattern.format(g=given[0], f=family[0]).strip()
        latin = shape.latin.format(g=given[1], f=family[1]).strip()
        return Role(
            name=name,
            passport_name=latin if latin != name else "",
            gender=self.random.choice(GENDERS),
            email=f"synthetic-{self.drawn:04d}@{party.lower()}.rehearsal.example",
            position=self.random.choice(POSITIONS),
        )
