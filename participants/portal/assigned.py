"""The pages of a host's liaison and of finance: who comes to the workshops they work for, and what it costs."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.models.users import Role
from accounts.visitors import actor_of, visitor
from participants.portal.links import keep_private
from participants.portal.sealed import LABELS, parts_of
from participants.queries.assigned import assigned_to, coming_to, paid_at
from participants.queries.sealed import Sealed, may_open
from workshops.models import Workshop

View = Callable[..., HttpResponse]


def at_work(view: View) -> View:
    """Give a view the signed-in liaison or member of finance; for others there is no such page (404)."""

    @wraps(view)
    @login_required(login_url="sign_in")
    def opened(request: HttpRequest, **rest: object) -> HttpResponse:
        user = visitor(request)
        if not isinstance(user, User) or user.role not in (Role.LIAISON, Role.FINANCE):
            raise Http404
        return keep_private(view(request, user, **rest))

    return opened


def _workshop(user: User, slug: str) -> Workshop:
    found = assigned_to(user).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@require_safe
@at_work
def workshops(request: HttpRequest, user: User) -> HttpResponse:
    """List the workshops the reader works for."""
    return render(request, "my/assigned.html", {"workshops": assigned_to(user)})


@require_safe
@at_work
def workshop(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Show a liaison who comes, when and where they sleep; finance what each journey costs and who pays."""
    row = _workshop(user, slug)
    context = {
        "workshop": row,
        "practice": row.programme.rehearsal_of_id,
        "people": coming_to(row) if user.role == Role.LIAISON else None,
        "entries": paid_at(row) if user.role == Role.FINANCE else None,
        "sealed": [(what.value, LABELS[what]) for what in Sealed if may_open(user, what, row)],
    }
    return render(request, "my/assigned_workshop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_work
def sealed(request: HttpRequest, user: User, slug: str, key: UUID, what: str) -> HttpResponse:
    """Say that opening is logged, then open what is sealed of one person."""
    row = _workshop(user, slug)
    registration = coming_to(row).filter(pk=key).first()
    if registration is None or what not in list(Sealed) or not may_open(user, Sealed(what), row):
        raise Http404
    context = {
        "workshop": row,
        "practice": row.programme.rehearsal_of_id,
        "registration": registration,
        "label": LABELS[Sealed(what)],
        "parts": parts_of(registration, Sealed(what), by=actor_of(request), at=timezone.now())
        if request.method == "POST"
        else None,
    }
    return render(request, "my/assigned_sealed.html", context)
