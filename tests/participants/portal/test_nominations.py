"""The focal point's page for a call."""

from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from participants.models import Nomination, PersonalLink
from participants.portal.links import address
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.drafts import save_draft
from participants.verbs.links import revoke_link
from participants.verbs.nominations import nominate
from tests.participants.conftest import BEFORE, DEADLINE

pytestmark = pytest.mark.django_db


def put(call, party, by, number, *, at=BEFORE, **more):
    about = Candidate(name=f"Nominee {number}", email=f"nominee{number}@ministry.example")
    said = {"track": "biodiversity", "sector": "forest"} | more
    return nominate(call, party=party, candidate=about, by=by, at=at, **said)


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def said(**changes):
    fields = {
        "name": "Sukarno",
        "email": "sukarno@ministry.example",
        "gender": "unknown",
        "track": "biodiversity",
        "sector": "forest",
        "letter_date": "2014-02-01",
    }
    return fields | changes


def test_the_page_shows_the_call_and_is_kept_by_nobody(client, nominate_url):
    response = client.get(nominate_url)
    assert response.status_code == 200
    assert "Nominations of Jordan" in response.text
    assert "Friday 21 March 2014, 16:00 (Asia/Amman)" in response.text
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_nominating_says_the_number_and_comes_back_to_the_page(client, nominate_url):
    response = client.post(f"{nominate_url}new/", said(rank="1"), follow=True)
    made = Nomination.objects.get()
    assert response.redirect_chain == [(f"{nominate_url}#nomination-{made.pk}", 302)]
    assert "Nomination ANNEX2-AMM-002 received." in response.text
    assert made.person.name == "Sukarno"
    assert made.letter_date == BEFORE.date()


def test_sending_the_same_form_twice_nominates_once(client, nominate_url):
    client.post(f"{nominate_url}new/", said())
    again = client.post(f"{nominate_url}new/", said())
    assert again.status_code == 422
    assert "Sukarno is nominated for this call already." in again.text
    assert Nomination.objects.count() == 1


def test_an_address_may_be_in_any_script_and_is_kept_in_one_way(client, nominate_url):
    client.post(f"{nominate_url}new/", said(email=" 用户@XN--FSQU00A.xn--4rr70v "))
    assert Nomination.objects.get().person.email == "用户@例子.广告"
    again = client.post(f"{nominate_url}new/", said(email="用户@例子.广告"))
    assert "Sukarno is nominated for this call already." in again.text


def test_a_paper_comes_with_the_nomination_and_a_bad_one_leaves_nothing(client, nominate_url):
    bad = client.post(f"{nominate_url}new/", said(cv=SimpleUploadedFile("cv.pdf", b"MZ not a paper")))
    assert bad.status_code == 422
    assert Nomination.objects.count() == 0
    assert 'href="#id_cv"' in bad.text
    client.post(f"{nominate_url}new/", said(letter=SimpleUploadedFile("letter.pdf", PDF)))
    assert list(Nomination.objects.get().documents.values_list("kind", flat=True)) == ["letter"]


def test_papers_may_follow(client, nominate_url, nomination):
    url = f"{nominate_url}{nomination.pk}/papers/"
    assert client.get(url).status_code == 200
    response = client.post(url, {"cv": SimpleUploadedFile("cv.pdf", PDF)}, follow=True)
    assert "1 paper received for ANNEX2-AMM-002." in response.text
    assert list(nomination.documents.values_list("kind", flat=True)) == ["cv"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"email": "nobody"}, "email"),
        ({"track": "neither"}, "track"),
        ({"sector": ""}, "sector"),
        ({"rank": "9"}, "rank"),
        ({"rank": "one"}, "rank"),
        ({"gender": "guess"}, "gender"),
        ({"expertise": "x" * 5000}, "expertise"),
        ({"letter_date": "2014-02-02"}, "letter_date"),
        ({"letter_date": "yesterday"}, "letter_date"),
        ({"letter_date": "2009-12-31"}, "track"),  # before the mandate began (E11)
    ],
)
def test_bad_input_is_said_beside_the_field_and_on_top(client, nominate_url, change, field):
    response = client.post(f"{nominate_url}new/", said(**change))
    assert response.status_code == 422
    assert f'href="#id_{field}"' in response.text
    assert f'id="id_{field}_error"' in response.text
    assert Nomination.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"name": "x"}])
