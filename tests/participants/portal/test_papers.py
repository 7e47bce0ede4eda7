"""Papers of a nomination: sent and opened by the focal points of the Party."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ActivityEntry
from participants.models import FocalPoint
from participants.verbs.defects import note_defect
from participants.verbs.documents import attach_document
from tests.participants.conftest import BEFORE
from tests.participants.portal.conftest import PDF
from tests.participants.portal.test_nominations import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_cv(nomination, jordanian):
    attach_document(nomination, "cv", data=PDF, name="Lebenslauf – رنا.pdf", by=jordanian, at=BEFORE)
    return nomination


def test_a_paper_is_opened_as_a_file_and_who_opened_it_is_logged(client, nominate_url, with_cv, cbd):
    url = f"{nominate_url}{with_cv.pk}/papers/cv/"
    assert f'href="{url}"' in client.get(nominate_url).text
    response = client.get(url)
    assert (response.status_code, response.content) == (200, PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Lebenslauf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    entry = ActivityEntry.objects.get(verb="open_document")
    assert (entry.actor_label, entry.changes) == (cbd.person.name, {"kind": "cv"})


def test_the_fao_focal_point_of_the_party_opens_it_too(client, fao_url, with_cv):
    assert client.get(f"{fao_url}{with_cv.pk}/papers/cv/").status_code == 200


def test_nobody_else_opens_a_paper(client, lebanons_url, nominate_url, with_cv, cbd):
    assert client.get(f"{lebanons_url}{with_cv.pk}/papers/cv/").status_code == 404
    assert client.get(f"{nominate_url}{with_cv.pk}/papers/letter/").status_code == 404
    assert client.get(f"{nominate_url}{with_cv.pk}/papers/nothing/").status_code == 404
    assert client.get(f"{nominate_url}{uuid4()}/papers/cv/").status_code == 404
    assert client.post(f"{nominate_url}{with_cv.pk}/papers/cv/").status_code == 405
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=BEFORE.date())
    assert client.get(f"{nominate_url}{with_cv.pk}/papers/cv/").status_code == 403
    assert not ActivityEntry.objects.filter(verb="open_document").exists()


def test_missing_papers_and_findings_are_named_e33(client, nominate_url, with_cv, organizer):
    note_defect(with_cv, "unsigned", "second page", by=organizer, at=BEFORE)
    page = client.get(nominate_url)
    assert "Missing: Official letter." in page.text
    assert "Missing: Nomination form." in page.text
    assert "Missing: Curriculum vitae." not in page.text
    assert "The letter is not signed: second page" in page.text


def test_a_file_over_ten_megabytes_is_said_in_words_beside_its_field(client, nominate_url, nomination):
    large = SimpleUploadedFile("letter.pdf", PDF + b" " * 14 * 1024 * 1024)
    for url, fields in ((f"{nominate_url}new/", said()), (f"{nominate_url}{nomination.pk}/papers/", {})):
        response = client.post(url, fields | {"letter": large})
        large.seek(0)
        assert response.status_code == 422
        assert "“letter.pdf” has 14.1 MB; send a file under 10 MB." in response.text
        assert 'id="id_letter_error"' in response.text
    assert not nomination.documents.exists()


def test_two_bad_files_are_both_named(client, nominate_url):
    bad = {kind: SimpleUploadedFile(f"{kind}.pdf", b"MZ") for kind in ("letter", "cv")}
    response = client.post(f"{nominate_url}new/", said(**bad))
    assert 'id="id_letter_error"' in response.text
    assert 'id="id_cv_error"' in response.text


def test_sending_no_paper_is_refused(client, nominate_url, nomination):
    response = client.post(f"{nominate_url}{nomination.pk}/papers/", {})
    assert response.status_code == 422
    assert "Choose a file first." in response.text


def test_papers_of_a_withdrawn_nomination_are_refused(client, nominate_url, nomination):
    client.post(f"{nominate_url}{nomination.pk}/withdraw/")
    cv = SimpleUploadedFile("cv.pdf", PDF)
    assert client.post(f"{nominate_url}{nomination.pk}/papers/", {"cv": cv}).status_code == 422


def test_the_page_says_which_papers_the_call_asks_for_and_which_are_here(client, nominate_url, with_cv, call):
    type(call).objects.update(papers=["letter", "cv"])
    page = client.get(f"{nominate_url}{with_cv.pk}/papers/")
    assert page.text.count("Asked for by this call.") == 1
    assert "is here already" in page.text
    assert "second-letter" not in page.text
