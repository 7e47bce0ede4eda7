"""Mails that came back, as servers of many kinds write them; what is no report stays for people."""

from pathlib import Path

import pytest

from correspondence.failures import failure_kind, status_in
from correspondence.reports import Report, kept, read

CORPUS = Path(__file__).parent / "reports"
ID = "<0190f3a2-1111-7000-8000-00000000000a@planner.example>"
AMAL = "amal@ministry.example"
REPORTS = {
    "postfix_unknown_user": Report(
        "permanent", AMAL, "<20140106090007.9B8C3A@mx.planner.example>", (ID,), "5.1.1",
        f"550 5.1.1 <{AMAL}>: Recipient address rejected: User unknown in virtual mailbox table",
    ),
    "postfix_delayed": Report(
        "delayed", AMAL, "<20140106131044.4F12D1@mx.planner.example>", (ID,), "4.4.1",
        "connect to mail.ministry.example[192.0.2.25]:25: Connection timed out",
    ),
    "exim_no_dsn": Report(
        "permanent", AMAL, "<E1W06Xa-0001Bq-3k@relay.planner.example>", (ID,), "5.0.0",
        f"{AMAL} SMTP error from remote mail server after RCPT TO:<{AMAL}>: "
        "host mail.ministry.example [192.0.2.25]: 550 No such user here",
    ),
    "qmail": Report(
        "permanent", AMAL, "<20140106090511.2231.qmail@lists.ministry.example>", (ID,), "5.1.1",
        f"<{AMAL}>: Sorry, no mailbox here by that name. (#5.1.1)",
    ),
    "exchange_unknown_user": Report(
        "permanent", AMAL, "<4d5b3c4e-97c1-4b8b-9d7a-1fd0b8d9a1c2@ministry.example>",
        (ID, "<4d5b3c4e-97c1-4b8b-9d7a-1fd0b8d9a1c2@ministry.example>"), "5.1.10",
        f"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {AMAL} not found by SMTP address lookup",
    ),
    "exchange_policy": Report(
        "temporary", AMAL, "<b1a9ed1c-policy@ministry.example>", (ID,), "5.7.1",
        "550 5.7.1 Message rejected as spam by Content Filtering.",
    ),
    "gmail_full": Report(
        "temporary", "amal@mail.example", "<52ca7a1f.a1b2c3d4@mx.googlemail.example>", (ID,), "5.2.2",
        "552-5.2.2 The email account that you tried to reach is over quota. "
        "552 5.2.2 Please direct the recipient to clear space.",
    ),
    "sendmail_gave_up": Report(
        "temporary", AMAL, "<201401110900.s0B90K4x001234@gate.planner.example>", (ID,), "4.4.7", "4.4.7"
    ),
    "delivered": Report(
        "delivered", AMAL, "<20140106090009.OK1@mx.planner.example>", (ID,), "2.0.0", "250 2.0.0 Ok: queued as 77AB"
    ),
    "complaint": Report(
        "complaint", "amal@provider.example", "<fbl-20140106-1@provider.example>", (ID,), "", "Feedback-Type: abuse"
    ),
    "utf8_chinese": Report(
        "permanent", "用户@xn--fsqu00a.example", "<20140106090007.U8@mx.planner.example>", (ID,), "5.1.1",
        "550 5.1.1 <用户@例子.example>: 信箱不存在",
    ),
    "utf8_escaped": Report(
        "permanent", "用户@xn--fsqu00a.example", "<20140106090007.U7@mx.planner.example>", (), "5.1.1", "5.1.1"
    ),
    "passed_on": Report(
        "permanent", "amal.private@mail.example", "<20140106090100.FW@ministry.example>", (ID,), "5.1.1",
        "550 5.1.1 user unknown",
    ),
}  # fmt: skip
AUTOMATIC = {"holiday", "receipt", "complaint_taken_back"}
FOR_PEOPLE = {"a_person"}


