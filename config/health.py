"""Whether this process lives and whether the planner can work."""

from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # a view's signature
    """Answer that this process serves requests; touches nothing else."""
    return JsonResponse({"status": "ok"})


readyz = healthz
