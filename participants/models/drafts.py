"""Nominations begun and not sent: they hold no place and bind nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from correspondence.models import StoredFile
from participants.models.calls import Call
from participants.models.nominations import DocumentKind
from participants.models.persons import Person
from workshops.models import Party


class NominationDraft(models.Model):
    """What a focal point or deputy of ``party`` has filled in so far; ``fields`` holds the form's own values as text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), related_name="drafts", on_delete=models.CASCADE)
    party = models.ForeignKey(Party, verbose_name=_("Party"), related_name="drafts", on_delete=models.PROTECT)
    author = models.ForeignKey(Person, verbose_name=_("begun by"), related_name="drafts", on_delete=models.CASCADE)
    fields = models.JSONField(_("filled in"), default=dict)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("draft of a nomination")
        verbose_name_plural = _("drafts of nominations")
        ordering = ["-saved_at", "-id"]
        indexes = [models.Index(fields=["call", "party"], name="draft_call_party")]

    def __str__(self) -> str:
        return str(self.fields.get("name", "")) or str(self.pk)


class DraftDocument(models.Model):
    """A paper uploaded to a draft; it moves to the nomination when that is sent."""

    draft = models.ForeignKey(
        NominationDraft, verbose_name=_("draft"), related_name="documents", on_delete=models.CASCADE
    )
    kind = models.CharField(_("kind"), max_length=13, choices=DocumentKind)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), related_name="draft_documents", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("paper of a draft")
        verbose_name_plural = _("papers of drafts")
        ordering = ["draft", "kind"]
        constraints = [models.UniqueConstraint(fields=["draft", "kind"], name="draft_document_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.kind}"
