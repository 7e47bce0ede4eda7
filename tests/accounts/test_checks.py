"""The check of the keys that personal data is sealed with."""

from accounts.checks import keys_are_long


def test_a_short_key_is_warned_of_with_the_way_out(settings):
    settings.FIELD_KEYS = ["x" * 32, "short"]
    found = keys_are_long(None)
    assert [each.id for each in found] == ["accounts.W001"]
    assert "token_urlsafe" in str(found[0].hint)
    settings.FIELD_KEYS = ["x" * 32]
    assert keys_are_long(None) == []
