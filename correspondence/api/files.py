"""What the API says of a stored file."""

from rest_framework import serializers

from correspondence.models import StoredFile


class StoredFileSerializer(serializers.ModelSerializer[StoredFile]):
    """A file's name, type, size in bytes and the SHA-256 of its content."""

    class Meta:
        model = StoredFile
        fields = read_only_fields = ["name", "media_type", "size", "sha256"]
