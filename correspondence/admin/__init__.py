"""The outbox and the stored files in the organizer's admin."""

from correspondence.admin import files, messages

__all__ = ["files", "messages"]
