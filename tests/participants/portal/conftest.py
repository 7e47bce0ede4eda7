"""Links and addresses of the pages, and the day on which they are opened."""

import pytest
import time_machine

from participants.models import PersonalLink, RegistrationQuestion
from participants.portal.links import address
from participants.verbs.calls import LINK_GRACE
from participants.verbs.links import issue_link
from tests.participants.conftest import BEFORE

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def in_february():
    """Open the pages before the deadline of the call."""
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def nominate_url(call, cbd, in_february) -> str:
    return address(PersonalLink.objects.get(call=call, person=cbd.person))


@pytest.fixture
def invitation_url(invitation):
    with time_machine.travel(invitation.invited_at, tick=False):
        yield address(PersonalLink.objects.get(invitation=invitation))


@pytest.fixture
def fao_url(call, fao, in_february) -> str:
    return address(PersonalLink.objects.get(call=call, person=fao.person))


@pytest.fixture
def lebanons_url(call, of_lebanon, in_february) -> str:
    return address(PersonalLink.objects.get(call=call, person=of_lebanon.person))


@pytest.fixture
def page_for(call, in_february):
    """Give a mandate that began after the call was opened the page of its Party, by a link of its own."""

    def page(mandate) -> str:
        return address(
            issue_link(
                mandate.person,
                "nominate",
                at=BEFORE,
                expires_at=call.deadline_at + LINK_GRACE,
                call=call,
                party=mandate.party,
            )
        )

    return page


@pytest.fixture
def both_sign(call):
    """Let the call ask for two signatures on the second track."""
    type(call).objects.filter(pk=call.pk).update(planning_signatures="both")
    call.refresh_from_db()
    return call


@pytest.fixture
def stage(client, invitation_url, accepted):
    """Post a stage, or open it without ``sent``, by the link of the letter."""

    def go(name: str, sent=None, **options):
        url = f"{invitation_url}register/{name}/"
        return client.get(url, **options) if sent is None else client.post(url, sent, **options)

    return go


@pytest.fixture
def visit(workshop) -> RegistrationQuestion:
    return RegistrationQuestion.objects.create(
        workshop=workshop, position=1, kind="yes_no", label={"en": "Do you join the field visit?"}, needed=True
    )


@pytest.fixture
def boots(visit) -> RegistrationQuestion:
    return RegistrationQuestion.objects.create(
        workshop=visit.workshop,
        position=2,
        kind="choice",
        label={"en": "Which size are your boots?", "ar": "ما مقاس حذائك؟"},
        options=[{"key": key, "label": {"en": f"size {key}"}} for key in ("40", "42")],
        needed=True,
        depends_on=visit,
        depends_value="yes",
    )
