"""The outbox, what came back, the templates of letters, the letterhead and the stored files in the organizer's admin."""

from correspondence.admin import bounces, files, letterheads, mailings, messages, templates

__all__ = ["bounces", "files", "letterheads", "mailings", "messages", "templates"]
