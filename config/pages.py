"""Pages of no app in particular: the language, signing in, the demo's mail, the style guide."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from accounts.portal.sign_in import SignIn, SignOut
from correspondence.page import blocks
from correspondence.portal.mailbox import mail_detail, mail_list
from correspondence.queries.letters import known_language
from correspondence.queries.templates import shipped
from participants.models.nominations import NominationState
from participants.portal.forms import NominationForm
from workshops.models.workshops import WorkshopStage


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component once, in demo mode only."""
    if not settings.DEMO:
        raise Http404
    messages.success(request, _("Nomination ANNEX2-AMM-014 received."))
    letter = shipped("submission-returned", known_language(get_language() or ""))
    context = {
        "trail": [("/", _("Programmes"))],
        "stages": [SimpleNamespace(stage=stage) for stage in ("called", "reported", "cancelled")],
        "all_stages": WorkshopStage.choices,
        "states": NominationState.choices,
        "figures": [(_("nominations"), 112), (_("Parties answered"), "38 / 43"), (_("women"), "47 %")],
        "chips": [("?", _("All"), True), ("?state=open", _("Open"), False), ("?state=late", _("Late"), False)],
        "form": NominationForm({"name": "", "email": "not an address"}, ranks=[1, 2]),
        "events": [
            ("2014-01-06", _("The call was opened; 86 letters went out.")),
            ("2014-02-28", _("The call was closed.")),
        ],
        "letter": {"subject": letter.subject, "blocks": blocks(letter.body)},
    }
    return render(request, "styleguide.html", context)


urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("my/sign-in/", SignIn.as_view(), name="sign_in"),
    path("my/sign-out/", SignOut.as_view(), name="sign_out"),
    path("mail/", mail_list, name="mail"),
    path("mail/<str:file>/<int:place>/", mail_detail, name="mail_detail"),
    path("styleguide/", styleguide, name="styleguide"),
]
