"""One mapping of errors for every door: a status, a stable code, and a sentence for people."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.errors import Invalid, Refused

logger = logging.getLogger(__name__)

API_ROOT = "/api/"
WHOLE = ("non_field_errors", "__all__")

Detail = dict[str, str]


def problem(code: str, detail: str, errors: Sequence[Detail] = ()) -> dict[str, object]:
    """Return the body of every error of the API."""
    return {"code": code, "detail": detail, "errors": list(errors)}


def api_handler(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer an exception of an API view; ``None`` (a 500) is left for faults of the program alone."""
    refused = exc if isinstance(exc, Refused) else as_refused(exc)
    if refused is not None:
        return Response(refusal_body(refused), status=refused.status)
    if isinstance(exc, ValidationError):
        return Response(problem("invalid", _("Some values are not valid."), list(_model_errors(exc))), status=400)
    response = exception_handler(exc, dict(context))
    if response is None:
        return None
    response.data = _framework_body(response.data)
    return response


def refusal_body(refused: Refused) -> dict[str, object]:
    """Return the API's body for a refusal of a verb."""
    errors = [{"field": refused.field, "code": refused.code, "detail": str(refused)}] if refused.field else []
    return problem(refused.code, str(refused), errors)


def as_refused(exc: Exception) -> Refused | None:
    """Return the refusal that an exception of Django or the database amounts to, if it is the input's fault.

    The forms and serializers catch nearly all of it; what is left are values no column can hold and two requests that
    met, where the database's own constraint is the last to speak.
    """
    if isinstance(exc, RequestDataTooBig):
        return TooLarge(
            "body_too_large", _("This is more than the planner takes at once. Send less, or smaller files.")
        )
    if isinstance(exc, DataError | UnicodeEncodeError | OverflowError | SuspiciousOperation):
        logger.warning("A value reached the database that it cannot keep", exc_info=exc)
        return Invalid("value_unusable", _("A value is too long, too large, or holds characters that cannot be kept."))
    if isinstance(exc, ProtectedError):
        return Refused("still_needed", _("Other records depend on this one, so it stays."))
    if isinstance(exc, IntegrityError):
        logger.warning("A constraint of the database spoke last", exc_info=exc)
        return Refused("conflict", _("This contradicts a record that is already there. Load it again and look."))
    return None


class TooMany(Refused):
    """Too many tries (429)."""

    status = 429


class TooLarge(Invalid):
    """A body over the limit (413)."""

    status = 413


def _model_errors(exc: ValidationError) -> Iterator[Detail]:
    fields = exc.error_dict if hasattr(exc, "error_dict") else {"": exc.error_list}
    for field, errors in fields.items():
        for each in errors:
            name = "" if field in WHOLE else field
            yield {"field": name, "code": each.code or "invalid", "detail": " ".join(each.messages)}


def _framework_body(data: Any) -> dict[str, object]:
    """Return the body for an error of DRF: one sentence (``{"detail": …}``), or details by field."""
    if isinstance(data, Mapping) and isinstance(data.get("detail"), ErrorDetail):
        return problem(data["detail"].code or "error", str(data["detail"]))
    return problem("invalid", _("Some values are not valid."), list(_flat(data)))


def _flat(details: Any, path: str = "") -> Iterator[Detail]:
    """Yield the leaves of nested details; a field inside others is named by its path (``items.0.title``)."""
    if isinstance(details, ErrorDetail):
        yield {"field": path, "code": details.code or "invalid", "detail": str(details)}
        return
    named = isinstance(details, Mapping)
    for name, inner in details.items() if named else enumerate(details):
        stays = isinstance(inner, ErrorDetail) and not named
        step = "" if stays or name in WHOLE else str(name)
        yield from _flat(inner, ".".join(filter(None, (path, step))))


def error_page(request: HttpRequest, status: int, code: str, heading: str, sentence: str) -> HttpResponse:
    """Answer in the form the address speaks: JSON below ``/api/``, a page elsewhere; never kept by a cache."""
    response: HttpResponse
    if request.path_info.startswith(API_ROOT):
        response = JsonResponse(problem(code, sentence), status=status)
    else:
        context = {"status": status, "heading": heading, "sentence": sentence, "code": code}
        response = render(request, "error.html", context, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer with a refusal that no page showed beside its field."""
    headings = {
        400: _("This cannot be used as it is"),
        403: _("This is not yours to do"),
        404: _("There is nothing here"),
        409: _("This step is not possible now"),
        410: _("This link has ended"),
        413: _("This is too large"),
        414: _("This address is too long"),
        429: _("That was too often"),
    }
    heading = headings.get(refused.status, _("This did not work"))
    return error_page(request, refused.status, refused.code, heading, str(refused))


def locked_out(request: HttpRequest, *_rest: object) -> HttpResponse:
    """Answer a sign-in after too many wrong passwords (429); django-axes calls it."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    sentence = _("There were too many wrong passwords. Wait %(minutes)d minutes, or write to the secretariat.")
    return refused_page(request, TooMany("too_many_attempts", sentence % {"minutes": minutes}))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django finds unusable before any view sees it (handler400)."""
    sentence = _("The planner could not read this request. Go back, load the page again and repeat the step.")
    return refused_page(request, as_refused(exception) or Invalid("bad_request", sentence))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer a step that is not the visitor's to take (handler403)."""
    sentence = _("You are not allowed to see or do this. Sign in with another account or write to the secretariat.")
    return error_page(request, 403, "permission_denied", _("This is not yours to do"), sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer a form whose secret is missing or old (CSRF_FAILURE_VIEW); nothing was changed."""
    sentence = _(
        "The form was open for too long, or cookies are switched off. Go back, load the page again, send it again."
    )
    return error_page(request, 403, "form_too_old", _("This form is no longer good"), sentence)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer an address that leads nowhere (handler404)."""
    sentence = _("The address may be mistyped, or the page is not public.")
    return error_page(request, 404, "not_found", _("There is nothing here"), sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of the program (handler500) without the database, the session or the table of static files."""
    if request.path_info.startswith(API_ROOT):
        return JsonResponse(problem("error", _("The planner made a mistake. It has been recorded.")), status=500)
    return HttpResponse(loader.get_template("500.html").render(), status=500)
