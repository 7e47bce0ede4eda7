"""Budgets: what a donor's contribution pays for at one workshop, and what of it is left."""

from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from accounts.models import User
from participants.models import Budget, Call
from workshops.models import Contribution


def visible_to(user: User | AnonymousUser) -> QuerySet[Budget]:
    """Return the budgets a user may see: they are the organizers' own papers."""
    if isinstance(user, User) and user.is_organizer:
        return Budget.objects.all()
    return Budget.objects.none()


def budgets_of(call: Call) -> QuerySet[Budget]:
    """Return the budgets of a call, each with its contribution, the donor and the Parties it is for; two queries."""
    rows = Budget.objects.filter(rules__call=call).select_related("rules", "contribution__donor")
    return rows.prefetch_related("parties").order_by("contribution__donor__name_en", "contribution__fund", "id")


def payable(call: Call) -> QuerySet[Contribution]:
    """Return the contributions that may pay at a call's workshop, one query; ``spoken_for`` sums all budgets in its currency."""
    spoken_for = (
        _comparable(Budget.objects.filter(contribution=OuterRef("pk")))
        .order_by()
        .values("contribution")
        .annotate(total=Sum("amount"))
        .values("total")
    )
    rows = Contribution.objects.filter(
        Q(earmark_workshop__isnull=True) | Q(earmark_workshop=call.workshop_id),
        programme=call.workshop.programme_id,
    )
    return (
        rows.select_related("donor").annotate(spoken_for=Subquery(spoken_for)).order_by("donor__name_en", "fund", "id")
    )


def left_of(contribution: Contribution, *, without: UUID | None = None) -> Decimal | None:
    """Return what no budget of any call has taken yet, in the contribution's currency; ``None`` when it names no sum.

    Budgets in another currency are not counted: nobody says at which rate (decision 19). ``without`` leaves one budget out.
    """
    if contribution.amount is None:
        return None
    others = contribution.budgets.exclude(pk=without) if without is not None else contribution.budgets.all()
    taken = _comparable(others).aggregate(total=Sum("amount"))["total"]
    return contribution.amount - (taken or Decimal(0))


def _comparable(budgets: QuerySet[Budget]) -> QuerySet[Budget]:
    return budgets.filter(rules__currency=F("contribution__currency"))
