"""Submissions, national targets and compilations in the organizer's admin."""

from targets.admin import compilations, items, submissions

__all__ = ["compilations", "items", "submissions"]
