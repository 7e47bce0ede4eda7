"""Nominations begun on the page and sent later."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import ActivityEntry
from participants.models import FocalPoint, Nomination, NominationDraft
from participants.verbs.drafts import attach_to_draft, save_draft
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE
from tests.participants.portal.conftest import PDF
from tests.participants.portal.test_nominations import said

pytestmark = pytest.mark.django_db


def pdf(name="cv.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def draft(call, jordan, jordanian) -> NominationDraft:
    made = save_draft(call, jordan, {"name": "Nour", "track": "planning"}, by=jordanian, at=BEFORE)
    attach_to_draft(made, "cv", data=PDF, name="nour.pdf", by=jordanian, at=BEFORE)
    return made


def test_a_half_filled_form_is_saved_without_being_judged(client, nominate_url):
    begun = {"save": "1", "name": "Nour", "email": "not yet", "letter_date": "2014-13-40", "cv": pdf()}
    response = client.post(f"{nominate_url}new/", begun, follow=True)
    assert response.redirect_chain == [(nominate_url, 302)]
    assert "The draft is saved. Nothing was sent yet" in response.text
    draft = NominationDraft.objects.get()
    assert draft.fields == {"name": "Nour", "email": "not yet", "letter_date": "2014-13-40"}
    assert [each.kind for each in draft.documents.all()] == ["cv"]
    assert not Nomination.objects.exists()


def test_a_draft_is_opened_changed_and_sent_with_its_papers(client, nominate_url, draft):
    url = f"{nominate_url}drafts/{draft.pk}/"
    assert f'href="{url}"' in client.get(nominate_url).text
    page = client.get(url)
    assert 'value="Nour"' in page.text
    assert "“nour.pdf” is here already" in page.text
    client.post(url, {"save": "1", "name": "Nour Two"})
    draft.refresh_from_db()
    assert draft.fields == {"name": "Nour Two"}
    response = client.post(url, said(name="Nour Two", letter=pdf("letter.pdf")), follow=True)
    assert "Nomination ANNEX2-AMM-002 received." in response.text
    made = Nomination.objects.get()
    assert sorted(made.documents.values_list("kind", "file__name")) == [("cv", "nour.pdf"), ("letter", "letter.pdf")]
    assert not NominationDraft.objects.exists()


def test_a_draft_sent_from_two_tabs_is_one_nomination(client, nominate_url, draft):
    url = f"{nominate_url}drafts/{draft.pk}/"
    client.post(url, said())
    for late in (said(), said(name="Other", email="other@ministry.example"), {"save": "1", "name": "Other"}):
        again = client.post(url, late, follow=True)
        assert again.redirect_chain == [(nominate_url, 302)]
        assert "This draft was sent or discarded already." in again.text
    assert Nomination.objects.count() == 1
    assert not NominationDraft.objects.exists()


def test_a_refused_form_keeps_its_good_papers_in_a_draft(client, nominate_url):
    response = client.post(f"{nominate_url}new/", said(email="nobody", cv=pdf(), letter=pdf("letter.exe", b"MZ")))
    assert response.status_code == 422
    draft = NominationDraft.objects.get()
    assert [each.kind for each in draft.documents.all()] == ["cv"]
    assert f'action="{nominate_url}drafts/{draft.pk}/"' in response.text
    assert "kept as a draft" in response.text
    assert "“cv.pdf” is here already" in response.text
    assert "“letter.exe” is no PDF, Word document (.docx), JPEG or PNG" in response.text
    client.post(f"{nominate_url}drafts/{draft.pk}/", said())
    assert list(Nomination.objects.get().documents.values_list("kind", flat=True)) == ["cv"]


def test_a_form_sent_twice_leaves_no_draft_behind(client, nominate_url):
    for _twice in range(2):
        client.post(f"{nominate_url}new/", said(cv=pdf()))
    assert Nomination.objects.count() == 1
    assert not NominationDraft.objects.exists()


def test_a_bad_paper_is_said_beside_its_field_and_the_rest_of_the_draft_is_kept(client, nominate_url):
    response = client.post(f"{nominate_url}new/", {"save": "1", "name": "Nour", "cv": pdf(data=b"MZ no paper")})
    assert response.status_code == 422
    assert 'id="id_cv_error"' in response.text
    assert "id_email_error" not in response.text
    assert "The rest is saved as a draft." in response.text
    assert NominationDraft.objects.get().fields == {"name": "Nour"}


@pytest.mark.parametrize("empty", [{}, {"gender": "unknown", "rank": "1", "letter_date": "2014-02-01"}])
def test_an_empty_draft_is_not_saved(client, nominate_url, empty):
    response = client.post(f"{nominate_url}new/", {"save": "1"} | empty)
    assert response.status_code == 422
    assert "Fill in something first, such as the name." in response.text
    assert not NominationDraft.objects.exists()


def test_discarding_names_what_is_lost(client, nominate_url, draft):
    url = f"{nominate_url}drafts/{draft.pk}/discard/"
    assert "What you filled in about Nour and 1 paper will be lost." in client.get(url).text
    assert NominationDraft.objects.exists()
    assert "The draft was discarded." in client.post(url, follow=True).text
    assert not NominationDraft.objects.exists()
    assert "This draft was sent or discarded already." in client.post(url, follow=True).text


def test_another_signatory_of_the_party_reads_a_draft_and_changes_nothing(client, fao_url, draft):
    url = f"{fao_url}drafts/{draft.pk}/"
    page = client.get(url)
    assert "Nour" in page.text
    assert f'href="{url}papers/cv/"' in page.text
    opened = client.get(f"{url}papers/cv/")
    assert (opened.content, opened["Content-Disposition"]) == (PDF, 'attachment; filename="nour.pdf"')
    assert ActivityEntry.objects.get(verb="open_draft_document").changes == {"kind": "cv"}
    assert client.get(f"{url}papers/form/").status_code == 404
    assert "National planning, agriculture or forest expert" in page.text
    assert "<form" not in page.text[page.text.index("<main") :]
    assert client.post(url, {"save": "1", "name": "Mine"}).status_code == 403
    assert client.post(f"{url}discard/").status_code == 403
    draft.refresh_from_db()
    assert draft.fields["name"] == "Nour"


def test_a_deputy_begins_and_reads_drafts(client, page_for, draft, cbd, jordan):
    deputy = builders.focal_point(
        jordan, "CBD-FP1", builders.person("Deputy (synthetic)", "d@x.example"), deputy_of=cbd
    )
    url = page_for(deputy)
    assert client.get(f"{url}drafts/{draft.pk}/").status_code == 200
    client.post(f"{url}new/", {"save": "1", "name": "Of the deputy"})
    assert NominationDraft.objects.get(author=deputy.person).fields == {"name": "Of the deputy"}


def test_drafts_of_another_party_do_not_exist(client, lebanons_url, draft):
    assert "Nour" not in client.get(lebanons_url).text
    for step in ("", "discard/"):
        assert client.get(f"{lebanons_url}drafts/{draft.pk}/{step}").status_code == 404
        assert client.post(f"{lebanons_url}drafts/{draft.pk}/{step}", {"save": "1", "name": "x"}).status_code == 404
    assert client.get(f"{lebanons_url}drafts/{uuid4()}/").status_code == 302
    assert NominationDraft.objects.get() == draft


def test_an_ended_mandate_reaches_no_draft(client, nominate_url, draft, cbd):
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=BEFORE.date())
    page = client.get(f"{nominate_url}drafts/{draft.pk}/")
    assert page.status_code == 403
    assert "Nour" not in page.text
    assert "does not stand today" in page.text


def test_after_the_deadline_a_draft_can_be_saved_and_not_sent(client, nominate_url, draft):
    url = f"{nominate_url}drafts/{draft.pk}/"
    with time_machine.travel(DEADLINE.replace(hour=15), tick=False):
        assert "The call takes no nominations now." in client.get(url).text
        assert client.post(url, said()).status_code == 422
        assert client.post(url, {"save": "1", "name": "Later"}).status_code == 302
    assert NominationDraft.objects.get().fields == {"name": "Later"}
    assert not Nomination.objects.exists()


def test_a_place_taken_meanwhile_is_said_with_the_one_that_is_free(client, nominate_url, nomination):
    response = client.post(f"{nominate_url}new/", said(rank="1"))
    assert response.status_code == 422
    assert "Rank 1 is taken; rank 2 is free." in response.text
    assert 'id="id_rank_error"' in response.text


def test_another_party_opens_no_paper_of_a_draft(client, lebanons_url, draft):
    assert client.get(f"{lebanons_url}drafts/{draft.pk}/papers/cv/").status_code == 404
    assert not ActivityEntry.objects.filter(verb="open_draft_document").exists()
