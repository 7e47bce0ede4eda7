"""The five catalogs are complete, and a translation keeps every placeholder."""

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ("ar", "zh", "fr", "ru", "es")


def catalog(language: str) -> Catalog:
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value or "",) if isinstance(value, str | None) else tuple(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_doubtful_or_broken(language):
    messages = [each for each in catalog(language) if each.id]
    assert len(messages) > 1000
    assert [each.id for each in messages if each.fuzzy or not all(texts(each.string))] == []
    assert [(each.id, list(each.check())) for each in messages if list(each.check())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same_things(language):
    assert {(each.context, each.id) for each in catalog(language)} == {
        (each.context, each.id) for each in catalog("fr")
    }
