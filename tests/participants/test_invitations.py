"""Inviting, accepting, declining, and personal links."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, NotFound, Refused
from accounts.tokens import derive
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.models import Invitation, PersonalLink
from participants.queries.invitations import unanswered, visible_to
from participants.queries.links import LinkEnded, actor_for, resolve
from participants.verbs.invitations import accept, cancel_invitation, decline, invite
from participants.verbs.links import revoke_link
from participants.verbs.reminders import send_due
from tests import builders
from tests.participants.conftest import DECIDED, RESPOND_BY


def test_an_invitation_is_one_letter_with_a_link(invitation, workshop):
    letter = Message.objects.get(kind="invitation")
    assert letter.to_address == "suharyanto@ministry.example"
    assert letter.link_path == "/my/invitation/{token}/"
    assert letter.link_key is not None
    assert resolve(derive(letter.link_key), "invitation", at=DECIDED).invitation == invitation
    workshop.refresh_from_db()
    assert (workshop.stage, invitation.state) == ("invited", "open")


def test_inviting_twice_is_refused_and_writes_no_second_letter(invitation, organizer):
    with pytest.raises(Refused) as refused:
        invite(invitation.nomination, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    assert refused.value.code == "already_invited"
    assert Message.objects.filter(kind="invitation").count() == 1


@pytest.mark.parametrize(
    ("respond_by", "code"), [(DECIDED, "respond_by_past"), (RESPOND_BY + timedelta(days=60), "respond_by_after_start")]
)
def test_the_answer_is_due_between_the_letter_and_the_workshop(respond_by, code, selected, organizer):
    with pytest.raises(Invalid) as refused:
        invite(selected, respond_by=respond_by, by=organizer, at=DECIDED)
    assert (refused.value.code, refused.value.field) == (code, "respond_by")
    assert not Invitation.objects.exists()


def test_nominees_who_were_not_selected_or_have_no_address_are_not_invited(nomination, selected, organizer):
    nomination.person.email = ""
    nomination.person.save()
    with pytest.raises(Refused) as refused:
        invite(selected, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    assert refused.value.code == "no_address"
    selected.state = "not-selected"
    selected.save()
    nomination.person.email = "back@ministry.example"
    nomination.person.save()
    with pytest.raises(Refused) as refused:
        invite(selected, respond_by=RESPOND_BY, by=organizer, at=DECIDED)
    assert refused.value.code == "not_selected"


def test_answers_are_given_by_the_person_alone(invitation, nominee, jordanian):
    for stranger in (jordanian, Actor(label="nobody")):
        with pytest.raises(NotAllowed):
            accept(invitation, by=stranger, at=DECIDED)
    assert accept(invitation, by=nominee, at=DECIDED).state == "accepted"
    assert Message.objects.filter(kind="acceptance-received").count() == 1


def test_accepting_puts_the_days_into_the_calendar_and_declining_does_not(accepted, nominee):
    event = Message.objects.get(kind="acceptance-received").enclosures["calendar"]
    assert (event["first"], event["last"], event["zone"]) == ("2014-06-15", "2014-06-19", "Asia/Amman")
    decline(accepted, by=nominee, at=DECIDED)
    assert Message.objects.get(kind="decline-received").enclosures == {}


def test_accepting_twice_is_refused_declining_afterwards_is_not(accepted, nominee):
    with pytest.raises(Refused) as refused:
        accept(accepted, by=nominee, at=DECIDED)
    assert refused.value.code == "illegal_step"
    declined = decline(accepted, reason=" New duties ", by=nominee, at=DECIDED)
    assert (declined.state, declined.decline_reason) == ("declined", "New duties")
    with pytest.raises(Refused):
        accept(declined, by=nominee, at=DECIDED)


def test_answers_an_organizer_enters_for_many_are_held_on_their_mailing(invitation, organizer):
    mailing = begin_mailing("Answers", by=organizer, at=DECIDED)
    accepted = accept(invitation, mailing=mailing, by=organizer, at=DECIDED)
    decline(accepted, mailing=mailing, by=organizer, at=DECIDED)
    held = mailing.messages.filter(held=True).order_by("kind")
    assert [each.kind for each in held] == ["acceptance-received", "decline-received"]


def test_a_reason_is_not_endless(invitation, nominee):
    with pytest.raises(Invalid):
        decline(invitation, reason="x" * 501, by=nominee, at=DECIDED)


def test_a_cancelled_invitation_cannot_be_accepted(invitation, organizer, nominee):
    cancel_invitation(invitation, by=organizer, at=DECIDED)
    with pytest.raises(Refused):
        accept(invitation, by=nominee, at=DECIDED)


def test_the_clock_reminds_three_days_before_once(invitation):
    assert send_due(at=RESPOND_BY - timedelta(days=4)) == 0
    assert send_due(at=RESPOND_BY - timedelta(days=3)) == 1
    assert send_due(at=RESPOND_BY - timedelta(days=2)) == 0
    assert PersonalLink.objects.filter(purpose="invitation").count() == 2
    assert list(unanswered(RESPOND_BY + timedelta(days=1))) == [invitation]


def test_links_that_are_unknown_revoked_or_over_say_so_and_no_more(invitation, organizer):
    link = PersonalLink.objects.get(purpose="invitation")
    token = derive(link.pk)
    for wrong in ("", "x", token[:-1], token[:-1] + "!", "ü" * 43, "\x00" * 43, token.swapcase()):
        with pytest.raises(NotFound) as refused:
            resolve(wrong, "invitation", at=DECIDED)
        assert (refused.value.code, refused.value.status) == ("link_unknown", 404)
    with pytest.raises(NotFound, match="not known"):
        resolve(token, "nominate", at=DECIDED)
    with pytest.raises(LinkEnded) as ended:
        resolve(token, "invitation", at=link.expires_at)
    assert (ended.value.code, ended.value.status) == ("link_expired", 410)
    assert actor_for(resolve(token, "invitation", at=DECIDED)).person_id == link.person_id
    revoke_link(link, by=organizer, at=DECIDED)
    with pytest.raises(LinkEnded) as ended:
        resolve(token, "invitation", at=DECIDED)
    assert ended.value.code == "link_revoked"
    assert "Suharyanto" not in str(ended.value)


def test_who_sees_an_invitation(invitation):
    nominee, stranger = builders.user("nominee@ministry.example"), builders.user("stranger@ministry.example")
    person = invitation.nomination.person
    person.user = nominee
    person.save()
    assert list(visible_to(nominee)) == [invitation]
    assert list(visible_to(stranger)) == []
