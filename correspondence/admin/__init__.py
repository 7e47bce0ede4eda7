"""The outbox, the templates of letters, the letterhead and the stored files in the organizer's admin."""

from correspondence.admin import files, letterheads, mailings, messages, templates

__all__ = ["files", "letterheads", "mailings", "messages", "templates"]
