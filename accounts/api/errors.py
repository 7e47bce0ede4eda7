"""The one shape of every refusal, as ``config.errors`` writes it."""

from rest_framework import serializers


class FieldErrorSerializer(serializers.Serializer[object]):
    """One thing that is wrong with one field."""

    field = serializers.CharField(help_text="The field's name; empty when it is about the request as a whole.")
    code = serializers.CharField(help_text="Stable, for machines.")
    detail = serializers.CharField(help_text="A sentence for people, in the language of the request.")


class ErrorSerializer(serializers.Serializer[object]):
    """Why a request was refused."""

    code = serializers.CharField(help_text="Stable, for machines.")
    detail = serializers.CharField(help_text="A sentence for people, in the language of the request.")
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # the name that config.errors gives the list
