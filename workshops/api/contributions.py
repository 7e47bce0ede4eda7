"""Contributions of donors."""

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.api.fields import ReferenceField
from accounts.api.filters import ChoiceFilter, NounFilters, OrderingFilter, TextFilter
from accounts.api.views import NounViewSet
from workshops.models import Contribution
from workshops.models.contributions import ContributionKind
from workshops.queries import contributions


class ContributionSerializer(serializers.ModelSerializer[Contribution]):
    """A voluntary contribution; the amount is null where the source names the donor and no sum."""

    programme = ReferenceField("slug")
    earmark_workshop = ReferenceField("slug", allow_null=True)

    class Meta:
        model = Contribution
        fields = read_only_fields = [
            "id", "programme", "donor", "fund", "kind", "amount", "currency", "description", "earmark",
            "earmark_workshop", "pledged_on", "received_on", "source",
        ]  # fmt: skip


class ContributionFilters(NounFilters):
    """By programme, donor, kind and currency."""

    programme = TextFilter(field_name="programme__slug", label="Slug of the programme.")
    donor = TextFilter(field_name="donor_id", label="Code of the donor.")
    kind = ChoiceFilter(choices=ContributionKind.choices)
    currency = TextFilter(label="ISO 4217 code.")
    ordering = OrderingFilter(fields=["pledged_on", "received_on", "amount"])


class ContributionViewSet(NounViewSet[Contribution]):
    """Voluntary contributions, in money (amount and ISO 4217 currency) or in kind, and what they may pay for."""

    serializer_class = ContributionSerializer
    filterset_class = ContributionFilters

    def get_queryset(self) -> QuerySet[Contribution]:
        """Return the contributions this user may see."""
        return contributions.visible_to(self.request.user).select_related("programme", "earmark_workshop")
