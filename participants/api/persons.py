"""How much of a person the API shows."""

from rest_framework import serializers

from participants.models import Organization, Person


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """Where somebody works, or a body that sends an expert of its own."""

    class Meta:
        model = Organization
        fields = read_only_fields = ["id", "name", "acronym", "kind", "party"]


class PersonSerializer(serializers.ModelSerializer[Person]):
    """Somebody by one display name, with the passport's Latin form where it differs."""

    organization = OrganizationSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Person
        fields = read_only_fields = ["id", "name", "passport_name", "gender", "organization"]


class ContactSerializer(PersonSerializer):
    """A person with the e-mail address: for organizers, the own Party and the person; nobody else sees such a row."""

    class Meta(PersonSerializer.Meta):
        fields = read_only_fields = [*PersonSerializer.Meta.fields, "email"]
