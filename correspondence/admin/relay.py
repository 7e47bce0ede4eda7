"""The mail server's page: whether letters go out, and the switch that holds them all back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.visitors import actor_of
from correspondence.models import Relay
from correspondence.queries.messages import due
from correspondence.verbs.relay import start_mail, stop_mail


class RelayPage:
    """GET shows how the mail server is; POST stops or starts all mail."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        at = timezone.now()
        if request.method == "POST":
            if "stop" in request.POST:
                stop_mail(by=actor_of(request), at=at)
                messages.success(request, _("All mail is stopped; letters wait until you start it again."))
            elif "start" in request.POST:
                start_mail(by=actor_of(request), at=at)
                messages.success(request, _("Mail goes out again."))
            return HttpResponseRedirect(reverse("admin:correspondence_message_relay"))
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Mail server"),
            "opts": self.model_admin.opts,
            "relay": Relay.objects.select_related("stopped_by").first(),
            "waiting": due(at).count(),
        }
        return TemplateResponse(request, "admin/relay.html", context)
