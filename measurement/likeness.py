"""How likely two records are about one person: a score with its reasons, for somebody to decide on (E04 to E07)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from measurement.names import likeness

SHOWN = 30  # a pair below is not shown to anybody
ASK = 60  # up to here nobody can tell without asking for a date of birth or another address
ALIKE = 80  # two names this alike may be two spellings of one
UNLIKE = 60  # two names less alike than this are two names
PHONE_DIGITS = 9  # what is left of a number without the ways to write its country
PHONE_LEAST = 7
LOCAL_LEAST = 5
NOT_STATED = "unknown"

POINTS = {
    "same_email": 60,
    "same_name": 40,
    "similar_name": 35,
    "same_phone": 30,
    "same_call_two_tracks": 20,
    "same_email_local": 15,
    "same_party": 10,
    "same_organization": 8,
    "same_position": 5,
    "different_email": -5,
    "different_party": -15,
    "different_gender": -15,
    "different_passport": -20,
    "different_name": -25,
}
# However many of these come together, two people may have them in common (E05).
NOT_ENOUGH = frozenset({"same_name", "similar_name", "same_party", "same_organization", "same_position"})
# Addresses that belong to an office rather than to somebody.
OFFICES = frozenset({"admin", "biodiversity", "contact", "director", "focalpoint", "ministry", "office", "secretariat"})


@dataclass(frozen=True, slots=True)
class Described:
    """What is recorded of somebody; "" is not stated.

    ``parties`` are the codes of Parties that nominated the person or gave a mandate, ``calls`` pairs of a call and a track.
    """

    name: str
    passport_name: str = ""
    email: str = ""
    phone: str = ""
    gender: str = NOT_STATED
    position: str = ""
    organization: str = ""
    parties: frozenset[str] = frozenset()
    calls: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of ``POINTS`` with the points it gave; ``detail`` is the likeness of names in percent, else 0."""

    code: str
    points: int
    detail: int = 0


def score(one: Described, other: Described) -> tuple[int, tuple[Reason, ...]]:
    """Return 0 to 100 and the reasons, the strongest first; symmetric.

    Names with the country and the place of work alone never give more than ``ASK`` (E05). What is not stated on both sides
    speaks neither for nor against (E07).
    """
    reasons = sorted(_reasons(one, other), key=lambda reason: (-abs(reason.points), reason.code))
    total = max(0, min(100, sum(reason.points for reason in reasons)))
    return (min(total, ASK) if name_alone(reason.code for reason in reasons) else total), tuple(reasons)


def name_alone(codes: Iterable[str]) -> bool:
    """Whether nothing but the name, the country and the place of work speaks for one person (E05)."""
    return {code for code in codes if POINTS[code] > 0} <= NOT_ENOUGH


def plain_email(email: str) -> str:
    """Return an address for comparison: the case makes no difference."""
    return email.strip().casefold()


def plain_phone(phone: str) -> str:
    """Return the last digits of a number, the same with 00962, +962 and 0; "" for what is no number."""
    digits = "".join(str(int(sign)) for sign in phone if sign.isdecimal())
    return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_LEAST else ""


def _reasons(one: Described, other: Described) -> Iterator[Reason]:
    yield from _names(one, other)
    yield from _addresses(plain_email(one.email), plain_email(other.email))
    yield from _mandates(one, other)
    if plain_phone(one.phone) and plain_phone(one.phone) == plain_phone(other.phone):
        yield _reason("same_phone")
    if one.organization and one.organization == other.organization:
        yield _reason("same_organization")
    if one.position and one.position.casefold() == other.position.casefold():
        yield _reason("same_position")
    if NOT_STATED not in {one.gender, other.gender} and one.gender != other.gender:
        yield _reason("different_gender")


def _names(one: Described, other: Described) -> Iterator[Reason]:
    """Compare every name of one with every name of the other; the passports' names also with each other."""
    pairs = product(filter(None, (one.name, one.passport_name)), filter(None, (other.name, other.passport_name)))
    alike = max(likeness(here, there) for here, there in pairs)
    if alike == 100:  # noqa: PLR2004  # percent
        yield _reason("same_name")
    elif alike >= ALIKE:
        yield Reason("similar_name", round(POINTS["similar_name"] * (alike - UNLIKE) / (100 - UNLIKE)), alike)
    elif alike < UNLIKE:
        yield _reason("different_name")
    if (
        one.passport_name
        and other.passport_name
        and alike >= UNLIKE
        and likeness(one.passport_name, other.passport_name) < UNLIKE
    ):
        yield _reason("different_passport")


def _addresses(one: str, other: str) -> Iterator[Reason]:
    if not one or not other:
        return
    if one == other:
        yield _reason("same_email")
        return
    local = one.partition("@")[0]
    if local == other.partition("@")[0] and len(local) >= LOCAL_LEAST and local not in OFFICES:
        yield _reason("same_email_local")
    yield _reason("different_email")


def _mandates(one: Described, other: Described) -> Iterator[Reason]:
    if one.parties & other.parties:
        yield _reason("same_party")
    elif one.parties and other.parties:
        yield _reason("different_party")
    tracks: dict[str, set[str]] = {}
    for call, track in other.calls:
        tracks.setdefault(call, set()).add(track)
    if any(tracks.get(call, set()) - {track} for call, track in one.calls):
        yield _reason("same_call_two_tracks")


def _reason(code: str) -> Reason:
    return Reason(code, POINTS[code])
