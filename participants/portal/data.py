"""What the planner holds of the person who looks: in plain words, as a file, and the way to have it erased."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refused
from accounts.visitors import actor_of
from participants.models import Nomination, Person
from participants.portal.links import keep_private
from participants.queries.erasures import hindrance
from participants.queries.persons import person_of
from participants.verbs.disclosed_persons import export_person
from participants.verbs.erasures import erase_person

View = Callable[..., HttpResponse]


def own_data(view: View) -> View:
    """Give a view the person that the signed-in user is; who is none has no such page (404)."""

    @wraps(view)
    @login_required(login_url="sign_in")
    def opened(request: HttpRequest) -> HttpResponse:
        person = person_of(actor_of(request))
        if person is None:
            raise Http404
        return keep_private(view(request, person))

    return opened


@require_safe
@own_data
def data(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what is held, and whether erasing is possible now."""
    context = {
        "person": person,
        "nominations": Nomination.objects.filter(person=person).select_related("call__workshop"),
        "hindrance": hindrance(person, timezone.now()),
    }
    return render(request, "my/data.html", context)


@require_POST
@own_data
def take_out(request: HttpRequest, person: Person) -> HttpResponse:
    """Hand out everything as one file; each time is logged."""
    packed = export_person(person, by=actor_of(request), at=timezone.now())
    response = HttpResponse(packed, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@own_data
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask once more, naming what will be lost; then erase and leave."""
    if request.method == "POST":
        try:
            erase_person(person, by=actor_of(request), at=timezone.now())
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("my_data")
        logout(request)
        messages.success(request, _("You are erased. Nothing here tells of you any more."))
        return redirect("home")
    return render(request, "my/erase.html", {"person": person, "here": reverse("my_data")})
