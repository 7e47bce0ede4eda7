"""Signing in to the API with a token."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import User


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]  # knox has no types
    """``Authorization: Token wp_…``; bytes that cannot be a token are a wrong token, not a fault."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, object]:
        """Return the user and the token's row."""
        if not token.isascii() or b"\x00" in token:
            raise AuthenticationFailed(_("Invalid token."))
        found: tuple[User, object] = super().authenticate_credentials(token)
        return found


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]  # its base registers it without types
    """How the schema describes the token."""

    target_class = "accounts.api.authentication.TokenAuthentication"
    name = "token"
