"""The paper of a selection through the API."""

from io import BytesIO

from openpyxl import load_workbook

from participants.models import Selection
from tests.api_scene import Scene, problem
from tests.participants.decisions import DECIDED, Decision


def paper(scene: Scene, form: str) -> str:
    selection = Selection.objects.create(call=scene.call, number=1, seats=4, proposed_at=DECIDED)
    Decision(scene.call.workshop, scene.call, selection).entry(scene.jordan)
    return f"/api/v1/selections/{selection.pk}/paper/{form}/"


def test_it_is_the_organizers_paper(scene: Scene):
    assert scene.statuses(paper(scene, "xlsx")) == {
        "organizer": 200,
        "integrator": 404,
        "focal_point": 404,
        "participant": 404,
        "other_focal_point": 404,
        "stranger": 404,
        "anonymous": 401,
    }


def test_it_comes_in_a_language_that_is_asked_for(scene: Scene):
    answer = scene.client("organizer").get(paper(scene, "xlsx"), {"language": "ar"})
    assert answer["Content-Disposition"] == 'attachment; filename="ANNEX2-AMM-selection-1.xlsx"'
    assert load_workbook(BytesIO(answer.content)).worksheets[0].sheet_view.rightToLeft


def test_it_comes_as_pdf_whatever_is_accepted(scene: Scene):
    answer = scene.client("organizer").get(paper(scene, "pdf"), headers={"accept": "application/pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_an_unknown_language_or_form_is_refused(scene: Scene):
    address, organizer = paper(scene, "xlsx"), scene.client("organizer")
    assert problem(organizer.get(address, {"language": "tlh"})) == (400, "language_unknown", ["language"])
    assert organizer.get(address.replace("xlsx", "docx")).status_code == 404
