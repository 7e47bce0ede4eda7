"""Fields of the nouns that other apps refer to."""

from typing import Any

from rest_framework import serializers


class PartyCodeField(serializers.RegexField):
    """A Government by its ISO 3166 alpha-3 code; the European Union is EUE."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "ISO 3166 alpha-3 code; EUE for the European Union.")
        super().__init__(r"^[A-Z]{3}\Z", **kwargs)
