"""The mail of a planner in demo mode."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings):
    settings.DEMO = True
    path = settings.VAR_DIR / "mail"
    path.mkdir()
    return path


def send(folder, *subjects, to="rana@ministry.example", body="Please answer: http://127.0.0.1/my/invitation/abc/"):
    backend = EmailBackend(file_path=folder)
    backend.send_messages([EmailMessage(subject, body, "secretariat@planner.example", [to]) for subject in subjects])
    backend.close()


def test_without_a_folder_or_mail_the_page_says_what_to_do(client, settings):
    settings.DEMO = True
    response = client.get("/mail/")
    assert response.status_code == 200
    assert "No mail here." in response.text


def test_mails_stand_the_newest_first_and_are_kept_by_nobody(client, folder):
    send(folder, "First", "Second")
    response = client.get("/mail/")
    assert response.text.index(">Second<") < response.text.index(">First<")
    assert "2 mails" in response.text
    assert "no-store" in response["Cache-Control"]


def test_one_mail_has_its_links_to_follow(client, folder):
    send(folder, "دعوة إلى حلقة العمل", body="مرحبا http://127.0.0.1/my/invitation/abc/\n<script>alert(1)</script>")
    (file,) = folder.iterdir()
    response = client.get(f"/mail/{file.name}/0/")
    assert "دعوة إلى حلقة العمل" in response.text
    assert 'href="http://127.0.0.1/my/invitation/abc/"' in response.text
    assert "<script>alert" not in response.text


def test_a_word_narrows_the_list(client, folder):
    send(folder, "To Rana")
    send(folder, "To Samir", to="samir@ministry.example")
    response = client.get("/mail/?q=SAMIR")
    assert "To Samir" in response.text
    assert "To Rana" not in response.text


def test_the_list_is_paged(client, folder):
    send(folder, *(f"Letter {number:02}" for number in range(60)))
    assert "Letter 09" in client.get("/mail/?page=2").text
    assert client.get("/mail/?page=3").status_code == 404
    assert client.get("/mail/?page=x").status_code == 400


@pytest.mark.parametrize("name", ["none.log", "..%2Fenv", "%2e%2e", "env", ".log", "x" * 300 + ".log"])
def test_only_mails_are_shown(client, folder, name):
    (folder.parent / "env").write_text("SECRET_KEY=x")
    assert client.get(f"/mail/{name}/0/").status_code == 404


def test_a_place_without_a_mail_is_404(client, folder):
    send(folder, "One")
    (file,) = folder.iterdir()
    assert client.get(f"/mail/{file.name}/7/").status_code == 404


def test_outside_demo_mode_there_is_no_mail_to_see(client, folder, settings):
    send(folder, "One")
    settings.DEMO = False
    (file,) = folder.iterdir()
    assert client.get("/mail/").status_code == 404
    assert client.get(f"/mail/{file.name}/0/").status_code == 404
