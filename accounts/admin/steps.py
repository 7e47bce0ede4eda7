"""A step: one verb offered on rows of a list, asked for on a page that names what follows, and told with counts.

The list's menu and the buttons on a row's page start the same step. The first POST shows the page of questions, the
second, with ``confirm``, calls the verb once a row, each in a transaction of its own; a refusal on one row leaves the
others alone. Nothing happens on GET.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.visitors import actor_of

Text = str | Promise
NAMED = 20  # rows named one by one on the page of questions and in a result
LISTED_REASONS = 5


@dataclass(frozen=True)
class Told:
    """What came of a step: how many rows it was done on, and the labels of the others under each reason."""

    done: int
    skipped: Mapping[str, Sequence[str]]

    @property
    def refused(self) -> int:
        """How many rows were skipped."""
        return sum(len(labels) for labels in self.skipped.values())


@dataclass(frozen=True, eq=False)
class Step:
    """One verb as an admin action.

    ``do`` calls the verb on a row with the answers of the form, and ``by`` and ``at`` by name. ``label`` stands in the menu,
    ``button`` and ``done`` are plural texts over ``count``; ``note`` says what follows, ``grave`` that it cannot be undone;
    ``fits`` tells on which rows the step is offered (the verb has the last word); ``size`` tells how many things the button
    names, ``counts`` how many a result of the verb stands for; ``start`` gives the form's first values, and
    ``asks`` the form itself where its choices follow from the rows.
    """

    do_not_call_in_templates: ClassVar[bool] = True
    held: ClassVar[bool] = False  # whether it writes letters that are looked at before they go

    name: str
    label: Text
    button: Any
    done: Any
    do: Callable[..., object]
    grave: bool = False
    note: Callable[[Sequence[Any]], Text] | None = None
    fits: Callable[[Any], bool] = lambda _row: True
    form: type[forms.Form] = forms.Form
    asks: Callable[[Sequence[Any]], type[forms.Form]] | None = None
    size: Callable[[Sequence[Any]], int] = len
    counts: Callable[[Any], int] = lambda _result: 1
    start: Callable[[Sequence[Any], datetime], Mapping[str, Any]] = lambda _rows, _at: {}

    @property
    def __name__(self) -> str:
        return self.name

    @property
    def short_description(self) -> Text:
        """What Django's menu of actions shows."""
        return self.label

    def __call__(self, model_admin: Any, request: HttpRequest, rows: Iterable[Any]) -> HttpResponse | None:
        """Ask, or when confirmed do and tell; ``None`` leads back to the list."""
        chosen = list(rows)
        if not chosen:
            messages.warning(request, _("None of the rows chosen is in this list any more; nothing was done."))
            return None
        now = timezone.now()
        confirmed = "confirm" in request.POST
        counted = request.POST.get("counted") == str(self.size(chosen))
        questions = self.asks(chosen) if self.asks is not None else self.form
        start = dict(self.start(chosen, now))
        form = questions(request.POST, request.FILES, initial=start) if confirmed else questions(initial=start)
        if confirmed and counted and form.is_valid():
            return self.act(model_admin, request, chosen, form.cleaned_data, at=now)
        return self._ask(model_admin, request, chosen, form, changed=confirmed and not counted)

    def act(
        self, model_admin: Any, request: HttpRequest, rows: Sequence[Any], answers: Mapping[str, Any], *, at: datetime
    ) -> HttpResponse | None:
        """Do the step on the rows, tell what came of it and leave."""
        tell(request, self.done, carry_out(self, rows, answers, by=actor_of(request), at=at))
        return self.leave(model_admin, request, rows)

    def leave(self, model_admin: Any, request: HttpRequest, rows: Sequence[Any]) -> HttpResponse | None:
        """Lead back to the row the step was asked for on, or with ``None`` to the list."""
        if "from_row" not in request.POST:
            return None
        opts = model_admin.opts
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[rows[0].pk]))

    def _ask(
        self, model_admin: Any, request: HttpRequest, rows: Sequence[Any], form: forms.Form, *, changed: bool
    ) -> TemplateResponse:
        fitting = [row for row in rows if self.fits(row)]
        context = {
            **model_admin.admin_site.each_context(request),
            "title": self.label,
            "opts": model_admin.opts,
            "step": self,
            "form": form,
            "media": model_admin.media + form.media,
            "note": self.note(fitting) if self.note else "",
            "button": self.button % {"count": self.size(fitting)},
            "rows": fitting[:NAMED],
            "more": max(0, len(fitting) - NAMED),
            "unfit": len(rows) - len(fitting),
            "counted": self.size(rows),
            "changed": changed,
            "chosen": [row.pk for row in rows] if request.POST.get("select_across") != "1" else [],
            "checkbox": ACTION_CHECKBOX_NAME,
            "across": request.POST.get("select_across") == "1",
            "from_row": "from_row" in request.POST,
        }
        return TemplateResponse(request, "admin/step.html", context)


def carry_out(
    step: Step, rows: Iterable[Any], answers: Mapping[str, Any], *, by: Actor, at: datetime, **more: object
) -> Told:
    """Call the step's verb on each row, with ``more`` by name, and collect the refusals."""
    done = 0
    skipped: dict[str, list[str]] = {}
    for row in rows:
        try:
            result = step.do(row, answers, by=by, at=at, **more)
        except Refused as refusal:
            skipped.setdefault(str(refusal), []).append(str(row))
        else:
            done += step.counts(result)
    return Told(done, skipped)


def tell(request: HttpRequest, done: Any, told: Told) -> None:
    """Tell the result with counts, and why rows were skipped."""
    if told.done or not told.refused:
        messages.success(request, done % {"count": told.done})
    if not told.refused:
        return
    head = ngettext("%(count)d skipped: %(why)s", "%(count)d skipped: %(why)s", told.refused)
    why = " ".join(_reason(sentence, labels) for sentence, labels in list(told.skipped.items())[:LISTED_REASONS])
    level = messages.WARNING if told.done else messages.ERROR
    messages.add_message(request, level, head % {"count": told.refused, "why": why})


def _reason(sentence: str, labels: Sequence[str]) -> str:
    named = ", ".join(labels[:NAMED])
    more = len(labels) - NAMED
    if more > 0:
        named += " " + _("and %(count)d more") % {"count": more}
    return f"{sentence} ({named})"
