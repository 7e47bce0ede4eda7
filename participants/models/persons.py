"""A record about somebody: one display name, one passport name, and never a forced first and last name."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import uuid7
from participants.models.organizations import Organization
from workshops.models import Programme


class Gender(models.TextChoices):
    """As stated by the person or the letter; never guessed from a title or a name (edge case E07)."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another")
    UNKNOWN = "unknown", _("Not stated")


class Person(models.Model):
    """Somebody the secretariat writes to.

    ``name`` is the name as written, in any script and with one word or many; ``passport_name`` the Latin form of the travel
    document where it differs; ``sort_key`` overrides the place in lists. ``search_text`` is made by the verbs from all of
    them, and ``match_key`` what their spelling has in common with others' (see ``participants.queries.duplicates``). A row
    with ``rehearsal`` is synthetic, made for that practice programme alone; one with ``erased_at`` has lost all that told who it
    was and stays for the counts. A row with ``merged_into`` is kept for the way
    back: everything that was said of it stands with the other row now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    passport_name = models.CharField(_("name as in the passport"), max_length=200, blank=True)
    sort_key = models.CharField(_("sorts as"), max_length=200, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    match_key = models.CharField(max_length=200, editable=False, blank=True, db_index=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender, default=Gender.UNKNOWN)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True, db_index=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        related_name="people",
        on_delete=models.SET_NULL,
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        related_name="person",
        on_delete=models.SET_NULL,
    )
    rehearsal = models.ForeignKey(
        Programme,
        verbose_name=_("synthetic, made for"),
        null=True,
        blank=True,
        related_name="people",
        on_delete=models.CASCADE,
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("the same as"),
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        on_delete=models.PROTECT,
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_name"),
            models.CheckConstraint(condition=models.Q(gender__in=Gender.values), name="person_gender_known"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="person_merged_into_another",
            ),
        ]
        indexes = [
            # Addresses are found whatever their case: many at once by the first, one by the second (PostgreSQL's iexact).
            models.Index(Lower("email"), name="person_email_lower"),
            models.Index(Upper("email"), name="person_email_upper"),
        ]

    def __str__(self) -> str:
        return self.name
