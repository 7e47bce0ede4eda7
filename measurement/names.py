"""How names of persons are spelled, whatever the script: what two spellings of one name have in common (E02, E06).

No name is split into a first and a last one; words count alike and their order does not matter.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from anyascii import anyascii
from rapidfuzz import fuzz

KEY_LIMIT = 200
NO_KEY = "-"  # a name without any letter
BETWEEN = "|"  # between the keys of the written name and of the passport's
SAME_SOUND = 93  # the least likeness of two names that are written with the same consonants
SAME_LETTERS = 90  # the same, when the words are parted differently
PART_OF_NAME = 88  # the same, when one name has a word more
CONSONANTS_ENOUGH = 3  # fewer say nothing: Ali, Lee and Leo have one
WORDS_ENOUGH = 2  # so many words of a name must be found in a longer one
REMEMBERED = 4096

_PARTS = re.compile(r"[^\w'’‘ʼʻ`ʿʾ]+|_+")
_ARTICLES = frozenset({"al", "el", "ul"})
_SERVANTS = frozenset({"abdul", "abdel", "abdal", "abdoul"})  # before a word of its own: Abdul Rahman
_SERVANT = re.compile(r"abd[aeou]{1,2}[lrsnz](?=..)")  # joined to it: Abdulrahman, Abderrahmane
# As one name is written in English, French, Spanish, Russian and Arabic; longest first.
_SOUNDS = {
    "shch": "s", "sch": "s", "tch": "s", "ch": "s", "sh": "s", "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f",
    "dj": "j", "zh": "j", "ts": "s", "tz": "s", "x": "ks", "q": "k", "ce": "se", "ci": "si", "cy": "si", "c": "k",
}  # fmt: skip
_SOUND = re.compile("|".join(_SOUNDS))
_VOWELS = re.compile("[aeiouyw]")
_TWICE = re.compile(r"(.)\1+")


def spelled(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters and lower case, sorted: ``Ángel da Silva`` → angel, da, silva."""
    return tuple(sorted(_words(name)))


def match_key(name: str, passport_name: str = "") -> str:
    """Return what the spellings of a name have in common, of at most 200 characters, never empty.

    Each word is put into Latin letters and keeps its consonants by sound; words are sorted. Mohammed, Mohamed, Muhammad and
    محمد meet in ``mhmd``. Particles (da, bin, van) stay; the Arabic article, which is written or left out, does not. Where the
    passport's name has another key it stands second, behind ``|``.
    """
    keys = dict.fromkeys(" ".join(_sounds(each)) for each in (name, passport_name))
    return BETWEEN.join(filter(None, keys))[:KEY_LIMIT].strip() or NO_KEY


def likeness(one: str, other: str) -> int:
    """Return how alike two names are, 0 to 100; 100 only when they have the same words in Latin letters.

    Symmetric; the order of words makes no difference.
    """
    here, there = _known(one), _known(other)
    if not here.words or not there.words:
        return 100 if one == other else 0
    if here.words == there.words:
        return 100
    ratio = int(fuzz.ratio(" ".join(here.words), " ".join(there.words)))
    return min(99, max(ratio, _heard(here.sounds, there.sounds)))


def _heard(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how alike two names are by their consonants alone."""
    if len("".join(one)) < CONSONANTS_ENOUGH:
        return 0
    if sorted("".join(one)) == sorted("".join(other)):
        return SAME_SOUND if one == other else SAME_LETTERS
    fewer = min(len(one), len(other))
    return PART_OF_NAME if len({*one} & {*other}) >= max(fewer, WORDS_ENOUGH) else 0


class _Known:
    """The words of a name and their sounds, worked out once."""

    __slots__ = ("sounds", "words")

    def __init__(self, name: str) -> None:
        self.words = spelled(name)
        self.sounds = _sounds(name)


@lru_cache(maxsize=REMEMBERED)
def _known(name: str) -> _Known:
    return _Known(name)


def _words(name: str) -> Iterator[str]:
    for part in _PARTS.split(normalize("NFKC", name)):
        word = "".join(letter for letter in anyascii(part).lower() if letter.isalpha())
        if word:
            yield word


def _sounds(name: str) -> tuple[str, ...]:
    """Return the consonants of each word, sorted; the article alone is left out, unless the name is nothing else."""
    bare = " ".join(_bare(part) for part in _PARTS.split(normalize("NFKC", name)))
    words = list(_words(bare))
    heard = [word for word in words if word not in _ARTICLES] or words
    return tuple(sorted(_sound(piece) for word in heard for piece in _pieces(word)))


def _bare(part: str) -> str:
    """Return an Arabic word without its article, and عبد apart from what it is joined to."""
    if part.startswith("عبد") and part != "عبد":
        return f"عبد {_bare(part[3:])}"
    return part[2:] if part.startswith("ال") and len(part) > len("الم") else part


def _pieces(word: str) -> Iterator[str]:
    servant = None if word in _SERVANTS else _SERVANT.match(word)
    if servant is None:
        yield "abd" if word in _SERVANTS else word
    else:
        yield from ("abd", word[servant.end() :])


def _sound(word: str) -> str:
    """Return a word's consonants: vowels, doubled letters and an h at the end are written or not."""
    plain = _SOUND.sub(lambda found: _SOUNDS[found[0]], word)
    return _TWICE.sub(r"\1", _VOWELS.sub("", plain.removesuffix("h"))) or word[0]
