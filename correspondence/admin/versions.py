"""The versions of a template: who wrote them, what each changed, and an earlier one written again."""

from collections.abc import Sequence
from difflib import unified_diff
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.errors import Refused
from accounts.visitors import actor_of
from correspondence.admin.places import Place, place_of
from correspondence.queries.templates import Source, Version, versions
from correspondence.verbs.templates import restore_template


def differences(old: Source, new: Source) -> list[tuple[str, str]]:
    """Return the lines that differ with those around them, each after its sign: "-", "+", " ", or "@" for a gap."""
    before, after = ([source.subject, "", *source.body.splitlines()] for source in (old, new))
    lines = list(unified_diff(before, after, lineterm="", n=1))[2:]
    return [(line[0], "" if line.startswith("@") else line[1:]) for line in lines][1:]


class VersionPages:
    """All versions of one template, and each by itself; an earlier one is written again in two steps."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def every(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """List the versions, the one in force first."""
        place = place_of(kind, language)
        context = self.model_admin.context(request)
        values = {"title": _("Versions"), "subtitle": str(place), "place": place, "versions": versions(kind, language)}
        return TemplateResponse(request, "admin/letter_versions.html", context | values)

    def one(self, request: HttpRequest, kind: str, language: str, version: int) -> HttpResponse:
        """Show a version; the first POST asks whether to write it again, the second does."""
        place = place_of(kind, language)
        context = self.model_admin.context(request)
        all_versions = versions(kind, language)
        shown = next((each for each in all_versions if each.source.version == version), None)
        if shown is None:
            raise Http404
        if request.method == "POST" and "confirm" in request.POST:
            return self._restore(request, place, version)
        values = _asked(all_versions, shown) if request.method == "POST" else _shown(all_versions, shown)
        name = _("Version %(number)d") % {"number": version} if version else _("As shipped")
        context |= {"title": name, "subtitle": str(place), "place": place, "version": version, **values}
        return TemplateResponse(request, "admin/letter_version.html", context)

    def _restore(self, request: HttpRequest, place: Place, version: int) -> HttpResponse:
        address = reverse("admin:correspondence_lettertemplate_versions", args=[place.kind, place.language])
        based_on = request.POST.get("based_on", "")
        try:
            written = restore_template(
                place.kind,
                place.language,
                version,
                based_on=int(based_on) if based_on.isdecimal() else -1,
                by=actor_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            told = _("Version %(number)d is in force: letters are written from it from now on.")
            messages.success(request, told % {"number": written.version})
        return HttpResponseRedirect(address)


def _shown(all_versions: Sequence[Version], shown: Version) -> dict[str, object]:
    """Return a version for reading, with what it changed in the one before it."""
    before = next((each for each in all_versions if each.source.version == shown.source.version - 1), None)
    return {
        "source": shown.source,
        "in_force": all_versions[0].source,
        "told": ngettext(
            "%(count)d letter was written from this text.",
            "%(count)d letters were written from this text.",
            shown.letters,
        )
        % {"count": shown.letters},
        "differences": differences(before.source, shown.source) if before is not None else [],
    }


def _asked(all_versions: Sequence[Version], shown: Version) -> dict[str, object]:
    """Return what writing a version again would change."""
    in_force = all_versions[0].source
    number = in_force.version + 1
    consequence = _(
        "The text of this version is put in force once more, as version %(number)d. Letters written until now keep theirs."
    )
    return {
        "sure": True,
        "in_force": in_force,
        "consequence": consequence % {"number": number},
        "button": _("Write it as version %(number)d") % {"number": number},
        "differences": differences(in_force, shown.source),
    }
