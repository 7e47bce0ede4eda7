"""Users, API tokens and the activity log in the organizer's admin."""

from accounts.admin import activities, tokens, users

__all__ = ["activities", "tokens", "users"]
