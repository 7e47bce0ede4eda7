"""Reports out of a mailbox on a real IMAP server, out of a Maildir, and out of a folder of files."""

import imaplib
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django import Settings

from correspondence.mailboxes import LARGEST, Account, ImapMailbox
from correspondence.models import Bounce, Message
from correspondence.reports import read
from correspondence.tasks import read_reports
from correspondence.verbs import bounces
from correspondence.verbs.bounces import Harvest, read_mailbox
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance
from tests.correspondence.postbox import Postbox, running

pytestmark = pytest.mark.django_db(transaction=True)

CORPUS = Path(__file__).parent / "reports"
ID = b"0190f3a2-1111-7000-8000-00000000000a"
LATER = NOW + timedelta(hours=1)


def mail(name: str, message: Message | None = None) -> bytes:
    """A mail of the corpus, about ``message`` when given; its first line tells which it is."""
    data = (CORPUS / f"{name}.eml").read_bytes().replace(ID, str(message.pk).encode() if message else ID)
    return f"X-Name: {name}\n".encode() + data


@pytest.fixture
def letter() -> Message:
    message = acceptance()
    Message.objects.update(state="sent", sent_at=NOW)
    message.refresh_from_db()
    return message


@pytest.fixture(scope="module")
def server() -> Iterator[Postbox]:
    with running() as postbox:
        yield postbox