def raw(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def test_every_mail_of_the_corpus_is_accounted_for():
    assert {path.stem for path in CORPUS.glob("*.eml")} == REPORTS.keys() | AUTOMATIC | FOR_PEOPLE


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read(name: str):
    assert read(raw(name)).reports == (REPORTS[name],)


@pytest.mark.parametrize("name", REPORTS)
def test_line_ends_of_the_wire_change_nothing(name: str):
    assert read(raw(name).replace(b"\n", b"\r\n")).reports == (REPORTS[name],)


@pytest.mark.parametrize("name", sorted(AUTOMATIC))
def test_what_programs_answer_is_no_report_and_for_nobody(name: str):
    reading = read(raw(name))
    assert (reading.reports, reading.automatic, reading.for_people) == ((), True, False)


@pytest.mark.parametrize("name", sorted(FOR_PEOPLE))
def test_what_a_person_writes_is_for_people_even_about_a_bounce(name: str):
    assert read(raw(name)).for_people


def test_a_report_that_a_person_passes_on_as_a_file_is_for_people():
    inner = raw("postfix_unknown_user").decode()
    outer = (
        "From: Amal <amal@ministry.example>\nSubject: Fwd: what is this?\nContent-Type: multipart/mixed; boundary=M\n\n"
        f"--M\nContent-Type: text/plain\n\nSee below.\n--M\nContent-Type: message/rfc822\n\n{inner}\n--M--\n"
    )
    assert read(outer.encode()).for_people


def test_a_server_that_nobody_understands_is_for_people():
    said = "Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nAuto-Submitted: auto-replied\n\nSomething happened.\n"
    assert read(said.encode()).for_people


def test_a_server_that_signs_in_its_own_script_is_understood():
    signed = raw("qmail").replace(b"From: MAILER-DAEMON@", "From: Почтовая служба <mailer-daemon@".encode())
    assert [report.address for report in read(signed).reports] == [AMAL]


def test_several_recipients_are_several_reports():
    more = (
        b"\nFinal-Recipient: rfc822; badr@ministry.example\nAction: failed\nStatus: 5.1.1\n"
        b"\n--9B8C3A.1389002407/mx.planner.example\nContent-Description: Undelivered"
    )
    two = raw("postfix_unknown_user").replace(
        b"\n--9B8C3A.1389002407/mx.planner.example\nContent-Description: Undelivered", more
    )
    assert [report.address for report in read(two).reports] == [AMAL, "badr@ministry.example"]


def test_a_report_without_a_name_is_known_by_its_bytes():
    nameless = raw("qmail").replace(b"Message-ID: <20140106090511.2231.qmail@lists.ministry.example>\n", b"")
    (first,), (again,) = read(nameless).reports, read(nameless).reports
    assert first.key == again.key
    assert len(first.key) == 64
    assert read(nameless + b"\n.").reports[0].key != first.key


def test_a_forged_report_of_many_addresses_is_cut_short():
    block = b"\nFinal-Recipient: rfc822; someone-%d@ministry.example\nAction: failed\nStatus: 5.1.1\n"
    many = b"".join(block % number for number in range(1000))
    mail = raw("postfix_unknown_user").replace(
        b"\n\n--9B8C3A.1389002407/mx.planner.example\nContent-Description: Undelivered",
        many + b"\n--9B8C3A.1389002407/mx.planner.example\nContent-Description: Undelivered",
    )
    assert len(read(mail).reports) == 50


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\x00\xff\xfe",
        b"From: \xff\xff\nContent-Type: multipart/report\n\n",
        b"Content-Type: multipart/report; boundary=",
        b"From: MAILER-DAEMON\nContent-Type: message/delivery-status\n\n",
        b"From: a\n" * 5000,
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n",
    ],
)
def test_rubbish_is_no_reason_to_stumble(data: bytes):
    read(data)


def test_what_no_column_can_hold_is_left_out():
    assert kept("a\x00b\ud800c") == "ab?c"
    nul = raw("postfix_unknown_user").replace(b"User unknown", b"User\x00unknown")
    assert "\x00" not in read(nul).reports[0].detail
    for data in (
        raw("qmail").replace(b"by that", b"\x00"),
        raw("qmail").replace(b"a@planner.example>", b"a@pl\x00.example>"),
    ):
        report = read(data).reports[0]
        assert "\x00" not in f"{report.address}{report.detail}{report.key}{report.names}"


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.1.1", "", "permanent"),
        ("5.1.2", "Host not found", "permanent"),
        ("5.2.1", "Mailbox disabled", "permanent"),
        ("5.4.1", "Recipient address rejected: Access denied", "permanent"),
        ("5.4.4", "", "permanent"),
        ("", "No such user", "permanent"),
        ("5.0.0", "550 5.1.1 User unknown", "permanent"),
        ("4.4.7", "", "temporary"),
        ("5.4.7", "Delivery time expired", "temporary"),
        ("5.2.2", "", "temporary"),
        ("5.0.0", "552 Mailbox full", "temporary"),
        ("", "The recipient's mailbox is full", "temporary"),
        ("5.0.0", "user is over quota", "temporary"),
        ("5.2.3", "Message too large", "temporary"),
        ("5.3.4", "Message too big for system", "temporary"),
        ("5.1.8", "Sender address rejected: Domain not found", "temporary"),
        ("5.7.26", "Unauthenticated mail is prohibited", "temporary"),
        ("5.0.0", "550 5.7.1 rejected as spam", "temporary"),
        ("", "421 4.7.0 Try again later, closing connection", "temporary"),
    ],
)
def test_only_what_speaks_against_the_address_kills_it(status: str, words: str, kind: str):
    assert failure_kind(status_in(status, words), words) == kind


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("host 5.1.1.7 said: 550 Go away", "5.0.0"),
        ("550-5.1.1 The account does not exist", "5.1.1"),
        ("(#5.1.1)", "5.1.1"),
        ("user unknown 5.1.1.", "5.1.1"),
        ("Nothing to read here", ""),
    ],
)
def test_a_status_is_found_in_words(words: str, status: str):
    assert status_in("", words) == status
