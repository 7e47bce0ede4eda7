"""The second signature: read, signed, waited for."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from participants.models import FocalPoint
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.portal.conftest import PDF
from tests.participants.portal.test_nominations import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(both_sign, jordan, jordanian):
    return put(both_sign, jordan, jordanian, 1, track="planning")


def test_a_nomination_waits_visibly_for_the_fao_focal_point(client, nominate_url, waiting):
    page = client.get(nominate_url)
    assert "Waiting for a signature" in page.text
    assert "Waiting for the FAO focal point to sign: Omar Haddad was asked by letter." in page.text
    assert "Signed by <bdi>رنا العلي</bdi>, CBD national focal point" in page.text
    assert f"{waiting.pk}/sign/" not in page.text


def test_the_fao_focal_point_reads_the_dossier_and_signs_with_the_second_letter(client, fao_url, waiting):
    url = f"{fao_url}{waiting.pk}/sign/"
    assert f'href="{url}"' in client.get(fao_url).text
    page = client.get(url)
    assert "Nominee 1" in page.text
    assert "Missing: Curriculum vitae." in page.text
    assert 'value="2014-02-01"' in page.text
    letter = SimpleUploadedFile("second.pdf", PDF)
    response = client.post(url, {"letter_date": "2014-01-30", "second-letter": letter}, follow=True)
    assert response.redirect_chain == [(f"{fao_url}#nomination-{waiting.pk}", 302)]
    assert "You signed nomination ANNEX2-AMM-002; it is complete in signatures." in response.text
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
    assert waiting.documents.get().kind == "second-letter"
    assert str(waiting.endorsements.get(channel="fao").letter_date) == "2014-01-30"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"letter_date": "2014-02-02"}, "letter_date"),
        ({"letter_date": "soon"}, "letter_date"),
        ({"second-letter": SimpleUploadedFile("x.pdf", b"MZ")}, "second-letter"),
    ],
)
def test_a_bad_signature_leaves_nothing(client, fao_url, waiting, sent, field):
    response = client.post(f"{fao_url}{waiting.pk}/sign/", sent)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.text
    waiting.refresh_from_db()
    assert (waiting.state, waiting.endorsements.count(), waiting.documents.count()) == ("waiting", 1, 0)


def test_a_mandate_that_did_not_stand_on_the_date_of_the_letter_signs_nothing_e11(client, fao_url, waiting, fao):
    FocalPoint.objects.filter(pk=fao.pk).update(valid_from="2014-01-20")
    response = client.post(f"{fao_url}{waiting.pk}/sign/", {"letter_date": "2014-01-19"})
    assert response.status_code == 422
    assert "stands on the date of the letter" in response.text


def test_signing_twice_signs_once(client, fao_url, waiting):
    url = f"{fao_url}{waiting.pk}/sign/"
    client.post(url, {})
    again = client.post(url, {})
    assert again.status_code == 422
    assert waiting.endorsements.count() == 2
    assert client.get(url).status_code == 302


def test_who_signed_first_has_nothing_to_sign(client, nominate_url, waiting):
    response = client.get(f"{nominate_url}{waiting.pk}/sign/", follow=True)
    assert "waits for no signature of yours" in response.text


def test_another_party_signs_nothing(client, lebanons_url, waiting):
    for key in (waiting.pk, uuid4()):
        assert client.get(f"{lebanons_url}{key}/sign/").status_code == 404
        assert client.post(f"{lebanons_url}{key}/sign/", {}).status_code == 404


def test_a_party_without_an_fao_focal_point_is_told_what_to_do_e12(client, nominate_url, waiting, fao):
    FocalPoint.objects.filter(pk=fao.pk).delete()
    page = client.get(nominate_url)
    assert "No FAO national focal point of Jordan is on record. On the second track this call asks" in page.text
    assert "No FAO national focal point of Jordan is on record. The primary CBD focal point is asked" in page.text
    assert "letter that designates one" in page.text


def test_the_cbd_focal_point_signs_what_fao_sent(client, nominate_url, both_sign, jordan, fao):
    by = Actor(label=fao.person.name, person_id=fao.person_id)
    sent = put(both_sign, jordan, by, 1, track="planning")
    assert "Waiting for a CBD focal point to sign: رنا العلي" in client.get(nominate_url).text
    client.post(f"{nominate_url}{sent.pk}/sign/", {"letter_date": str(BEFORE.date())})
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_a_deputy_signs(client, page_for, waiting, fao, jordan):
    deputy = builders.focal_point(jordan, "FAO-FP", builders.person("D (synthetic)", "d@x.example"), deputy_of=fao)
    client.post(f"{page_for(deputy)}{waiting.pk}/sign/", {})
    waiting.refresh_from_db()
    assert waiting.state == "submitted"
