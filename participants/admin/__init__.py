"""People and the flow from the call to the attendance in the organizer's admin."""

from participants.admin import (
    attendances,
    calls,
    focal_points,
    invitations,
    links,
    messages,
    nominations,
    organizations,
    persons,
    registrations,
    selections,
)

__all__ = [
    "attendances",
    "calls",
    "focal_points",
    "invitations",
    "links",
    "messages",
    "nominations",
    "organizations",
    "persons",
    "registrations",
    "selections",
]
