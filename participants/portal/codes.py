"""Signing in without a password: ask for a code, enter it, say who one is where a mailbox is shared."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.portal.forms import PageForm, show_refusal
from accounts.portal.sign_in import CodeAddressForm
from accounts.visitors import address_of
from participants.models import Person, SignInCode
from participants.portal.links import keep_private
from participants.queries.codes import may_sign_in
from participants.queries.focal_points import standing
from participants.verbs.codes import GOOD_FOR, redeem_code, resend_code, send_code, sign_in

HOURS = 12  # a session that a code opened; a mailbox is open to more people than a password is known to
CODE, REDEEMED, NEXT = "code", "code_redeemed", "code_next"  # what the session of the browser that asks keeps
BACKEND = "django.contrib.auth.backends.ModelBackend"
View = Callable[..., HttpResponse]


class CodeForm(PageForm):
    """The code as it stands in the letter."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        help_text=gettext_lazy("Eight digits, from the newest letter."),
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
                "class": "form-control code-input",
            }
        ),
    )


def _at_the_door(view: View) -> View:
    """Lead who is inside already to the own page, and keep the others' pages private."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        return keep_private(redirect("my") if request.user.is_authenticated else view(request))

    return opened


def _asked(request: HttpRequest) -> SignInCode | None:
    """Return the code this browser asked for last: no other browser can give it back."""
    key = request.session.get(CODE)
    return SignInCode.objects.filter(pk=key).first() if key else None


def _hold(request: HttpRequest, code: SignInCode) -> HttpResponse:
    request.session[CODE] = str(code.pk)
    request.session.pop(REDEEMED, None)
    return redirect("code_sign_in")


@require_http_methods(["GET", "HEAD", "POST"])
@_at_the_door
def send(request: HttpRequest) -> HttpResponse:
    """Mail a code to an address, and go on to the page that asks for it, whether anybody has that address or not."""
    form = CodeAddressForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                code = send_code(form.cleaned_data["address"], at=timezone.now(), network=address_of(request))
            except Refused as refused:
                show_refusal(form, refused)
                status = max(status, refused.status)
            else:
                request.session[NEXT] = form.cleaned_data["next"]
                return _hold(request, code)
    return render(request, "my/code_ask.html", {"form": form}, status=status)


@require_POST
@_at_the_door
def send_again(request: HttpRequest) -> HttpResponse:
    """Mail another code to the same address; the one before is not good here any more."""
    code = _asked(request)
    if code is None:
        return redirect("send_code")
    try:
        code = resend_code(code, at=timezone.now(), network=address_of(request))
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("code_sign_in")
    messages.success(request, _("Another code was asked for; only the newest is good."))
    return _hold(request, code)


@require_http_methods(["GET", "HEAD", "POST"])
@_at_the_door
def code_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the code and let in whose it is; a mailbox of several people leads to the question who one is."""
    code = _asked(request)
    if code is None:
        return redirect("send_code")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            people = redeem_code(code, form.cleaned_data["code"], at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            if len(people) == 1:
                return _enter(request, people[0])
            request.session[REDEEMED] = True
            return redirect("code_who")
    context = {"form": form, "code": code, "over": code.expires_at <= timezone.now()}
    return render(request, "my/code.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@_at_the_door
def who(request: HttpRequest) -> HttpResponse:
    """Let one of the people of a shared mailbox say who it is that signs in."""
    now, code = timezone.now(), _asked(request)
    if code is None or not request.session.get(REDEEMED) or code.used_at is None or now > code.used_at + GOOD_FOR:
        return redirect("send_code")
    people = list(may_sign_in(code.address, now.date()))
    if request.method == "POST":
        chosen = next((each for each in people if str(each.pk) == request.POST.get("person")), None)
        if chosen is None:
            raise Http404
        return _enter(request, chosen)
    return render(request, "my/code_who.html", {"people": _with_mandates(people, now)})


def _with_mandates(people: list[Person], now: datetime) -> list[tuple[Person, list[str]]]:
    """Return each person with what they are to the secretariat, for people of one name."""
    held = standing(now.date()).filter(person__in=people).select_related("party")
    rows = [(each.person_id, f"{each.party}: {each.get_kind_display()}") for each in held]
    return [(person, [words for key, words in rows if key == person.pk]) for person in people]


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    """Open a session of the person's account; what the door kept is dropped and the session gets a new key."""
    by = Actor(label=person.name, person_id=person.pk, address=address_of(request))
    try:
        user = sign_in(person, by=by, at=timezone.now())
    finally:
        for name in (CODE, REDEEMED):
            request.session.pop(name, None)
    onward = str(request.session.pop(NEXT, ""))
    login(request, user, backend=BACKEND)
    request.session.set_expiry(HOURS * 3600)
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return redirect(onward if safe else "my")
