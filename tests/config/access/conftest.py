"""Everybody who may come, and rows for every argument of an address."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from participants.models import NominationDraft
from participants.verbs.invitations import accept
from participants.verbs.registrations import RegistrationDetails, register
from tests import builders
from tests.api_scene import Scene, scene, then
from tests.config.access.world import LINKS, World, routes
from tests.config.admin.conftest import Planner
from tests.conftest import NOW
from workshops.models import Assignment

__all__ = ["scene", "then"]


OF_AN_INVITATION = (
    "invitation",
    "accept",
    "decline",
    "visa_letter",
    "visa_refused",
    "register",
    "told",
    "complete",
    "photo",
)
LETTER_PAGES = ("write", "preview", "pdf", "versions", "version")


@pytest.fixture
def people(scene: Scene) -> dict[str, User | None]:
    """An account of every role; the participant is Jordan's nominee, the guest is nobody to anybody."""
    workshop = scene.call.workshop
    found: dict[str, User | None] = {"organizer": scene.users["organizer"], "integrator": scene.users["integrator"]}
    found |= {"focal point": scene.users["focal_point"], "participant": scene.users["participant"]}
    for role in ("liaison", "finance", "reviewer"):
        user = found[role] = builders.user(f"{role}@roles.example", role=role)
        if role != "reviewer":
            Assignment.objects.create(user=user, workshop=workshop, assigned_at=NOW)
    return {**found, "guest": scene.users["stranger"], "stranger": None}


@pytest.fixture
def world(scene: Scene) -> World:
    """Rows for every argument."""
    Planner(scene.by).grow()
    draft = NominationDraft.objects.create(
        call=scene.call, party=scene.jordan, author=scene.users["focal_point"].person, saved_at=NOW
    )
    registration = register(
        accept(scene.invited()[0], by=scene.by, at=NOW), RegistrationDetails(badge_name="N"), by=scene.by, at=NOW
    )
    invitation = registration.invitation
    nomination = invitation.nomination
    at_the_call = {"call": scene.call.pk, "party": "JOR", "key": nomination.pk}
    values = {
        **at_the_call,
        **{f"{name}.key": draft.pk for name in ("draft", "discard", "draft_paper")},
        **{f"{name}.key": invitation.pk for name in OF_AN_INVITATION},
        **{f"my_workshop{rest}.slug": scene.call.workshop.slug for rest in ("", "_sealed")},
        "my_workshop_sealed.key": registration.pk,
        "my_deputy.key": scene.users["focal_point"].person.mandates.get().pk,
        "workshop.slug": scene.call.workshop.slug,
        "programme.slug": scene.call.workshop.programme.slug,
        "kind": "cv", "stage": "identity", "what": "needs", "language": "en", "form": "csv", "version": 0, "place": 0,
        "file": "x", "relay": "postmark", LINKS: "x" * 43, "app_label": "participants",
        **{f"correspondence_lettertemplate_{name}.kind": "invitation" for name in LETTER_PAGES},
    }  # fmt: skip
    values |= dict(_keys_of_the_admin(values))
    nouns = {
        "nominations": nomination.pk, "invitations": invitation.pk, "registrations": registration.pk, "calls": scene.call.pk,
        "parties": "JOR", "workshops": scene.call.workshop.slug, "programmes": scene.call.workshop.programme.slug,
    }  # fmt: skip
    return World(values, nouns)


def _keys_of_the_admin(values: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Let the pages of the admin find the first row of their own noun instead."""
    for route, name in routes():
        if route.startswith("admin/"):
            model = World.of_name(name)
            row = model._default_manager.order_by("pk").first() if model is not None else None
            for argument in ("key", "object_id", "id"):
                if row is not None and f"{name}.{argument}" not in values:
                    yield f"{name}.{argument}", row.pk
