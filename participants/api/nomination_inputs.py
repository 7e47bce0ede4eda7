"""What a nomination through the API holds."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers

from accounts.api.fields import AddressField
from accounts.api.inputs import ClosedSerializer
from accounts.api.references import named
from accounts.models import User
from participants.models.endorsements import Channel
from participants.models.nominations import Sector, Track
from participants.models.persons import Gender
from participants.queries import focal_points
from participants.verbs.candidates import Candidate
from participants.verbs.endorsements import NOTE_LIMIT, OFFICIAL_LIMIT, Signature
from participants.verbs.nominations import EXPERTISE_LIMIT
from participants.verbs.persons import LIMITS
from participants.verbs.substitutions import REASON_LIMIT
from workshops.api.fields import PartyCodeField

ABOUT = ("name", "email", "passport_name", "gender", "language", "position", "phone")


class SignatureInputSerializer(ClosedSerializer):
    """Whose signature a letter bears: a focal point's, or a senior official's with a note (organizers only)."""

    focal_point = serializers.UUIDField(required=False, allow_null=True)
    official = serializers.CharField(required=False, allow_blank=True, max_length=OFFICIAL_LIMIT)
    channel = serializers.ChoiceField(Channel.choices, required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=NOTE_LIMIT)


class SignedInputSerializer(ClosedSerializer):
    """The date of the official letter, and for an organizer whose signature it bears."""

    letter_date = serializers.DateField(required=False, allow_null=True)
    signature = SignatureInputSerializer(required=False, allow_null=True)


class ExpertInputSerializer(SignedInputSerializer):
    """Who is named, on a signed letter."""

    sector = serializers.ChoiceField(Sector.choices)
    expertise = serializers.CharField(required=False, allow_blank=True, max_length=EXPERTISE_LIMIT)
    name = serializers.CharField(max_length=LIMITS["name"], help_text="As the person writes it; one name is enough.")
    email = AddressField()
    passport_name = serializers.CharField(required=False, allow_blank=True, max_length=LIMITS["name"])
    gender = serializers.ChoiceField(Gender.choices, required=False)
    language = serializers.ChoiceField(settings.LANGUAGES, required=False, allow_blank=True)
    position = serializers.CharField(required=False, allow_blank=True, max_length=200)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=40)


class CandidateInputSerializer(ExpertInputSerializer):
    """A candidate in the place of another one."""

    received_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When the letter came first; for organizers."
    )


class SubstituteInputSerializer(ExpertInputSerializer):
    """A candidate in the seat of one who was selected."""

    reason = serializers.CharField(max_length=REASON_LIMIT)
    sunk = serializers.DecimalField(
        10,
        2,
        min_value=Decimal(0),
        required=False,
        allow_null=True,
        help_text="Spent on the first journey; for organizers.",
    )


class NominationInputSerializer(CandidateInputSerializer):
    """A candidate of a Party or of an organization: exactly one of the two is named."""

    call = serializers.UUIDField()
    party = PartyCodeField(required=False, allow_null=True, help_text="Code of the Party that nominates.")
    organization = serializers.UUIDField(required=False, allow_null=True)
    track = serializers.ChoiceField(Track.choices)
    rank = serializers.IntegerField(
        min_value=1,
        max_value=3,
        required=False,
        allow_null=True,
        help_text="The Party's order; the next free one if omitted.",
    )
    contest = serializers.BooleanField(
        required=False,
        help_text="Another focal point's list is not the Party's: both are held back until it is settled.",
    )


def candidate_of(given: dict[str, Any]) -> Candidate:
    """Take the person out of what was given."""
    return Candidate(**{field: given.pop(field) for field in ABOUT if field in given})


def signature_of(given: dict[str, Any], user: User | AnonymousUser) -> Signature | None:
    """Take the signature out of what was given; a focal point must be one this user may see."""
    said = given.pop("signature", None)
    if said is None:
        return None
    key = said.pop("focal_point", None)
    mandate = named(focal_points.visible_to(user), key, field="signature") if key else None
    return Signature(focal_point=mandate, **said)
