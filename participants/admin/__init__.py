"""People and the flow from the call to the attendance in the organizer's admin."""

from participants.admin import (
    attendances,
    calls,
    campaign_entries,
    campaigns,
    disputes,
    focal_points,
    imports,
    invitations,
    links,
    messages,
    nominations,
    organizations,
    persons,
    registrations,
    reopenings,
    selections,
)

__all__ = [
    "attendances",
    "calls",
    "campaign_entries",
    "campaigns",
    "disputes",
    "focal_points",
    "imports",
    "invitations",
    "links",
    "messages",
    "nominations",
    "organizations",
    "persons",
    "registrations",
    "reopenings",
    "selections",
]
