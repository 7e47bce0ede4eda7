"""The rules of a call's selection and the budgets below them; the organizers' own papers."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import TextListField
from accounts.api.inputs import ClosedSerializer, parsed
from accounts.api.references import named
from accounts.api.views import UUID_PATTERN, PersonalNounViewSet
from accounts.errors import NotFound, Refused
from accounts.visitors import actor_of
from participants.models import Budget, Call, SelectionRules
from participants.queries import budgets, rules
from participants.verbs.budgets import add_budget, change_budget, remove_budget
from participants.verbs.rules import SEATS_MOST, RulesGiven, set_rules, usual_rules
from workshops.models import Party
from workshops.queries import contributions, parties

LISTS_MOST = 100
PARTIES_MOST = 300
BUDGET = OpenApiParameter("budget", {"type": "string", "format": "uuid"}, OpenApiParameter.PATH)


def _money(digits: int, **kwargs: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=digits, decimal_places=2, **kwargs)


class RulesSerializer(serializers.Serializer[SelectionRules | RulesGiven]):
    """What a proposal keeps and strives for; shares are whole percent of the seats.

    A journey is estimated as fare_start, fare_per_1000_km for each 1,000 km there and back, and allowance_a_day for each day
    and one more. set_at is null while nobody has set the rules and these are the usual ones.
    """

    seats = serializers.IntegerField()
    women_share = serializers.IntegerField()
    sector_shares = serializers.DictField(child=serializers.IntegerField())
    priority_lists = TextListField()
    currency = serializers.CharField()
    fare_start = _money(8)
    fare_per_1000_km = _money(8)
    allowance_a_day = _money(8)
    set_at = serializers.DateTimeField(default=None, allow_null=True)


class RulesInputSerializer(ClosedSerializer):
    """All of the rules; what is left out is as usual. sector_shares are percent by sector, priority_lists regions or lists."""

    seats = serializers.IntegerField(min_value=0, max_value=SEATS_MOST)
    women_share = serializers.IntegerField(min_value=0, max_value=100, required=False)
    sector_shares = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=100), required=False, help_text="Percent by sector."
    )
    priority_lists = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=LISTS_MOST
    )
    currency = serializers.CharField(max_length=3, required=False)
    fare_start = _money(8, min_value=0, required=False)
    fare_per_1000_km = _money(8, min_value=0, required=False)
    allowance_a_day = _money(8, min_value=0, required=False)


class BudgetSerializer(serializers.ModelSerializer[Budget]):
    """What a contribution pays for at this workshop; amount is in the rules' currency, empty lists leave its earmark open."""

    lists = TextListField(read_only=True)
    sectors = TextListField(read_only=True)

    class Meta:
        model = Budget
        fields = read_only_fields = ["id", "contribution", "amount", "places", "lists", "parties", "sectors"]


class BudgetChangeSerializer(ClosedSerializer):
    """All that a budget pays for: a sum, so many people, or both; only for Parties, lists of them, sectors."""

    amount = _money(12, required=False, allow_null=True)
    places = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=SEATS_MOST)
    lists = serializers.ListField(child=serializers.CharField(max_length=60), required=False, max_length=LISTS_MOST)
    parties = serializers.ListField(
        child=serializers.CharField(max_length=3),
        required=False,
        max_length=PARTIES_MOST,
        help_text="Codes of Parties.",
    )
    sectors = serializers.ListField(child=serializers.CharField(max_length=12), required=False, max_length=LISTS_MOST)


class BudgetInputSerializer(BudgetChangeSerializer):
    """A budget and the contribution that pays."""

    contribution = serializers.UUIDField()


