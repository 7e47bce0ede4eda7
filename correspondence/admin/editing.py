"""The page on which a held letter is edited."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import Invalid, Refused
from accounts.visitors import actor_of
from correspondence.drafts import BODY_LIMIT, SUBJECT_LIMIT
from correspondence.models import Message
from correspondence.verbs.edits import edit_message
from documents.directions import RIGHT_TO_LEFT


class LetterForm(forms.Form):
    """Subject and text of one letter, in the direction of its language."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=SUBJECT_LIMIT, widget=forms.TextInput({"class": "vLargeTextField"})
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=BODY_LIMIT,
        strip=False,
        widget=forms.Textarea({"rows": 24}),
        help_text=gettext_lazy(
            "An empty line parts paragraphs; lines that begin with “– ” are points. {link} is the personal link."
        ),
    )

    def __init__(self, data: Any, *, letter: Message) -> None:
        super().__init__(data, initial={"subject": letter.subject, "body": letter.body})
        script = {"lang": letter.language, "dir": "rtl" if letter.language in RIGHT_TO_LEFT else "ltr"}
        for field in self.fields.values():
            field.widget.attrs |= script


class EditingPage:
    """GET shows a held letter's text; POST changes it and leads back to its mailing."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin

    def __call__(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer one request for the page of a letter."""
        letter = self.model_admin.get_queryset(request).select_related("mailing").filter(pk=key).first()
        if letter is None or letter.mailing is None:
            raise Http404
        form = LetterForm(request.POST if request.method == "POST" else None, letter=letter)
        if form.is_valid():
            try:
                edit_message(letter, **form.cleaned_data, by=actor_of(request), at=timezone.now())
            except Invalid as refusal:
                form.add_error(refusal.field or None, str(refusal))
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The letter to %(name)s is changed.") % {"name": letter.to_name})
            if form.is_valid():
                return HttpResponseRedirect(reverse("admin:correspondence_mailing_change", args=[letter.mailing_id]))
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Edit the letter"),
            "opts": self.model_admin.opts,
            "letter": letter,
            "form": form,
        }
        return TemplateResponse(request, "admin/editing.html", context)
