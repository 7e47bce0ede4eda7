"""Codes to sign in: who gets one, how long it is good, and the account behind it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import Invalid, Refused
from accounts.models import ActivityEntry
from accounts.tokens import derive_code, network_mark
from correspondence.models import Message
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.messages import resend_message
from participants.models import FocalPoint, Nomination, Person, SignInCode
from participants.verbs.codes import (
    TooOften,
    redeem_code,
    resend_code,
    send_code,
    sweep_codes,
)
from tests import builders
from tests.correspondence.conftest import sink
from tests.participants.conftest import BEFORE

__all__ = ["sink"]
pytestmark = pytest.mark.django_db

RANA = "rana@ministry.example"
SOON = BEFORE + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def _rana_reads_english(cbd):
    cbd.person.language = "en"
    cbd.person.save()


def wrong(code: SignInCode) -> str:
    return "00000000" if derive_code(code.pk) != "00000000" else "00000001"


def test_a_focal_point_gets_a_letter_and_gives_the_code_back(cbd):
    code = send_code(RANA, at=BEFORE)
    letter = Message.objects.get()
    assert (letter.kind, letter.to_address, letter.language, letter.held) == ("sign-in-code", RANA, "en", False)
    assert letter.person_key == cbd.person_id
    assert (code.known, code.expires_at - code.created_at) == (True, timedelta(minutes=15))
    assert redeem_code(code, derive_code(code.pk), at=SOON) == [cbd.person]
    code.refresh_from_db()
    assert (code.used_at, code.tries) == (SOON, 1)


def test_the_letter_passes_a_mailing_of_many_that_waits_before_it(cbd, call, sink):
    code = send_code(RANA, at=BEFORE)
    assert Message.objects.filter(state="queued", held=False).count() > 1
    assert deliver_due(at=BEFORE, limit=1) == 1
    assert derive_code(code.pk) in sink.mails[0].get_body(["plain"]).get_content()


def test_the_mail_carries_the_code_and_the_database_does_not(cbd, sink):
    code = send_code(RANA, at=BEFORE)
    secret = derive_code(code.pk)
    deliver_due(at=BEFORE)
    mail = sink.mails[0]
    for form in ("plain", "html"):
        text = mail.get_body([form]).get_content()
        assert text.count(secret) == 1
        assert "{code}" not in text
    assert secret not in mail["Subject"]
    assert f">{secret}</strong>" in mail.get_body(["html"]).get_content()
    letter = Message.objects.get()
    assert letter.state == "sent"
    assert "\n\n{code}\n\n" in letter.body
    for row in (*Message.objects.values(), *SignInCode.objects.values(), *ActivityEntry.objects.values()):
        assert secret not in repr(row)
    assert letter.link_digest == ""


def test_a_code_mailed_under_an_older_key_is_good_and_one_under_a_stranger_is_not(cbd, settings):
    code = send_code(RANA, at=BEFORE)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-only-for-tests-0000000000000000000000"
    with pytest.raises(Invalid):
        redeem_code(code, derive_code(code.pk, old), at=SOON)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert redeem_code(code, derive_code(code.pk, old), at=SOON) == [cbd.person]


def test_a_code_delivered_after_a_change_of_keys_is_good(cbd, settings, sink):
    code = send_code(RANA, at=BEFORE)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-only-for-tests-0000000000000000000000"
    deliver_due(at=BEFORE)
    assert derive_code(code.pk) in sink.mails[0].get_body(["plain"]).get_content()
    assert redeem_code(code, derive_code(code.pk), at=SOON) == [cbd.person]


@pytest.mark.parametrize("typed", ["{0} ", "{0:.4} {0[4]}{0[5]}-{0[6]}{0[7]}", "\u200e{0}\u200e", "arabic"])
def test_blanks_marks_and_digits_of_other_scripts_are_taken(cbd, typed):
    code = send_code(RANA, at=BEFORE)
    secret = derive_code(code.pk)
    arabic = secret.translate({ord("0") + number: 0x0660 + number for number in range(10)})
    text = arabic if typed == "arabic" else typed.format(secret)
    assert redeem_code(code, text, at=SOON) == [cbd.person]


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abcdefgh", "1234567²", "{code}"])
def test_what_is_no_code_is_said_and_is_no_try(cbd, typed):
    code = send_code(RANA, at=BEFORE)
    with pytest.raises(Invalid) as refused:
        redeem_code(code, typed, at=SOON)
    assert (refused.value.code, refused.value.field) == ("code_unreadable", "code")
    code.refresh_from_db()
    assert code.tries == 0


def test_five_tries_and_no_more(cbd):
    code = send_code(RANA, at=BEFORE)
    said = []
    for _try in range(5):
        with pytest.raises(Invalid) as refused:
            redeem_code(code, wrong(code), at=SOON)
        said.append(str(refused.value))
    assert "You have 4 tries left." in said[0]
    assert "You have 1 try left." in said[3]
    assert "Ask for a new code." in said[4]
    with pytest.raises(Refused) as over:
        redeem_code(code, derive_code(code.pk), at=SOON)
    assert over.value.code == "code_over"
    code.refresh_from_db()
    assert (code.tries, code.used_at) == (5, None)


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(cbd):
    code = send_code(RANA, at=BEFORE)
    with pytest.raises(Refused) as late:
        redeem_code(code, derive_code(code.pk), at=BEFORE + timedelta(minutes=15))
    assert late.value.code == "code_over"
    redeem_code(code, derive_code(code.pk), at=BEFORE + timedelta(minutes=14, seconds=59))
    with pytest.raises(Refused) as twice:
        redeem_code(code, derive_code(code.pk), at=SOON)
    assert twice.value.code == "code_over"


@pytest.mark.parametrize("typed", ["RANA@Ministry.Example", " rana@ministry.example ", "rana@MINISTRY.example"])
def test_the_case_of_an_address_does_not_matter(cbd, typed):
    code = send_code(typed, at=BEFORE)
    assert (code.address, code.known) == (RANA, True)
    assert Message.objects.get().to_address == RANA


def test_an_unknown_address_gets_a_row_and_no_letter(cbd):
    code = send_code("nobody@ministry.example", at=BEFORE)
    assert code.known is False
    assert not Message.objects.exists()
    with pytest.raises(Invalid) as refused:
        redeem_code(code, derive_code(code.pk), at=SOON)
    assert refused.value.code == "code_wrong"


def test_a_known_and_an_unknown_address_ask_the_same_of_the_database(cbd):
    counts = []
    for address in (RANA, "nobody@ministry.example"):
        with CaptureQueriesContext(connection) as queries:
            send_code(address, at=BEFORE, network="192.0.2.1")
        counts.append(Counter(query["sql"].split()[0] for query in queries))
    known, unknown = counts
    assert known["INSERT"] == 2
    assert unknown - known == {"ROLLBACK": 1}  # to the savepoint: the letter to nobody
    assert not known - unknown


@pytest.mark.parametrize("change", [{"valid_to": BEFORE.date()}, {"valid_from": BEFORE.date() + timedelta(days=1)}])
def test_a_mandate_that_does_not_stand_signs_nobody_in(cbd, change):
    FocalPoint.objects.filter(pk=cbd.pk).update(**change)
    assert send_code(RANA, at=BEFORE).known is False


def test_a_mandate_that_ends_between_letter_and_code_signs_nobody_in(cbd):
    code = send_code(RANA, at=BEFORE)
    FocalPoint.objects.filter(pk=cbd.pk).update(valid_to=BEFORE.date())
    with pytest.raises(Invalid):
        redeem_code(code, derive_code(code.pk), at=SOON)


def test_a_deputy_of_any_kind_signs_in(cbd, jordan):
    person = builders.person("Deputy (synthetic)", "deputy@ministry.example", language="en")
    builders.focal_point(jordan, "CHM-FP", person, deputy_of=cbd)
    assert send_code("deputy@ministry.example", at=BEFORE).known is True


def test_a_nominee_signs_in_until_the_nomination_is_taken_back(nomination):
    assert send_code("suharyanto@ministry.example", at=BEFORE).known is True
    Nomination.objects.update(state="withdrawn")
    assert send_code("suharyanto@ministry.example", at=BEFORE).known is False


def test_a_merged_row_signs_nobody_in(cbd):
    Person.objects.filter(pk=cbd.person_id).update(merged_into=builders.person())
    assert send_code(RANA, at=BEFORE).known is False


def test_five_codes_an_hour_to_one_address(cbd):
    for minute in range(5):
        send_code(RANA, at=BEFORE + timedelta(minutes=minute))
    with pytest.raises(TooOften) as refused:
        send_code("Rana@ministry.example", at=BEFORE + timedelta(minutes=59))
    assert (refused.value.code, refused.value.status) == ("too_many_codes", 429)
    assert SignInCode.objects.count() == Message.objects.count() == 5
    send_code("other@ministry.example", at=BEFORE + timedelta(minutes=59))
    send_code(RANA, at=BEFORE + timedelta(minutes=61))


def test_an_unknown_address_has_the_same_limit(db):
    for _code in range(5):
        send_code("nobody@ministry.example", at=BEFORE)
    with pytest.raises(TooOften):
        send_code("nobody@ministry.example", at=BEFORE)


def test_thirty_codes_an_hour_from_one_network(db):
    for number in range(30):
        send_code(f"a{number}@ministry.example", at=BEFORE, network=f"2001:db8:1:2::{number + 1:x}")
    with pytest.raises(TooOften):
        send_code("b@ministry.example", at=BEFORE, network="2001:db8:1:2:ffff::1")
    send_code("b@ministry.example", at=BEFORE, network="2001:db8:1:3::1")
    assert "2001" not in repr(list(SignInCode.objects.values()))


def test_a_network_is_counted_under_a_mark_that_does_not_tell_it():
    assert network_mark("") == network_mark("unix:") == ""
    assert len(network_mark("192.0.2.1")) == 64
    assert network_mark("::ffff:192.0.2.1") == network_mark("192.0.2.1") != network_mark("192.0.2.2")


def test_another_code_needs_a_minute(cbd):
    code = send_code(RANA, at=BEFORE)
    with pytest.raises(TooOften) as refused:
        resend_code(code, at=BEFORE + timedelta(seconds=59))
    assert refused.value.code == "too_soon"
    assert resend_code(code, at=BEFORE + timedelta(seconds=60)).pk != code.pk


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "x" * 300 + "@ministry.example", "a@b.example\nBcc: c@d.example"]
)
def test_what_is_no_address_is_refused_beside_its_field(db, address):
    with pytest.raises(Invalid) as refused:
        send_code(address, at=BEFORE)
    assert (refused.value.code, refused.value.field) == ("email_invalid", "address")
    assert not SignInCode.objects.exists()


def test_an_organizer_cannot_have_a_code_sent_elsewhere(cbd, organizer):
    send_code(RANA, at=BEFORE)
    letter = Message.objects.get()
    Message.objects.update(state="sent", sent_at=BEFORE)
    with pytest.raises(Refused) as refused:
        resend_message(letter, address="organizer@secretariat.example", by=organizer, at=SOON)
    assert refused.value.code == "code_not_resent"


def test_codes_are_swept_after_a_day(cbd):
    send_code(RANA, at=BEFORE)
    assert sweep_codes(at=BEFORE + timedelta(days=1)) == 0
    assert sweep_codes(at=BEFORE + timedelta(days=1, seconds=1)) == 1
    assert not SignInCode.objects.exists()
