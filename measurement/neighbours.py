"""Which records are worth comparing with each other: those that share an address, a number or the bones of a name.

Of n people there are n²/2 pairs; here each is put into a few blocks, and only those in one block meet. Memory is about a
hundred bytes a record, whatever they are called.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, groupby, pairwise

from measurement.names import BETWEEN, NO_KEY

LARGEST = 40  # a name or a number that more people share says nothing
LARGEST_MAILBOX = 200  # in a mailbox of more people each is compared with the one that was recorded next
NEAR_FROM = 5  # names of so many consonants also meet those with one letter more, less or other
_PLACES = 24  # bits of a position: 16 million records
_BUCKETS = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What decides whom a record meets: ``scope`` parts worlds that never meet, the others are plain forms or "".

    Names that are only near each other meet inside one ``home``, a country: elsewhere they would be too many.
    """

    scope: str
    key: str
    email: str
    phone: str
    home: str = ""


def neighbours(entries: Iterable[Entry], *, fresh: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the positions (lower, higher) of records to be compared; a pair may come twice.

    With ``fresh`` only pairs are given of which one is among the first so many records. Names that more than ``LARGEST``
    records have are left out as too common, addresses never are.
    """
    blocks = _Blocks(fresh)
    for position, entry in enumerate(entries):
        blocks.add(position, entry)
    for one, other in blocks.pairs():
        if fresh is None or one < fresh:
            yield one, other


class _Blocks:
    """Blocks as sorted runs of plain integers: 40 bits of a digest, 24 bits of a position."""

    def __init__(self, fresh: int | None) -> None:
        self.fresh = fresh
        self.wanted: set[int] = set()
        self.names = array("Q")  # the first name of each record, so that equal ones need not meet again as near ones
        self.kinds = tuple([array("Q") for _ in range(_BUCKETS)] for _ in range(3))

    def add(self, position: int, entry: Entry) -> None:
        keys = [key.replace(" ", "") for key in entry.key.split(BETWEEN) if key != NO_KEY]
        bones = ["".join(sorted(key)) for key in keys]
        self.names.append(_digest(entry.scope, "name", bones[0] if bones else str(position)))
        if entry.email:
            self._put(0, position, _digest(entry.scope, "mail", entry.email))
        if entry.phone:
            self._put(1, position, _digest(entry.scope, "phone", entry.phone))
        for name in bones:
            self._put(1, position, _digest(entry.scope, "name", name))
            for near in _near(name):
                self._put(2, position, _digest(entry.scope, "near", entry.home, near))

    def _put(self, kind: int, position: int, digest: int) -> None:
        if self.fresh is not None:
            if position < self.fresh:
                self.wanted.add(digest)
            elif digest not in self.wanted:
                return
        self.kinds[kind][digest % _BUCKETS].append(digest << _PLACES | position)

    def pairs(self) -> Iterator[tuple[int, int]]:
        mailboxes, blocks, near = self.kinds
        for members in _groups(mailboxes):
            yield from combinations(members, 2) if len(members) <= LARGEST_MAILBOX else pairwise(members)
        for members in _groups(blocks):
            if len(members) <= LARGEST:
                yield from combinations(members, 2)
        for members in _groups(near):
            if len(members) <= LARGEST:
                yield from (pair for pair in combinations(members, 2) if self.names[pair[0]] != self.names[pair[1]])


def _groups(buckets: Sequence["array[int]"]) -> Iterator[list[int]]:
    """Yield the positions of each block with two records or more, in order."""
    mask = (1 << _PLACES) - 1
    for bucket in buckets:
        for _digest_of, run in groupby(sorted(set(bucket)), key=lambda packed: packed >> _PLACES):
            members = [packed & mask for packed in run]
            if len(members) > 1:
                yield members


def _near(name: str) -> Iterator[str]:
    """Yield a name and it with each letter left out: two names one letter apart have one of these in common."""
    if len(name) >= NEAR_FROM:
        yield name
        yield from {name[:place] + name[place + 1 :] for place in range(len(name))}


def _digest(*parts: str) -> int:
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=5).digest())