def test_an_empty_form_is_refused(client, nominate_url, sent):
    assert client.post(f"{nominate_url}new/", sent).status_code == 422


def test_withdrawing_asks_once_and_frees_the_rank(client, nominate_url, nomination):
    url = f"{nominate_url}{nomination.pk}/withdraw/"
    asked = client.get(url)
    assert "Suharyanto will no longer be nominated" in asked.text
    nomination.refresh_from_db()
    assert nomination.state == "submitted"
    for _twice in range(2):
        assert client.post(url, follow=True).status_code == 200
    nomination.refresh_from_db()
    assert nomination.state == "withdrawn"


def test_a_link_reaches_no_other_partys_nomination(client, call, of_lebanon, nomination, in_february):
    url = address(PersonalLink.objects.get(call=call, person=of_lebanon.person))
    page = client.get(url)
    assert "Suharyanto" not in page.text
    for step in ("withdraw", "papers"):
        assert client.get(f"{url}{nomination.pk}/{step}/").status_code == 404
        assert client.post(f"{url}{nomination.pk}/{step}/").status_code == 404
    assert client.get(f"{url}{uuid4()}/withdraw/").status_code == 404
    nomination.refresh_from_db()
    assert nomination.state == "submitted"


def test_a_fao_focal_point_is_told_which_track_is_theirs(client, call, fao, in_february):
    url = address(PersonalLink.objects.get(call=call, person=fao.person))
    page = client.get(f"{url}new/")
    assert 'value="planning"' in page.text
    assert 'value="biodiversity"' not in page.text
    response = client.post(f"{url}new/", said())
    assert response.status_code == 422
    assert "This call does not ask you for an expert on this track." in response.text


@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "é" * 43, "A" * 3000])
def test_an_unknown_link_is_404_and_says_what_to_do(client, db, token):
    response = client.get(f"/my/nominate/{token}/")
    assert response.status_code in {400, 404}
    assert "rite to the secretariat" in response.text


def test_a_link_of_another_purpose_is_unknown_here(client, nominate_url):
    token = nominate_url.rstrip("/").rpartition("/")[2]
    assert client.get(f"/my/invitation/{token}/").status_code == 404
    assert client.get(f"/my/targets/{token}/").status_code == 404


def test_a_tampered_link_is_unknown(client, nominate_url):
    tampered = nominate_url[:-2] + ("A" if nominate_url[-2] != "A" else "B") + "/"
    response = client.get(tampered)
    assert response.status_code == 404
    assert "Jordan" not in response.text


def test_a_revoked_link_has_ended_and_names_nobody(client, nominate_url, call, cbd, organizer):
    revoke_link(PersonalLink.objects.get(call=call, person=cbd.person), by=organizer, at=BEFORE)
    response = client.get(nominate_url)
    assert response.status_code == 410
    assert "This link was withdrawn." in response.text
    assert "no-store" in response["Cache-Control"]
    assert cbd.person.name not in response.text
    assert "Jordan" not in response.text


def test_after_the_deadline_the_form_is_gone_and_a_post_is_refused(client, nominate_url):
    with time_machine.travel(DEADLINE.replace(hour=15), tick=False):
        page = client.get(nominate_url)
        assert page.status_code == 200
        assert "takes no nominations now" in page.text
        assert "/new/" not in page.text
        assert client.post(f"{nominate_url}new/", said()).status_code == 422
    assert Nomination.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_nominations(
    count, client, nominate_url, call, jordan, jordanian, django_assert_num_queries
):
    type(call).objects.update(seats_per_party=3)
    call.refresh_from_db()
    for number in range(count):
        named = put(call, jordan, jordanian, number)
        attach_document(named, "cv", data=PDF, name="cv.pdf", by=jordanian, at=BEFORE)
        save_draft(call, jordan, {"name": f"Draft {number}"}, by=jordanian, at=BEFORE)
    with django_assert_num_queries(22):
        assert client.get(nominate_url).text.count("cv.pdf") == count


def test_a_form_without_its_secret_is_refused_kindly(nominate_url):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"{nominate_url}new/", said())
    assert response.status_code == 403
    assert "This form is no longer good" in response.text


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client, nominate_url, method):
    assert getattr(client, method)(nominate_url).status_code == 405


def test_the_page_in_arabic_reads_from_the_right(client, nominate_url):
    response = client.get(nominate_url, headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl"' in response.text
    assert "vendor/bootstrap.rtl.min.css" in response.text