class RulesViewSet(PersonalNounViewSet[Call]):
    """What the calls' view says of rules and budgets."""

    @extend_schema(responses=RulesSerializer)
    @action(detail=True, methods=["get"])
    def rules(self, request: Request, pk: str) -> Response:  # noqa: ARG002  # the router's signature
        """Read the rules of selection of a call. While nobody has set them, the usual ones."""
        call = self._organizers(request)
        return Response(RulesSerializer(rules.rules_of(call) or usual_rules(call)).data)

    @extend_schema(request=RulesInputSerializer, responses=RulesSerializer)
    @rules.mapping.put
    def set_rules(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Set the rules of selection of a call, all of them. Proposals made before keep what they were computed from."""
        given = RulesGiven(**parsed(RulesInputSerializer, request))
        written = set_rules(self.get_object(), given, by=actor_of(request), at=timezone.now())
        return Response(RulesSerializer(written).data)

    @extend_schema(responses=BudgetSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def budgets(self, request: Request, pk: str) -> Response:  # noqa: ARG002
        """Read what contributions pay for at this workshop. All of them, in the order of the donors."""
        return Response(BudgetSerializer(budgets.budgets_of(self._organizers(request)), many=True).data)

    @extend_schema(request=BudgetInputSerializer, responses={201: BudgetSerializer})
    @budgets.mapping.post
    def add_budget(self, request: Request, pk: str) -> Response:
        """Let a contribution pay at this workshop. All its budgets together stay within it where the currency is one."""
        given = parsed(BudgetInputSerializer, request)
        there = rules.rules_of(self._organizers(request))
        if there is None:
            raise Refused("no_rules", _("Set the rules of selection first: budgets are in their currency."))
        payer = named(contributions.visible_to(request.user), given.pop("contribution"), field="contribution")
        how = _with_parties(given, request)
        budget = add_budget(there, payer, **how, by=actor_of(request), at=timezone.now())
        where = self.reverse_action("budget", args=[pk, budget.pk])
        return Response(BudgetSerializer(budget).data, status=status.HTTP_201_CREATED, headers={"Location": where})

    @extend_schema(responses=BudgetSerializer, parameters=[BUDGET])
    @action(detail=True, methods=["get"], url_path=f"budgets/(?P<budget>{UUID_PATTERN})", url_name="budget")
    def budget(self, request: Request, pk: str, budget: str) -> Response:  # noqa: ARG002
        """Read one budget of a call. Its earmark says for whom it pays."""
        return Response(BudgetSerializer(self._budget(request, budget)).data)

    @extend_schema(request=BudgetChangeSerializer, responses=BudgetSerializer, parameters=[BUDGET])
    @budget.mapping.put
    def change_budget(self, request: Request, pk: str, budget: str) -> Response:  # noqa: ARG002
        """Say anew what a budget pays for, all of it. What is left out is open."""
        how = _with_parties(parsed(BudgetChangeSerializer, request), request)
        written = change_budget(self._budget(request, budget), **how, by=actor_of(request), at=timezone.now())
        return Response(BudgetSerializer(written).data)

    @extend_schema(request=None, responses={204: None}, parameters=[BUDGET])
    @budget.mapping.delete
    def remove_budget(self, request: Request, pk: str, budget: str) -> Response:  # noqa: ARG002
        """Remove a budget. What it held is free for others."""
        remove_budget(self._budget(request, budget), by=actor_of(request), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _organizers(self, request: Request) -> Call:
        """Return the call for an organizer; a focal point sees the call and not by which rules it is decided."""
        call = self.get_object()
        actor_of(request).require_organizer()
        return call

    def _budget(self, request: Request, key: str) -> Budget:
        seen = budgets.visible_to(request.user).filter(rules__call=self._organizers(request), pk=UUID(key))
        found = seen.select_related("rules__call", "contribution").first()
        if found is None:
            raise NotFound("budget_unknown", _("This call has no such budget."))
        return found


def _with_parties(given: dict[str, Any], request: Request) -> dict[str, Any]:
    """Put the Parties in the place of their codes."""
    codes = given.pop("parties", [])
    found: dict[str, Party] = parties.visible_to(request.user).in_bulk(codes)
    for code in codes:
        if code not in found:
            raise NotFound("unknown_reference", _("There is no “%(key)s”.") % {"key": code}, field="parties")
    return given | {"parties": list(found.values())}
