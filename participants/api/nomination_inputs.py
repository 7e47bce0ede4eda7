"""What a nomination through the API holds."""

from django.conf import settings
from rest_framework import serializers

from accounts.api.fields import AddressField
from accounts.api.inputs import ClosedSerializer
from participants.models.nominations import Sector, Track
from participants.models.persons import Gender
from participants.verbs.nominations import EXPERTISE_LIMIT
from participants.verbs.persons import LIMITS
from workshops.api.fields import PartyCodeField


class NominationInputSerializer(ClosedSerializer):
    """A candidate of a Party or of an organization: exactly one of the two is named."""

    call = serializers.UUIDField()
    party = PartyCodeField(required=False, allow_null=True, help_text="Code of the Party that nominates.")
    organization = serializers.UUIDField(required=False, allow_null=True)
    track = serializers.ChoiceField(Track.choices)
    sector = serializers.ChoiceField(Sector.choices)
    rank = serializers.IntegerField(
        min_value=1,
        max_value=3,
        required=False,
        allow_null=True,
        help_text="The Party's order; the next free one if omitted.",
    )
    expertise = serializers.CharField(required=False, allow_blank=True, max_length=EXPERTISE_LIMIT)
    name = serializers.CharField(max_length=LIMITS["name"], help_text="As the person writes it; one name is enough.")
    email = AddressField()
    passport_name = serializers.CharField(required=False, allow_blank=True, max_length=LIMITS["name"])
    gender = serializers.ChoiceField(Gender.choices, required=False)
    language = serializers.ChoiceField(settings.LANGUAGES, required=False, allow_blank=True)
    position = serializers.CharField(required=False, allow_blank=True, max_length=200)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=40)
