"""Writing a template beside its preview: the page, the fragment htmx asks for, and the letter as PDF."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.errors import Refused
from accounts.visitors import actor_of, visitor
from correspondence.admin.places import LANGUAGE_ORDER, Place, place_of
from correspondence.admin.versions import differences
from correspondence.drafts import BODY_LIMIT, SUBJECT_LIMIT
from correspondence.enclosures import enclosed, why_unprintable
from correspondence.kinds import KINDS, PLACEHOLDERS, Form
from correspondence.queries.previews import Preview, as_message, preview
from correspondence.queries.templates import Source, current
from correspondence.samples import samples
from correspondence.verbs.templates import write_template
from documents.pdf import Undisplayable

FORMS = {
    Form.LINES: gettext_lazy("several lines"),
    Form.NUMBER: pgettext_lazy("form of a placeholder", "number"),
    Form.DAYS: gettext_lazy("days"),
    Form.MOMENT: gettext_lazy("date and time"),
    Form.LINK: pgettext_lazy("form of a placeholder", "link"),
}
PDF = "application/pdf"


class WritingForm(forms.Form):
    """Subject and text; the verb says what is wrong with them. ``workshop`` gives the preview its people and dates."""

    subject = forms.CharField(label=gettext_lazy("Subject"), required=False, strip=False)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "true"}),
    )
    workshop = forms.ChoiceField(label=gettext_lazy("Preview with the data of"), required=False)
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, place: Place, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        script = {"lang": place.language, "dir": place.direction}
        self.fields["subject"].widget.attrs |= script | {"maxlength": SUBJECT_LIMIT}
        self.fields["body"].widget.attrs |= script | {"maxlength": BODY_LIMIT}
        self.fields["workshop"].choices = [*choices, ("", _("made-up data"))]  # type: ignore[attr-defined]  # a ChoiceField

    def value(self, name: str) -> str:
        """Return what stands in a field now, valid or not."""
        return str(self[name].value() or "")


class WritingPages:
    """GET shows the text in force; POST previews what was typed, or saves it as the next version."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def write(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """Answer the page of one letter in one language."""
        place, now = place_of(kind, language), timezone.now()
        context = self.model_admin.context(request)
        in_force = current(kind, language)
        form = self._form(request, place, in_force, now)
        if request.method != "POST" or "save" not in request.POST:
            return self._show(request, context, place, in_force, form, now)
        theirs: list[tuple[str, str]] = []
        if form.is_valid() and not _add_faults(form, self._shown(request, place, form, now)):
            try:
                return self._save(request, place, form, now)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
                if refusal.code == "changed_meanwhile":
                    theirs = self._compare(place, form)
        return self._show(request, context | {"theirs": theirs}, place, in_force, form, now)

    def preview(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """Answer the letter as it stands while somebody types, as a part of the page."""
        place, now = place_of(kind, language), timezone.now()
        self.model_admin.require(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = self._form(request, place, Source("", ""), now)
        values = {"shown": self._shown(request, place, form, now), "printed": KINDS[kind].printed}
        return TemplateResponse(request, "admin/letter_preview.html", values)

    def pdf(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        """Answer what was typed as the PDF letter it would make; with faults, the page that shows them."""
        place, now = place_of(kind, language), timezone.now()
        context = self.model_admin.context(request)
        if request.method != "POST" or not KINDS[kind].printed:
            return HttpResponseNotAllowed(["POST"])
        in_force = current(kind, language)
        form = self._form(request, place, in_force, now)
        shown = self._shown(request, place, form, now)
        if not _add_faults(form, shown):
            try:
                file = next(each for each in enclosed(as_message(shown, at=now)) if each.media_type == PDF)
            except Undisplayable as error:
                form.add_error(None, why_unprintable(error.signs))
            else:
                name = content_disposition_header(as_attachment=False, filename=file.name) or "inline"
                return HttpResponse(file.data, content_type=PDF, headers={"Content-Disposition": name})
        return self._show(request, context, place, in_force, form, now)

    def _form(self, request: HttpRequest, place: Place, in_force: Source, now: datetime) -> WritingForm:
        choices = samples().choices(visitor(request), at=now)
        if request.method == "POST":
            return WritingForm(place, choices, request.POST)
        first = choices[0][0] if choices else ""
        initial = {"subject": in_force.subject, "body": in_force.body, "based_on": in_force.version}
        return WritingForm(place, choices, initial=initial | {"workshop": request.GET.get("workshop", first)})

    def _shown(self, request: HttpRequest, place: Place, form: WritingForm, now: datetime) -> Preview:
        sample = samples().facts_for(place.kind, form.value("workshop"), place.language, user=visitor(request), at=now)
        return preview(place.kind, place.language, form.value("subject"), form.value("body"), sample)

    def _save(self, request: HttpRequest, place: Place, form: WritingForm, now: datetime) -> HttpResponse:
        typed = form.cleaned_data
        written = write_template(
            place.kind,
            place.language,
            typed["subject"],
            typed["body"],
            based_on=typed["based_on"],
            by=actor_of(request),
            at=now,
        )
        told = _("Version %(number)d is in force: letters are written from it from now on.")
        messages.success(request, told % {"number": written.version})
        address = reverse("admin:correspondence_lettertemplate_write", args=[place.kind, place.language])
        return HttpResponseRedirect(f"{address}?workshop={typed['workshop']}")

    def _compare(self, place: Place, form: WritingForm) -> list[tuple[str, str]]:
        """Return how the other version differs from what was typed; saving once more is then based on it."""
        other = current(place.kind, place.language)
        form.data = {**form.data.dict(), "based_on": str(other.version)}  # type: ignore[attr-defined]  # a QueryDict when bound
        return differences(other, Source(form.value("subject"), form.value("body")))

    def _show(
        self,
        request: HttpRequest,
        context: Mapping[str, Any],
        place: Place,
        in_force: Source,
        form: WritingForm,
        now: datetime,
    ) -> HttpResponse:
        values = {
            "title": str(place),
            "place": place,
            "writing": True,
            "others": [Place(place.kind, code) for code in LANGUAGE_ORDER],
            "standing": _standing(in_force),
            "form": form,
            "written": [form["subject"], form["body"]],
            "placeholders": list(_placeholders(place.kind)),
            "printed": KINDS[place.kind].printed,
            "shown": self._shown(request, place, form, now),
            "button": _("Save as version %(number)d") % {"number": in_force.version + 1},
        }
        status = 422 if form.is_bound and form.errors else 200
        return TemplateResponse(request, "admin/letter_write.html", {**context, **values}, status=status)


def _add_faults(form: WritingForm, shown: Preview) -> bool:
    """Put what is wrong with the draft beside its fields; whether there was anything."""
    for fault in shown.faults:
        form.add_error(fault.field, str(fault))
    return bool(shown.faults)


def _standing(in_force: Source) -> str:
    if in_force.version == 0:
        return _("In force is the text shipped with the planner.")
    return _("In force is version %(number)d.") % {"number": in_force.version}


def _placeholders(kind: str) -> Iterator[dict[str, object]]:
    """Yield what may stand for a fact: the mark, its form where it is no line of text, and whether the subject takes it."""
    for name, form in KINDS[kind].placeholders.items():
        yield {
            "mark": f"{{{name}}}",
            "label": PLACEHOLDERS[name][1],
            "form": FORMS.get(form, ""),
            "subject": form not in {Form.LINES, Form.LINK},
        }
