"""What a workshop asks of those who accepted: stages, terms, the organizers' own questions, and what the host asks of visas."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import OrganizerAdmin
from accounts.texts import UN_LANGUAGES
from participants.models import AskedStage, RegistrationQuestion, RegistrationTerms, VisaRule
from participants.models.asked import AnswerKind
from participants.queries.registration_answers import options_of
from workshops.admin.names import NamedAdmin

KEY_LIMIT = 40


class OptionsField(forms.CharField):
    """The choices of a question, one a line: English, then other languages as ``fr: …``, parted by ``|``.

    The key that an answer is kept under follows from the English text, and stays when a translation is added.
    """

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """Write stored choices as lines."""
        if not isinstance(value, list):
            return value
        return "\n".join(" | ".join(_texts(option["label"])) for option in value)

    def to_python(self, value: Any) -> Any:
        """Return the choices of the lines."""
        text = super().to_python(value)
        found = [_option(line) for line in str(text).splitlines() if line.strip()]
        if len({option["key"] for option in found}) < len(found):
            raise ValidationError(_("Two choices are called the same."))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines say something else."""
        return str(self.prepare_value(initial) or "").split() != str(data or "").split()


def _texts(label: dict[str, str]) -> list[str]:
    english = label.get("en", "")
    return [english, *(f"{code}: {text}" for code, text in label.items() if code != "en")]


def _option(line: str) -> dict[str, Any]:
    english, *others = (part.strip() for part in line.split("|"))
    label = {"en": english}
    for other in others:
        code, _colon, text = other.partition(":")
        if code.strip() not in UN_LANGUAGES or not text.strip():
            raise ValidationError(_("“%(part)s” names no language; write it like fr: Oui."), params={"part": other})
        label[code.strip()] = text.strip()
    key = slugify(english, allow_unicode=True)[:KEY_LIMIT]
    if not key:
        raise ValidationError(_("Write the English text of each choice first."))
    return {"key": key, "label": label}


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A question with its choices and its condition."""

    options = OptionsField(
        label=_("choices"),
        required=False,
        help_text=_("One a line, in English; other languages behind it: Vegetarian | fr: Végétarien | es: Vegetariano"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "options" in self.fields:
            self.fields["options"].label = capfirst(_("choices"))

    def clean(self) -> dict[str, Any]:
        """Hold the choices and the condition against the kind of answer."""
        told: dict[str, Any] = super().clean() or {}
        choices = told.get("kind") in (AnswerKind.CHOICE, AnswerKind.CHOICES)
        if choices and not told.get("options"):
            self.add_error("options", _("Write the choices."))
        if not choices:
            told["options"] = []
        self._check_condition(told)
        return told

    def _check_condition(self, told: dict[str, Any]) -> None:
        asked, value = told.get("depends_on"), told.get("depends_value", "")
        if asked is None:
            if value:
                self.add_error("depends_value", _("Choose the question that this answer belongs to."))
            return
        if asked.workshop_id != getattr(told.get("workshop"), "pk", None) or asked.pk == self.instance.pk:
            self.add_error("depends_on", _("Choose another question of the same workshop."))
        elif _leads_to(asked, self.instance):
            self.add_error("depends_on", _("That question depends on this one."))
        elif value not in options_of(asked):
            known = ", ".join(options_of(asked)) or "–"
            self.add_error("depends_value", _("The answers are: %(known)s.") % {"known": known})


def _leads_to(question: RegistrationQuestion, wanted: RegistrationQuestion) -> bool:
    """Whether a question depends on another one, directly or through others."""
    seen: set[Any] = set()
    current: RegistrationQuestion | None = question
    while current is not None and current.pk not in seen:
        if current.depends_on_id == wanted.pk:
            return True
        seen.add(current.pk)
        current = current.depends_on
    return False


@admin.register(RegistrationQuestion)
class RegistrationQuestionAdmin(NamedAdmin, OrganizerAdmin):
    """The organizers' own questions; one that has answers is closed instead of deleted."""

    form = QuestionForm
    texts = ("label", "help")
    list_display = ("__str__", "workshop", "position", "kind", "needed", "sensitive", "depends_on", "closed_at")
    list_filter = ("workshop", "kind", "needed", "sensitive", ("closed_at", admin.EmptyFieldListFilter))
    autocomplete_fields = ("workshop", "depends_on")
    search_fields = ("label",)
    list_select_related = ("workshop", "depends_on")
    fields = (
        "workshop", "position", "kind", "label", "help", "options", "needed", "sensitive", "depends_on",
        "depends_value", "closed_at",
    )  # fmt: skip

    def has_delete_permission(self, request: HttpRequest, obj: RegistrationQuestion | None = None) -> bool:
        """Whether nobody has answered yet."""
        return self.allows(request) and obj is not None and not obj.answers.exists() and not obj.dependents.exists()

    def get_readonly_fields(self, request: HttpRequest, obj: RegistrationQuestion | None = None) -> tuple[str, ...]:  # noqa: ARG002
        """Keep the kind of a question that was answered: its answers are read by it."""
        return ("workshop", "kind") if obj is not None and obj.answers.exists() else ()


@admin.register(AskedStage)
class AskedStageAdmin(NamedAdmin, OrganizerAdmin):
    """How a workshop asks for a stage where that differs from the rule: only the names are needed, all else may stay empty."""

    deletable = True
    list_display = ("workshop", "stage", "asking")
    list_filter = ("workshop", "stage", "asking")
    autocomplete_fields = ("workshop",)
    list_select_related = ("workshop",)


@admin.register(RegistrationTerms)
class RegistrationTermsAdmin(NamedAdmin, OrganizerAdmin):
    """Until when people register, and for how long passports are kept after the workshop."""

    list_display = ("workshop", "closes_at", "passport_days")
    autocomplete_fields = ("workshop",)
    list_select_related = ("workshop",)


@admin.register(VisaRule)
class VisaRuleAdmin(NamedAdmin, OrganizerAdmin):
    """What the host asks of a nationality and a kind of document; the more exact rule is followed."""

    deletable = True
    list_display = ("workshop", "nationality", "kind", "need", "source")
    list_filter = ("workshop", "need", "kind")
    autocomplete_fields = ("workshop", "nationality")
    search_fields = ("nationality__search_text", "source")
    list_select_related = ("workshop", "nationality")
