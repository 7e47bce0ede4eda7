"""What must hold of the settings before personal data is sealed with them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004  # Django's own name

KEY_LEAST = 32


@register(Tags.security, deploy=True)
def keys_are_long(app_configs: Any, **_kwargs: Any) -> Sequence[CheckMessage]:  # noqa: ARG001  # Django's signature
    """Warn of a key of ``FIELD_KEYS`` that could be guessed."""
    if all(len(key) >= KEY_LEAST for key in settings.FIELD_KEYS):
        return []
    return [
        Warning(
            f"A key of FIELD_KEYS has fewer than {KEY_LEAST} characters.",
            hint="Make one with `python -c 'import secrets; print(secrets.token_urlsafe(32))'`, put it first and rotate.",
            id="accounts.W001",
        )
    ]
