"""The schema's conventions: every operation has a summary, a description and its refusals."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from accounts.api.errors import ErrorSerializer

DONE = {"200": "As asked.", "201": "Made; `Location` is its address.", "202": "Taken; a worker does it."}
SENTENCES = {
    400: "A value is not acceptable; `errors` names the fields.",
    401: "Sign in first, or the token is not good.",
    403: "This user may not do this.",
    404: "There is no such thing, or it is not this user's to see.",
    409: "The state of things does not allow the step; nothing was changed.",
    413: "The body is too large.",
    415: "The body is not JSON.",
}
WRITING = (400, 401, 403, 404, 409, 413, 415)


class NounSchema(AutoSchema):
    """Describes a noun's operations from the view's docstrings."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Return the operation with the error answers it can give."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        for status, answer in operation["responses"].items():
            answer["description"] = answer["description"] or DONE.get(status) or SENTENCES[int(status)]
        reference = self.resolve_serializer(ErrorSerializer, "response").ref
        for status in self._refusals():
            operation["responses"].setdefault(
                str(status),
                {"description": SENTENCES[status], "content": {"application/json": {"schema": reference}}},
            )
        operation["responses"] = dict(sorted(operation["responses"].items()))
        return operation

    def get_summary(self) -> str:
        """Return "List Parties", "Read one Party", or the first sentence of what the operation does."""
        view: Any = self.view
        names = view.get_queryset().model._meta  # noqa: SLF001  # Django's documented Meta API
        by_action = {"list": f"List {names.verbose_name_plural}", "retrieve": f"Read one {names.verbose_name}"}
        return by_action.get(view.action) or self.get_description().partition(".")[0]

    def _refusals(self) -> tuple[int, ...]:
        if self.method in {"POST", "PUT", "DELETE"}:
            return WRITING
        return (400, 401, 404) if getattr(self.view, "action", "") == "list" else (401, 404)
