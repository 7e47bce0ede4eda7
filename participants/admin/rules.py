"""The page of a call's rules of selection, with the budgets and the locks that every proposal keeps."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.admin.displays import DONE, OFF, moment, pill
from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from accounts.visitors import actor_of
from participants.admin.rule_forms import BudgetForm, RulesForm, budget_answers, named, rules_answers
from participants.models import Budget, Call, Lock
from participants.models.nominations import Sector
from participants.models.rules import LockVerdict
from participants.queries import budgets, rules
from participants.queries.budgets import budgets_of
from participants.queries.locks import locks_of
from participants.queries.notifications import names_of_lists
from participants.queries.selections import approved
from participants.verbs.budgets import add_budget, change_budget, remove_budget
from participants.verbs.rules import given_in, set_rules, usual_rules
from workshops.models import Contribution


class RulesPages:
    """The pages below a call: its rules, and each of its budgets. GET changes nothing."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def urls(self) -> list[URLPattern]:
        """Return the addresses of the pages."""
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "rules": ("rules/", self.rules_page),
            "budget_add": ("budgets/add/", self.add_page),
            "budget_change": ("budgets/<uuid:budget>/", self.change_page),
            "budget_remove": ("budgets/<uuid:budget>/remove/", self.remove_page),
        }
        view = self.model_admin.admin_site.admin_view
        return [
            path(f"<uuid:key>/{rest}", view(page), name=f"participants_call_{name}")
            for name, (rest, page) in pages.items()
        ]

    def rules_page(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Show the rules with budgets and locks, or set them."""
        call = self._call(request, key)
        there = rules.rules_of(call)
        start = rules_answers(usual_rules(call) if there is None else given_in(there))
        form = RulesForm(call, request.POST if request.method == "POST" else None, initial=start)
        if request.method == "POST" and form.is_valid():
            try:
                set_rules(call, form.said(), by=actor_of(request), at=timezone.now())
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("The rules of selection are set."))
                return _to_rules(call)
        zone = call.workshop.zone
        lists = {
            "rules": there,
            "decided": approved(call) is not None,
            "budgets": _shown(list(budgets_of(call))),
            "locks": [(each, _verdict(each), moment(each.set_at, zone)) for each in locks_of(call)],
        }
        return self._show(request, "admin/rules.html", call, form, title=_("Rules of selection"), **lists)

    def add_page(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Let a contribution pay at the workshop."""
        call = self._call(request, key)
        there = rules.rules_of(call)
        if there is None:
            messages.warning(request, _("Set the rules first: budgets are in their currency."))
            return _to_rules(call)
        form = BudgetForm(call, None, request.POST if request.method == "POST" else None)
        return self._written(request, call, form, lambda **how: add_budget(there, **how), _("Add a budget"))

    def change_page(self, request: HttpRequest, key: UUID, budget: UUID) -> HttpResponse:
        """Say anew what a budget pays for."""
        call = self._call(request, key)
        row = self._budget(request, call, budget)
        given = request.POST if request.method == "POST" else None
        form = BudgetForm(call, row, given, initial=budget_answers(row))
        title = _("Change a budget: %(payer)s") % {"payer": named(row.contribution)}
        return self._written(request, call, form, lambda **how: change_budget(row, **how), title)

    def remove_page(self, request: HttpRequest, key: UUID, budget: UUID) -> HttpResponse:
        """Ask, then remove a budget."""
        call = self._call(request, key)
        row = self._budget(request, call, budget)
        title = _("Remove a budget: %(payer)s") % {"payer": named(row.contribution)}
        form = forms.Form(request.POST if request.method == "POST" else None)
        note = _("The contribution no longer pays at this workshop; what it held is free for others.")
        more = {"note": note, "button": _("Remove the budget"), "grave": True}
        return self._written(request, call, form, lambda **how: remove_budget(row, **how), title, **more)

    def _written(
        self,
        request: HttpRequest,
        call: Call,
        form: forms.Form,
        verb: Callable[..., object],
        title: str,
        **more: Any,
    ) -> HttpResponse:
        """Call the verb with what was typed and lead back to the rules, or show the form."""
        if request.method == "POST" and form.is_valid():
            try:
                verb(**form.cleaned_data, by=actor_of(request), at=timezone.now())
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The budgets are changed."))
                return _to_rules(call)
        return self._show(request, "admin/budget.html", call, form, title=title, **more)

    def _show(self, request: HttpRequest, template: str, call: Call, form: forms.Form, **more: Any) -> HttpResponse:
        site, opts = self.model_admin.admin_site, self.model_admin.opts
        context = {**site.each_context(request), "opts": opts, "call": call, "form": form, **more}
        return TemplateResponse(request, template, context, status=422 if form.errors else 200)

    def _call(self, request: HttpRequest, key: UUID) -> Call:
        rows = self.model_admin.get_queryset(request).select_related("workshop__programme")
        call: Call | None = rows.filter(pk=key).first()
        if call is None or not self.model_admin.has_view_permission(request, call):
            raise Http404
        return call

    def _budget(self, request: HttpRequest, call: Call, key: UUID) -> Budget:
        seen = budgets.visible_to(request.user).filter(rules__call=call, pk=key)
        row = seen.select_related("rules__call", "contribution__donor").first()
        if row is None:
            raise Http404
        return row


def _to_rules(call: Call) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:participants_call_rules", args=[call.pk]))


def _shown(found: Sequence[Budget]) -> list[tuple[Budget, str, str]]:
    """Return budgets with who pays and the earmark in words."""
    language = (get_language() or "en").split("-")[0]
    slugs = sorted({slug for budget in found for slug in budget.lists})
    names = dict(zip(slugs, names_of_lists(slugs, language), strict=True))
    return [(budget, _payer(budget.contribution), _earmark(budget, names)) for budget in found]


def _payer(contribution: Contribution) -> str:
    return f"{contribution.donor} – {contribution.fund}" if contribution.fund else str(contribution.donor)


def _earmark(budget: Budget, names: Mapping[str, str]) -> str:
    only = [
        *(names[slug] for slug in budget.lists),
        *map(str, budget.parties.all()),
        *(str(Sector(each).label) for each in budget.sectors),
    ]
    return ", ".join(only) or _("open")


def _verdict(lock: Lock) -> str:
    return pill(lock.get_verdict_display(), DONE if lock.verdict == LockVerdict.IN else OFF)