@pytest.fixture
def postbox(server: Postbox, settings: Settings) -> Postbox:
    """The account the settings lead to, empty."""
    server.clear()
    settings.BOUNCE_IMAP_URL = server.url
    return server


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The plain folder the settings name."""
    (tmp_path / "reports").mkdir()
    settings.BOUNCE_FOLDER = str(tmp_path / "reports")
    return tmp_path / "reports"


@pytest.fixture
def maildir(folder: Path) -> Path:
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir()
    return folder


def state(message: Message) -> str:
    return Message.objects.values_list("state", flat=True).get(pk=message.pk)


def test_without_settings_there_is_nothing_to_read(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        read_reports()


def test_reports_are_recorded_and_put_away_and_letters_left_unread(postbox: Postbox, letter: Message):
    postbox.put(mail("a_person"), mail("holiday"), mail("postfix_unknown_user", letter))

    assert read_mailbox(at=LATER) == Harvest(mails=3, recorded=1, left=1)

    assert state(letter) == "bounced"
    assert postbox.look() == [(b"X-Name: a_person", False)]
    assert sorted(postbox.look("Processed")) == [(b"X-Name: holiday", True), (b"X-Name: postfix_unknown_user", True)]
    assert Bounce.objects.get().source == "mailbox"


def test_a_folder_of_the_mailbox_can_be_named(postbox: Postbox, letter: Message, settings: Settings):
    postbox.put(mail("qmail", letter), folder="Reports")
    postbox.put(mail("delivered", letter))
    settings.BOUNCE_IMAP_URL = postbox.url + "/Reports"

    assert read_mailbox(at=LATER).recorded == 1

    assert state(letter) == "bounced"
    assert postbox.look("Reports") == []
    assert postbox.look() == [(b"X-Name: delivered", False)]


def test_a_crash_before_a_mail_is_put_away_records_nothing_twice(
    postbox: Postbox, letter: Message, monkeypatch: pytest.MonkeyPatch
):
    postbox.put(mail("postfix_unknown_user", letter))

    def die(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ImapMailbox, "_put_away", die)
        with pytest.raises(KeyboardInterrupt):
            read_mailbox(at=LATER)
    assert postbox.look() == [(b"X-Name: postfix_unknown_user", False)]

    assert read_mailbox(at=LATER) == Harvest(mails=1, recorded=0, left=0)
    assert Bounce.objects.count() == 1
    assert postbox.look() == []


def test_a_server_without_move_keeps_a_copy_and_deletes(
    postbox: Postbox, letter: Message, monkeypatch: pytest.MonkeyPatch
):
    postbox.put(mail("postfix_unknown_user", letter), mail("a_person"))
    plain = imaplib.IMAP4.capability
    monkeypatch.setattr(imaplib.IMAP4, "capability", lambda self: _without_move(plain(self)))

    read_mailbox(at=LATER)

    assert postbox.look() == [(b"X-Name: a_person", False)]
    assert postbox.look("Processed") == [(b"X-Name: postfix_unknown_user", True)]


def _without_move(answer: tuple[str, list[bytes]]) -> tuple[str, list[bytes]]:
    return answer[0], [answer[1][-1].replace(b" MOVE ", b" ")]


def test_a_mail_too_large_for_a_report_is_left(postbox: Postbox, letter: Message):
    large = mail("postfix_unknown_user", letter) + b"x" * LARGEST
    postbox.put(large, mail("a_person"))

    assert read_mailbox(at=LATER) == Harvest(mails=2, recorded=0, left=2)

    assert state(letter) == "sent"
    assert postbox.look() == [(b"X-Name: postfix_unknown_user", False), (b"X-Name: a_person", False)]


def test_a_run_is_bounded_and_takes_the_newest_first(
    postbox: Postbox, letter: Message, monkeypatch: pytest.MonkeyPatch
):
    postbox.put(mail("a_person"), mail("a_person"), mail("postfix_unknown_user", letter))
    monkeypatch.setattr(bounces, "BATCH", 1)

    assert read_mailbox(at=LATER) == Harvest(mails=1, recorded=1, left=0)


def test_a_wrong_password_is_said_without_telling_it(
    postbox: Postbox, settings: Settings, caplog: pytest.LogCaptureFixture
):
    settings.BOUNCE_IMAP_URL = f"imap://bounces:open%20sesame@127.0.0.1:{postbox.port}"

    assert read_mailbox(at=LATER) == Harvest()

    assert "The mailbox of reports could not be read: the server does not let the planner in" in caplog.text
    assert "sesame" not in caplog.text


def test_a_folder_that_is_not_there_is_said(postbox: Postbox, settings: Settings, caplog: pytest.LogCaptureFixture):
    settings.BOUNCE_IMAP_URL = postbox.url + "/Nowhere"
    assert read_mailbox(at=LATER) == Harvest()
    assert "there is no such folder" in caplog.text


def test_a_server_that_is_away_does_not_keep_the_folder_from_being_read(
    folder: Path, letter: Message, settings: Settings, caplog: pytest.LogCaptureFixture
):
    settings.BOUNCE_IMAP_URL = "imap://bounces:secret@127.0.0.1:1"
    (folder / "one.eml").write_bytes(mail("postfix_unknown_user", letter))

    assert read_mailbox(at=LATER).recorded == 1

    assert "The mailbox of reports could not be read" in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "http://bounces:kiwi-plum@mail.example",
        "imaps://kiwi.example/plum",
        "imaps://bounces:kiwi/plum@mail.example",
        "imaps://bounces:kiwi@mail.example:plum",
        "imaps://bounces:kiwi-plum@[::1",
        "kiwi-plum",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(url: str, settings: Settings, caplog: pytest.LogCaptureFixture):
    settings.BOUNCE_IMAP_URL = url
    assert read_mailbox(at=LATER) == Harvest()
    assert "BOUNCE_IMAP_URL is not like" in caplog.text
    assert "kiwi" not in caplog.text
    assert "plum" not in caplog.text


def test_an_address_is_percent_encoded_and_shows_no_password():
    account = Account.named_by("imaps://amal%40planner.example:p%2Fw@mail.example:1993/Back%20again")
    assert (account.user, account.password, account.folder) == ("amal@planner.example", "p/w", "Back again")
    assert (account.host, account.port, account.tls) == ("mail.example", 1993, True)
    assert "p/w" not in repr(account)
    assert Account.named_by("imap://a:b@127.0.0.1").folder == "INBOX"


def test_a_password_goes_nowhere_else_without_tls(monkeypatch: pytest.MonkeyPatch):
    class Plain(imaplib.IMAP4):
        """A server on another machine that knows no TLS."""

        def __init__(self, *_given: object, **_more: object) -> None:
            """Answer."""

        def starttls(self, *_given: object, **_more: object) -> Any:
            raise self.abort("TLS not supported by server")

        def shutdown(self) -> None:
            """Hang up."""

    monkeypatch.setattr(imaplib, "IMAP4", Plain)
    with pytest.raises(imaplib.IMAP4.abort, match="TLS not supported"):
        ImapMailbox("imap://bounces:secret@mail.example").__enter__()


def test_files_are_put_into_folders(folder: Path, letter: Message):
    for name in ("postfix_unknown_user", "a_person", "holiday"):
        (folder / f"{name}.eml").write_bytes(mail(name, letter))
    (folder / "large.eml").write_bytes(mail("qmail", letter) + b"x" * LARGEST)
    (folder / "notes.txt").write_text("stays")

    assert read_mailbox(at=LATER) == Harvest(mails=4, recorded=1, left=2)

    assert state(letter) == "bounced"
    assert sorted(file.name for file in (folder / "read").iterdir()) == ["holiday.eml", "postfix_unknown_user.eml"]
    assert sorted(file.name for file in (folder / "other").iterdir()) == ["a_person.eml", "large.eml"]
    assert (folder / "notes.txt").exists()
    assert read_mailbox(at=LATER) == Harvest()


def test_a_maildirs_mails_become_seen_or_stay_unread(maildir: Path, letter: Message):
    (maildir / "new" / "1.host").write_bytes(mail("postfix_unknown_user", letter))
    (maildir / "new" / "2.host").write_bytes(mail("a_person"))
    (maildir / "cur" / "3.host:2,S").write_bytes(mail("qmail", letter))

    assert read_mailbox(at=LATER) == Harvest(mails=2, recorded=1, left=1)

    assert sorted(file.name for file in (maildir / "cur").iterdir()) == ["1.host:2,S", "2.host:2,", "3.host:2,S"]
    assert list((maildir / "new").iterdir()) == []


def test_a_folder_that_is_not_there_is_said_too(settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    settings.BOUNCE_FOLDER = str(tmp_path / "nowhere")
    assert read_mailbox(at=LATER) == Harvest()
    assert "The folder of reports could not be read: BOUNCE_FOLDER is no folder" in caplog.text


def test_a_mail_that_breaks_its_reader_is_left_and_stops_nothing(
    folder: Path, letter: Message, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    (folder / "bad.eml").write_bytes(b"X-Name: bad\n\nBad.\n")
    (folder / "good.eml").write_bytes(mail("postfix_unknown_user", letter))

    def fragile(data: bytes) -> Any:
        if b"bad" in data:
            raise LookupError("a detector stumbled")
        return read(data)

    monkeypatch.setattr(bounces, "read", fragile)
    assert read_mailbox(at=LATER) == Harvest(mails=2, recorded=1, left=1)
    assert (folder / "other" / "bad.eml").exists()
    assert "A mail broke its reader" in caplog.text


def test_a_report_the_database_refuses_is_read_again_and_stops_nothing(
    folder: Path, letter: Message, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    (folder / "bad.eml").write_bytes(mail("gmail_full"))
    (folder / "good.eml").write_bytes(mail("postfix_unknown_user", letter))
    plain = bounces.record_report

    def fragile(report: Any, **given: Any) -> Any:
        if report.address == "amal@mail.example":
            raise DatabaseError("the disk is full")
        return plain(report, **given)

    monkeypatch.setattr(bounces, "record_report", fragile)
    caplog.set_level(logging.ERROR)
    assert read_mailbox(at=LATER) == Harvest(mails=2, recorded=1, left=0)
    assert (folder / "bad.eml").exists()
    assert (folder / "read" / "good.eml").exists()
    assert "A report could not be recorded" in caplog.text
