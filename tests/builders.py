"""Rows that tests start from, made as plainly as the models allow; whatever a verb can make, tests make with the verb."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from participants.models import FocalPoint, Person
from participants.verbs.endorsements import Signature
from workshops.models import Coverage, Decision, Framework, Party, Programme, Target, Workshop


def user(email: str, **fields: Any) -> User:
    """A user with the password "correct horse battery"."""
    return User.objects.create_user(email, "correct horse battery", **fields)


def party(code: str = "JOR", name: str = "Jordan", **fields: Any) -> Party:
    """A Party since 1996 unless told otherwise."""
    fields.setdefault("in_force_on", date(1996, 1, 10))
    fields.setdefault("name", {"en": name})
    return Party.objects.get_or_create(code=code, defaults={"name_en": name, **fields})[0]


def target(code: str = "aichi-15", number: int = 15) -> Target:
    """A target of the Aichi framework."""
    framework, _ = Framework.objects.get_or_create(
        slug="aichi",
        defaults={"title": {"en": "Aichi Biodiversity Targets"}, "adopted_on": date(2010, 10, 29), "source": "X/2"},
    )
    return Target.objects.get_or_create(
        code=code,
        defaults={"framework": framework, "number": number, "title": {"en": f"Aichi {number}"}, "area_based": True},
    )[0]


def decision(reference: str = "XI/16", meeting: int = 11, number: int = 16) -> Decision:
    """A decision of the Conference of the Parties."""
    slug = reference.lower().replace("/", "-")
    return Decision.objects.get_or_create(
        slug=slug, defaults={"reference": reference, "meeting": meeting, "number": number}
    )[0]


def programme(slug: str = "annex-ii", **fields: Any) -> Programme:
    """A programme in the window of Annex II."""
    fields.setdefault("code", "ANNEX2" if slug == "annex-ii" else slug.upper())
    defaults = {
        "title": {"en": "Capacity-building workshops"},
        "objective": {"en": "Support Aichi targets 5, 11 and 15."},
        "starts_on": date(2013, 11, 1),
        "ends_on": date(2014, 12, 31),
        "workshops_min": 8,
        "workshops_max": 10,
        **fields,
    }
    return Programme.objects.get_or_create(slug=slug, defaults=defaults)[0]


def workshop(slug: str = "amman-2014", *, parties: tuple[Party, ...] = (), **fields: Any) -> Workshop:
    """A workshop in Amman in June 2014 that serves ``parties``."""
    in_programme = fields.pop("programme", None) or programme()
    host = fields.pop("host", None) or party()
    fields.setdefault("reference", f"{in_programme.code}-{slug[:3].upper()}")
    fields.setdefault("title", {"en": "Workshop for Western Asia"})
    fields.setdefault("starts_on", date(2014, 6, 15))
    fields.setdefault("ends_on", fields["starts_on"] + timedelta(days=4))
    made = Workshop.objects.create(
        slug=slug,
        programme=in_programme,
        host=host,
        city=fields.pop("city", "Amman"),
        zone=fields.pop("zone", "Asia/Amman"),
        languages=["en", "ar"],
        seats=fields.pop("seats", 40),
        **fields,
    )
    Coverage.objects.bulk_create(Coverage(programme=in_programme, party=each, workshop=made) for each in parties)
    return made


def person(name: str = "Synthetic Person", email: str = "person@ministry.example", **fields: Any) -> Person:
    """A person; give ``rehearsal`` for one of a practice programme."""
    return Person.objects.create(name=name, email=email, **fields)


def focal_point(of: Party, kind: str = "CBD-FP1", who: Person | None = None, **fields: Any) -> FocalPoint:
    """A mandate that stands since 2010."""
    fields.setdefault("valid_from", date(2010, 1, 1))
    who = who or person(f"Focal Point of {of.code}", f"{kind}.{of.code}@ministry.example".lower())
    return FocalPoint.objects.create(party=of, person=who, kind=kind, **fields)


def official(channel: str = "cbd") -> Signature:
    """The signature of a senior official, on a letter that an organizer enters."""
    return Signature(
        official="Minister of Environment (synthetic)", channel=channel, note="The post is vacant (synthetic)"
    )
