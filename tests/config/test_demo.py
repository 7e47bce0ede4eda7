"""The demonstration of ``make run``: made once, and its ways to sign in are kept true."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from correspondence.models import Message
from participants.models import Person, Selection
from participants.queries.calls import open_calls
from participants.verbs.selections import approve
from workshops.models import Programme

SEATS = ("organizer", "focal_point", "participant", "integrator")


@pytest.fixture
def _seeded(db):
    call_command("seed", "annex-ii", verbosity=0)


@pytest.fixture
def demo(settings, _seeded):
    """Run the command and return what stands in demo.json after it."""
    settings.DEMO = True

    def run():
        call_command("demo", skip_checks=True)
        return json.loads((settings.VAR_DIR / "demo.json").read_text(encoding="utf-8"))

    return run


def test_each_seat_opens_what_it_is_for(demo, client):
    access = demo()
    assert tuple(access) == SEATS
    assert all(each["address"].endswith(".example") for each in access.values())
    for seat in ("focal_point", "participant"):
        assert client.get(access[seat]["link"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    for seat in SEATS:
        assert client.login(username=access[seat]["address"], password=access[seat]["password"])
    for seat in ("organizer", "integrator"):
        headers = {"Authorization": f"Token {access[seat]['token']}"}
        assert client.get("/api/v1/programmes/", headers=headers).status_code == 200
    assert client.get("/admin/", follow=True).status_code == 200


def test_the_call_is_open_today_and_all_people_are_synthetic(demo):
    demo()
    now = timezone.now()
    call = open_calls(now).get()
    assert now + timedelta(days=1) < call.deadline_at < now + timedelta(days=60)
    assert not Person.objects.filter(rehearsal__isnull=True).exists()
    assert not Message.objects.exclude(to_address__endswith=".example").exists()


def test_one_selection_is_decided_and_one_waits_for_somebody_to_approve(demo):
    access = demo()
    decided, proposed = Selection.objects.order_by("call__workshop__starts_on")
    assert (decided.state, proposed.state) == ("approved", "proposed")
    assert proposed.entries.filter(outcome="selected").exists()
    organizer = User.objects.get(email=access["organizer"]["address"])
    by = Actor(label=str(organizer), user=organizer)
    assert approve(proposed, by=by, at=timezone.now()).state == "approved"


def test_a_second_start_keeps_everything(demo):
    first = demo()
    assert demo() == first
    assert Programme.objects.filter(rehearsal_of__isnull=False).count() == 1


def test_what_no_longer_opens_is_written_anew_without_a_second_demonstration(demo, settings):
    first = demo()
    User.objects.get(email="organizer@demo.example").delete()
    second = demo()
    assert second["organizer"]["password"] != first["organizer"]["password"]
    settings.BASE_URL = "http://127.0.0.1:8001"
    assert demo()["focal_point"]["link"].startswith("http://127.0.0.1:8001/my/nominate/")
    (settings.VAR_DIR / "demo.json").write_text("{broken", encoding="utf-8")
    assert tuple(demo()) == SEATS
    assert Programme.objects.filter(rehearsal_of__isnull=False).count() == 1


@pytest.mark.usefixtures("_seeded")
def test_outside_demo_mode_nothing_is_written(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo mode alone"):
        call_command("demo", skip_checks=True)
    assert not (settings.VAR_DIR / "demo.json").exists()
    assert not User.objects.exists()
