"""Two proposals of a call laid side by side."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.admin.displays import DONE, LATE, PLAIN, pill
from participants.admin.proposals import ProposalPage, name_of, state_of
from participants.queries.comparisons import Row, levels_beside, only_in, rules_apart, shares_beside


class ComparePage(ProposalPage):
    """GET with ``a`` and ``b``, the ids of two proposals of one call, shows them beside each other."""

    template = "admin/selection_compare.html"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request for the page."""
        pair = self.find(request, _key(request, "a")), self.find(request, _key(request, "b"))
        first, second = pair
        if first.call_id != second.call_id:
            raise Http404
        if first == second:
            messages.warning(request, _("Choose two different proposals."))
            return HttpResponseRedirect(reverse("admin:participants_call_select", args=[first.call_id]))
        lefts, rights = only_in(pair)
        return self.show(
            request,
            first,
            title=_("Two proposals side by side"),
            two=[(each, name_of(each), state_of(each)) for each in pair],
            rules=rules_apart(pair),
            levels=[(row, _verdict(row)) for row in levels_beside(pair)],
            shares=shares_beside(pair),
            differ=[(name_of(first), lefts, name_of(second)), (name_of(second), rights, name_of(first))],
        )


def _verdict(row: Row) -> SafeString:
    """Return how the second stands against the first, by icon and word."""
    if row.change > 0:
        return pill(_("Better"), DONE)
    return pill(_("Worse"), LATE) if row.change < 0 else pill(_("The same"), PLAIN)


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError as error:
        raise Http404 from error
