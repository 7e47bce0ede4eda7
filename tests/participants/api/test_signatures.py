"""Papers and signatures of nominations through the API, and somebody else in the same place."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ActivityEntry
from participants.models import FocalPoint, Nomination
from tests.api_scene import Scene, problem
from tests.participants.api.test_nominations import LIST, body

PDF = b"%PDF-1.4\n% synthetic\n%%EOF\n"


def paper(name: str = "cv.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_papers_come_as_a_form_and_are_opened_by_the_party(scene: Scene):
    nomination = scene.nominated()[0]
    papers = f"{LIST}{nomination.pk}/papers/"
    sent = scene.client("focal_point").post(papers, {"kind": "cv", "file": paper()}, format="multipart")
    assert (sent.status_code, [each["kind"] for each in sent.json()["documents"]]) == (200, ["cv"])
    opened = scene.client("focal_point").get(f"{papers}cv/")
    assert (opened.status_code, opened.content, opened["X-Content-Type-Options"]) == (200, PDF, "nosniff")
    assert opened["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert ActivityEntry.objects.filter(verb="open_document").count() == 1
    assert scene.statuses(f"{papers}cv/") == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 200,
        "participant": 200,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }
    assert problem(scene.client("organizer").get(f"{papers}form/")) == (404, "paper_unknown", [])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"kind": "cv"}, (400, "invalid", ["file"])),
        ({"kind": "photo", "file": ""}, (400, "invalid", ["kind", "file"])),
    ],
)
def test_a_form_without_a_paper(scene: Scene, given: dict[str, Any], expected: tuple[Any, ...]):
    nomination = scene.nominated()[0]
    answer = scene.client("focal_point").post(f"{LIST}{nomination.pk}/papers/", given, format="multipart")
    assert problem(answer) == expected


def test_a_paper_of_another_type_is_refused_beside_its_kind(scene: Scene):
    nomination = scene.nominated()[0]
    given = {"kind": "cv", "file": paper("cv.pdf", b"MZ\x90 a program")}
    answer = scene.client("focal_point").post(f"{LIST}{nomination.pk}/papers/", given, format="multipart")
    status, _code, fields = problem(answer)
    assert (status, fields) == (400, ["cv"])


def test_the_second_signature_comes_through_the_api(scene: Scene):
    scene.call.planning_signatures = "both"
    scene.call.save()
    client = scene.client("focal_point")
    waiting = client.post(LIST, body(scene, track="planning"), format="json").json()
    assert (waiting["state"], waiting["lacks"][-1]) == ("waiting", "Signature missing: FAO focal point.")
    refused = client.post(f"{LIST}{waiting['id']}/endorse/", {}, format="json")
    assert problem(refused) == (403, "no_standing", ["track"])
    signature = {"official": "Minister of Agriculture (synthetic)", "channel": "fao", "note": "No focal point"}
    signed = scene.client("organizer").post(
        f"{LIST}{waiting['id']}/endorse/", {"signature": signature, "letter_date": "2014-01-03"}, format="json"
    )
    assert (signed.status_code, signed.json()["state"]) == (200, "submitted")
    assert [each["channel"] for each in signed.json()["endorsements"]] == ["cbd", "fao"]


def test_an_organizer_says_whose_signature_a_letter_bears(scene: Scene):
    client = scene.client("organizer")
    assert problem(client.post(LIST, body(scene), format="json")) == (400, "signature_missing", ["signature"])
    stranger = {"signature": {"focal_point": str(UUID(int=1))}}
    assert problem(client.post(LIST, body(scene, **stranger), format="json")) == (
        404,
        "unknown_reference",
        ["signature"],
    )
    mandate = FocalPoint.objects.get(party="JOR")
    made = client.post(LIST, body(scene, signature={"focal_point": str(mandate.pk)}), format="json").json()
    assert made["focal_point"] == str(mandate.pk)


def test_somebody_else_in_the_same_place(scene: Scene):
    client = scene.client("focal_point")
    before = client.post(LIST, body(scene), format="json").json()
    given = {"sector": "forest", "name": "Nour", "email": "nour@ministry.example"}
    after = client.post(f"{LIST}{before['id']}/replace/", given, format="json")
    assert (after.status_code, after.json()["rank"], after.json()["replaces"]) == (201, 1, before["id"])
    assert Nomination.objects.get(pk=before["id"]).state == "withdrawn"
    assert problem(client.post(f"{LIST}{before['id']}/replace/", given, format="json")) == (
        409,
        "cannot_be_replaced",
        [],
    )
