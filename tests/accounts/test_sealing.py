"""Sealing: what the database keeps cannot be read, and keys can be changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.sealing import UnopenableError, is_newest, seal, unseal

OLD, NEW = "an old key of thirty-two characters", "a new key of thirty-two characters!"


@given(st.binary(max_size=200))
def test_what_was_sealed_comes_back_whole(data):
    token = seal(data)
    assert unseal(token) == data
    assert data == b"" or data not in token or len(data) < 4


def test_equal_texts_are_sealed_to_different_tokens():
    assert seal(b"A1234567") != seal(b"A1234567")


def test_an_older_key_opens_and_the_newest_seals(settings):
    settings.FIELD_KEYS = [OLD]
    token = seal(b"A1234567")
    settings.FIELD_KEYS = [NEW, OLD]
    assert unseal(token) == b"A1234567"
    assert not is_newest(token)
    assert is_newest(seal(b"A1234567"))
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(UnopenableError):
        unseal(token)


def test_what_was_changed_opens_no_more():
    token = bytearray(seal(b"A1234567"))
    token[20] ^= 1
    with pytest.raises(UnopenableError):
        unseal(bytes(token))
