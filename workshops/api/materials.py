"""Materials of workshops and programmes."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import NounViewSet
from correspondence.api.files import StoredFileSerializer
from workshops.models import Material
from workshops.models.materials import MaterialKind
from workshops.queries import materials


class MaterialSerializer(serializers.ModelSerializer[Material]):
    """A paper, a presentation or a link in one language; with a file, an address, or both."""

    programme = ReferenceField("slug")
    workshop = ReferenceField("slug", allow_null=True)
    file = StoredFileSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Material
        fields = read_only_fields = [
            "id", "programme", "workshop", "session", "kind", "title", "language", "version", "file", "address",
            "published_on",
        ]  # fmt: skip


class MaterialFilters(NounFilters):
    """By where it belongs, kind and language."""

    programme = TextFilter(field_name="programme__slug", label="Slug of the programme.")
    workshop = TextFilter(field_name="workshop__slug", label="Slug of the workshop.")
    kind = ChoiceFilter(choices=MaterialKind.choices)
    language = TextFilter(label="Language code: ar, zh, en, fr, ru, es.")
    search = TextFilter(field_name="title", lookup_expr="icontains", label="Part of the title.")
    ordering = OrderingFilter(fields=["title", "published_on", "version"])


class MaterialViewSet(NounViewSet[Material]):
    """Materials of a workshop or of a whole programme, by language and version."""

    serializer_class = MaterialSerializer
    filterset_class = MaterialFilters

    def get_queryset(self) -> QuerySet[Material]:
        """Return the materials this user may see."""
        return materials.visible_to(self.request.user).select_related("programme", "workshop", "file")
