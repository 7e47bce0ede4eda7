"""The stages of registration: one page each, saved one by one, left and found again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refused
from accounts.portal.forms import show_refusal
from participants.models import Registration
from participants.models.asked import Asking
from participants.models.invitations import InvitationState
from participants.models.registrations import RegistrationStage, RegistrationState
from participants.portal.document_forms import DocumentsForm, told_before
from participants.portal.forms import posted
from participants.portal.invited import Invited, ask_code, invited
from participants.portal.question_forms import QuestionsForm
from participants.portal.registration_forms import (
    ConsentsForm,
    ContactForm,
    IdentityForm,
    JourneyForm,
    LanguagesForm,
    NeedsForm,
    PhotoForm,
    StageForm,
    StayForm,
)
from participants.queries.asked import asking, closed, passport_days, saved
from participants.queries.registration_answers import given, questions_of
from participants.queries.registrations import of_invitation
from participants.queries.travel_documents import warnings
from participants.queries.visas import rule_for
from participants.verbs.disclosures import open_documents, open_emergency_contact, open_needs, open_photo
from participants.verbs.registrations import complete as complete_verb
from participants.verbs.registrations import leave_stage

SEALED = frozenset(
    {RegistrationStage.DOCUMENT, RegistrationStage.NEEDS, RegistrationStage.EMERGENCY, RegistrationStage.QUESTIONS}
)
FORMS: Mapping[RegistrationStage, type[StageForm]] = {
    RegistrationStage.IDENTITY: IdentityForm,
    RegistrationStage.DOCUMENT: DocumentsForm,
    RegistrationStage.TRAVEL: JourneyForm,
    RegistrationStage.STAY: StayForm,
    RegistrationStage.NEEDS: NeedsForm,
    RegistrationStage.EMERGENCY: ContactForm,
    RegistrationStage.LANGUAGES: LanguagesForm,
    RegistrationStage.PHOTO: PhotoForm,
    RegistrationStage.CONSENTS: ConsentsForm,
}


class Step(NamedTuple):
    """A stage as the list shows it: where its page is, whether it was saved, and whether it may be left empty."""

    stage: RegistrationStage
    path: str
    done: bool
    needed: bool


def steps_of(door: Invited, registration: Registration | None) -> list[Step]:
    """Return the stages that the workshop asks for, in their order."""
    done = saved(registration) if registration is not None else set()
    return [
        Step(stage, door.page("register", stage=stage.value), stage in done, how == Asking.NEEDED)
        for stage, how in asking(door.invitation.nomination.call.workshop).items()
        if how != Asking.OFF
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@invited
def register(request: HttpRequest, door: Invited, stage: str) -> HttpResponse:
    """Show one stage and save it; then go on to the next that is open, or back to the invitation."""
    registration = of_invitation(door.invitation)
    steps = steps_of(door, registration)
    here = _step(steps, stage)
    over = request.method != "POST" and closed(door.invitation.nomination.call.workshop, timezone.now())
    if over or door.invitation.state != InvitationState.ACCEPTED:
        return redirect(door.here)
    if here.stage in SEALED and not door.fresh:
        return ask_code(request, door.invitation, onward=_by_session(door, here.stage))
    if request.method == "POST" and request.POST.get("then") == "leave":
        return _left(request, door, here)
    form = _form(request, door, here.stage, registration)
    if form.is_bound and form.is_valid() and _stored(request, door, form):
        messages.success(request, _("Saved."))
        _warn(request, door, here)
        return redirect(_onward(request, door))
    return _shown(request, door, steps, here, form, registration)


def _step(steps: list[Step], stage: str) -> Step:
    found = next((each for each in steps if each.stage == stage), None)
    if found is None:
        raise Http404
    return found


def _stored(request: HttpRequest, door: Invited, form: StageForm) -> bool:
    """Save a stage; not while answers opened questions that were not on the page yet, nor when the verb refuses."""
    if isinstance(form, QuestionsForm) and form.opened():
        messages.info(request, _("Your answers lead to further questions."))
        return False
    try:
        form.store(door.invitation, by=door.actor, at=timezone.now())
    except Refused as refused:
        show_refusal(form, refused)
        return False
    return True


def _warn(request: HttpRequest, door: Invited, here: Step) -> None:
    """Say what is to be said of the document on the page that follows, where it can still be put right."""
    registration = of_invitation(door.invitation) if here.stage == RegistrationStage.DOCUMENT else None
    for sentence in warnings(registration) if registration is not None else ():
        messages.warning(request, sentence)


def _by_session(door: Invited, stage: RegistrationStage) -> str:
    inside = Invited(door.invitation, door.actor, door.fresh, {"key": door.invitation.pk})
    return inside.page("register", stage=stage.value)


def _left(request: HttpRequest, door: Invited, here: Step) -> HttpResponse:
    try:
        leave_stage(door.invitation, here.stage, by=door.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(here.path)
    return redirect(_onward(request, door))


def _onward(request: HttpRequest, door: Invited) -> str:
    """Return the page to go to after a stage: the next that is not saved, then all that was told, unless one goes on later."""
    if request.POST.get("then") != "later":
        registration = of_invitation(door.invitation)
        steps = steps_of(door, registration)
        following = next((each for each in steps if not each.done), None)
        if following is not None:
            return following.path
        if registration is not None and registration.state == RegistrationState.BEGUN:
            return door.page("told")
    return f"{door.here}#registration"


def _shown(
    request: HttpRequest,
    door: Invited,
    steps: list[Step],
    here: Step,
    form: StageForm,
    registration: Registration | None,
) -> HttpResponse:
    workshop = door.invitation.nomination.call.workshop
    documents = here.stage == RegistrationStage.DOCUMENT and registration is not None
    context: dict[str, Any] = {
        "invitation": door.invitation,
        "nomination": door.invitation.nomination,
        "workshop": workshop,
        "practice": workshop.programme.rehearsal_of_id,
        "door": door,
        "steps": steps,
        "step": here,
        "place": steps.index(here) + 1,
        "form": form,
        "warnings": warnings(registration) if documents and registration is not None else [],
        "rule": rule_for(registration) if documents and registration is not None else None,
        "passport_days": passport_days(workshop) if here.stage == RegistrationStage.DOCUMENT else 0,
        "photo": registration is not None and registration.photo_id and here.stage == RegistrationStage.PHOTO,
    }
    name = "my/register_document.html" if isinstance(form, DocumentsForm) else "my/register.html"
    return render(request, name, context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, door: Invited, stage: RegistrationStage, registration: Registration | None
) -> StageForm:
    data = posted(request)
    if stage == RegistrationStage.QUESTIONS:
        questions = questions_of(door.invitation.nomination.call.workshop)
        return QuestionsForm(*data, questions=questions, answers=given(registration) if registration else {})
    kept = {"kept": _kept(stage, registration)} if registration is not None else {}
    start = kept if request.method == "POST" else {**start_of(door, stage, registration, timezone.now()), **kept}
    return FORMS[stage](*data, initial=start)


def _kept(stage: RegistrationStage, row: Registration) -> bool:
    """Whether there is a file that a form may take away."""
    if stage == RegistrationStage.DOCUMENT:
        return row.travel_documents.filter(position=1, scan__isnull=False).exists()
    return row.photo_id is not None


def start_of(door: Invited, stage: RegistrationStage, row: Registration | None, at: datetime) -> dict[str, Any]:
    """Return what a stage's form starts from: what was told before, else the names of the nomination."""
    if row is None:
        person = door.invitation.nomination.person
        return {"badge_name": person.name, "passport_name": person.passport_name, "letters": person.language}
    plain = {name: getattr(row, name) for name in IdentityForm.base_fields}
    starts: Mapping[RegistrationStage, Callable[[], dict[str, Any]]] = {
        RegistrationStage.IDENTITY: lambda: plain,
        RegistrationStage.DOCUMENT: lambda: told_before(*open_documents(row, by=door.actor, at=at)),
        RegistrationStage.TRAVEL: lambda: (
            _told(JourneyForm, getattr(row, "journey", None))
            | {"arrives_on": row.arrives_on, "leaves_on": row.leaves_on}
        ),
        RegistrationStage.STAY: lambda: _told(StayForm, getattr(row, "stay", None)),
        RegistrationStage.NEEDS: lambda: _told(NeedsForm, open_needs(row, by=door.actor, at=at)),
        RegistrationStage.EMERGENCY: lambda: _told(ContactForm, open_emergency_contact(row, by=door.actor, at=at)),
        RegistrationStage.LANGUAGES: lambda: {
            "speaks": row.speaks,
            "other": row.other_languages,
            "letters": door.invitation.nomination.person.language,
        },
        RegistrationStage.PHOTO: dict,
        RegistrationStage.CONSENTS: lambda: {name: getattr(row, name) for name in ConsentsForm.base_fields},
    }
    return starts[stage]()


def _told(form: type[StageForm], row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)} if row is not None else {}


@require_POST
@invited
def complete(request: HttpRequest, door: Invited) -> HttpResponse:
    """Say that all is told; what is still needed is named."""
    try:
        complete_verb(door.invitation, by=door.actor, at=timezone.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("You are registered."))
    return redirect(f"{door.here}#registration")


@require_safe
@invited
def photo(request: HttpRequest, door: Invited) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """Show the photo to its own person."""
    registration = of_invitation(door.invitation)
    if registration is None or registration.photo is None:
        raise Http404
    return HttpResponse(open_photo(registration, by=door.actor), content_type="image/jpeg")
