"""The pages of letters: every kind and language, a preview that tells the truth, versions, and organizers alone."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from correspondence.kinds import KINDS
from correspondence.models import LetterTemplate, Message
from correspondence.queries.templates import current, shipped
from correspondence.verbs.letterheads import write_letterhead
from correspondence.verbs.templates import write_template
from participants.models import Call
from tests import builders
from tests.correspondence.admin.conftest import BODY, KIND, LANGUAGE, page, read, typed

PAGES = ("write", "preview", "pdf", "versions")


def test_the_list_shows_every_letter_in_every_language(door: Client, organizer, now):
    write_template(KIND, LANGUAGE, "Rappel", BODY, based_on=0, by=organizer, at=now)

    shown = read(door, reverse("admin:correspondence_lettertemplate_changelist"))

    assert shown.count("as shipped") == len(KINDS) * 6 - 1
    assert "version 1" in shown
    assert "6 January 2014" in shown
    assert page("write", "visa-support", "zh") in shown


def test_the_list_asks_the_database_as_often_for_three_versions_as_for_one(door: Client, organizer, now):
    counts = []
    for number in range(3):
        write_template(KIND, LANGUAGE, f"Rappel {number}", BODY, based_on=number, by=organizer, at=now)
        with CaptureQueriesContext(connection) as asked:
            read(door, reverse("admin:correspondence_lettertemplate_changelist"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_the_page_shows_the_text_in_force_filled_with_the_next_workshop(door: Client, call: Call):
    shown = read(door, page())

    assert "{deadline}" in shown  # among the placeholders and in the text
    assert call.symbol in shown
    assert "رنا العلي" in shown
    assert "rana@ministry.example" in shown
    assert 'lang="fr" dir="ltr"' in shown
    assert "In force is the text shipped with the planner." in shown
    assert "Save as version 1" in shown


def test_an_arabic_letter_is_written_and_shown_from_right_to_left(door: Client, call: Call):
    shown = read(door, page("write", KIND, "ar"))

    assert 'lang="ar" dir="rtl" maxlength="300" id="id_subject"' in shown
    assert '<div class="sheet-body" lang="ar" dir="rtl">' in shown


def test_the_preview_follows_what_is_typed(door: Client, call: Call):
    shown = door.post(page("preview"), typed(workshop=str(call.workshop_id))).content.decode()

    assert f"Rappel {call.symbol}" in shown
    assert "Cher رنا العلي," in shown
    assert "the recipient's personal link" in shown
    assert "<html" not in shown
    assert "This cannot be saved yet" not in shown
    assert not LetterTemplate.objects.exists()


def test_the_preview_tells_faults_what_is_lost_and_what_is_made_up(door: Client, call: Call):
    shown = door.post(page("preview"), typed(body="Cher {nom}\n")).content.decode()

    assert "{nom} is no placeholder of this letter." in shown
    assert "The personal link is missing" in shown
    assert "Cher ⟦nom⟧" in shown
    assert '<code dir="ltr">{deadline}</code>' in shown
    assert "Made up, because there is no real value yet:" in shown
    assert "Made up" not in door.post(page("preview"), typed(workshop=str(call.workshop_id))).content.decode()


def test_without_scripts_the_preview_is_a_page_and_saves_nothing(door: Client, call: Call):
    got = door.post(page(), typed(look="1", subject="Tout autre"))

    assert got.status_code == 200
    assert '<dd class="sheet-subject" lang="fr" dir="ltr">Tout autre</dd>' in got.content.decode()
    assert 'value="Tout autre"' in got.content.decode()
    assert not LetterTemplate.objects.exists()


def test_what_is_saved_is_in_force_and_said(door: Client, call: Call):
    got = door.post(page(), typed(save="1", workshop=str(call.workshop_id)), follow=True)

    assert got.redirect_chain == [(f"{page()}?workshop={call.workshop_id}", 302)]
    assert "Version 1 is in force" in got.content.decode()
    assert current(KIND, LANGUAGE).body == BODY


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"body": BODY + "{nom}"}, "{nom} is no placeholder of this letter. It knows {name}, {party}"),
        ({"subject": ""}, "Write something here."),
        ({"subject": "a\nb"}, "Write the subject on one line."),
        ({"body": "Cher"}, "The personal link is missing"),
        ({"based_on": "x"}, "Enter a whole number"),
        ({"workshop": "no key"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_saved_comes_back_as_it_was_typed(changes, told, door: Client, call: Call):
    got = door.post(page(), typed(save="1", **changes))

    assert got.status_code == 422
    assert told in got.content.decode()
    assert "Nothing was saved yet" in got.content.decode()
    assert not LetterTemplate.objects.exists()


def test_a_text_that_is_in_force_already_is_no_version(door: Client, db):
    source = shipped(KIND, LANGUAGE)
    got = door.post(page(), typed(save="1", subject=source.subject, body=source.body.replace("\n", "\r\n")))

    assert got.status_code == 422
    assert "The text is the one in force already." in got.content.decode()


def test_another_organizers_version_is_shown_before_it_is_replaced(door: Client, organizer, now):
    write_template(KIND, LANGUAGE, "La leur", BODY + "Leur ligne\n", based_on=0, by=organizer, at=now)

    got = door.post(page(), typed(save="1", subject="La mienne"))

    shown = got.content.decode()
    assert got.status_code == 422
    assert "Somebody else has written a new version since you began." in shown
    assert "Taken out: </span>La leur</del>" in shown
    assert "Put in: </span>La mienne</ins>" in shown
    assert 'name="based_on" value="1"' in shown
    assert "Save as version 2" in shown
    assert current(KIND, LANGUAGE).subject == "La leur"
    assert door.post(page(), typed(save="1", subject="La mienne", based_on="1")).status_code == 302
    assert current(KIND, LANGUAGE).subject == "La mienne"


def test_script_in_a_template_or_a_fact_is_text(door: Client, organizer, now):
    evil = "<script>alert(1)</script><b onclick=x>"
    builders.workshop(title={"en": evil}, reference="<i>EVIL")
    write_letterhead(
        organization={"en": evil}, address="", signatory={"fr": evil}, signatory_name="", by=organizer, at=now
    )
    write_template(KIND, LANGUAGE, evil + "{workshop}", evil + BODY, based_on=0, by=organizer, at=now)

    for shown in (
        read(door, page()),
        read(door, page("versions")),
        read(door, page("version", KIND, LANGUAGE, 1)),
        door.post(page("version", KIND, LANGUAGE, 0)).content.decode(),
        door.post(page("preview"), typed(subject=evil, body=evil)).content.decode(),
        door.post(page(), typed(save="1", subject=evil + "{" + evil, body=evil)).content.decode(),
    ):
        assert "alert(1)" in shown or "versions" in shown
        assert "<script>alert" not in shown
        assert "<b onclick" not in shown
        assert "<i>EVIL" not in shown


@pytest.mark.parametrize("name", PAGES)
def test_an_address_of_no_letter_is_not_found(name, door: Client, db):
    for kind, language in (("love-letter", "fr"), (KIND, "de"), (KIND, "FR")):
        assert door.post(page(name, kind, language)).status_code == 404


def test_nothing_is_previewed_by_get_or_printed_that_is_not_printed(door: Client, db):
    assert door.get(page("preview")).status_code == 405
    assert door.get(page("pdf", "invitation")).status_code == 405
    assert door.post(page("pdf", "reserve"), typed()).status_code == 405


@pytest.mark.parametrize("kind", ["invitation", "visa-support", "certificate"])
def test_what_is_typed_is_printed_before_it_is_saved(kind, door: Client, call: Call):
    source = shipped(kind, "fr")
    body = source.body.replace("{signatory}", "Une phrase nouvelle.\n\n{signatory}")

    got = door.post(page("pdf", kind), typed(subject="Objet nouveau", body=body, workshop=str(call.workshop_id)))

    assert (got.status_code, got.headers["Content-Type"]) == (200, "application/pdf")
    assert got.headers["Content-Disposition"].startswith("inline")
    assert "no-store" in got.headers["Cache-Control"]
    text = "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(got.content)).pages)
    assert "Objet nouveau" in text
    assert "Une phrase nouvelle." in text
    assert not Message.objects.filter(kind=kind).exists()
    assert not LetterTemplate.objects.exists()


def test_a_draft_with_faults_or_signs_no_font_has_is_not_printed(door: Client, db):
    faulty = door.post(page("pdf", "invitation"), typed(subject="Objet", body="{nom}"))
    body = shipped("invitation", "fr").body + "\n\U00012000\n"  # a cuneiform sign
    unknown = door.post(page("pdf", "invitation"), typed(subject="Objet", body=body))

    assert (faulty.status_code, unknown.status_code) == (422, 422)
    assert "{nom} is no placeholder" in faulty.content.decode()
    assert "errorlist nonfield" in unknown.content.decode()


@pytest.mark.parametrize("role", ["anonymous", "guest", "integrator"])
def test_nobody_but_organizers_comes_in(role, client: Client, organizer, now):
    write_template(KIND, LANGUAGE, "Premier", BODY, based_on=0, by=organizer, at=now)
    if role != "anonymous":
        client.force_login(builders.user("visitor@ministry.example", role=role, is_staff=True))
    addresses = [
        *(page(name) for name in PAGES),
        page("version", KIND, LANGUAGE, 1),
        reverse("admin:correspondence_lettertemplate_changelist"),
        reverse("admin:correspondence_letterhead_changelist"),
    ]
    for address in addresses:
        for got in (client.get(address), client.post(address, typed(save="1", confirm="1", based_on="1"))):
            assert (got.status_code, got.headers["Location"].split("?")[0]) == (302, "/admin/login/")
    assert LetterTemplate.objects.count() == 1


def test_a_form_from_elsewhere_is_refused(organizer, db):
    door = Client(enforce_csrf_checks=True)
    door.force_login(organizer.user)
    for name in ("write", "preview"):
        assert door.post(page(name), typed(save="1")).status_code == 403


def test_a_row_is_read_and_never_typed_over(door: Client, organizer, now):
    row = write_template(KIND, LANGUAGE, "Premier", BODY, based_on=0, by=organizer, at=now)
    change = reverse("admin:correspondence_lettertemplate_change", args=[row.pk])

    assert "Premier" in read(door, change)
    assert door.post(change, {"subject": "Autre"}).status_code == 403
    assert (
        door.post(reverse("admin:correspondence_lettertemplate_delete", args=[row.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert LetterTemplate.objects.get().subject == "Premier"
