"""The API: a list and a detail, against a bare Django view that returns the same bytes."""

from collections.abc import Callable, Iterator
from functools import partial

from accounts.actors import CLOCK
from accounts.verbs.tokens import issue_token
from benchmarks import scene
from benchmarks.figures import Figure, fastest
from benchmarks.wsgi import Bare, asker
from participants.models import Nomination

ROUNDS = 3
REQUESTS = 100
PAGE = 50  # rows, the API's own default


def measure() -> Iterator[Figure]:
    """Measure ``api.list`` and ``api.detail``: requests a second, read by an organizer's token."""
    rows = scene.nominations()
    token = issue_token(scene.organizer(), by=CLOCK, at=scene.AT)
    authorization = f"Token {token}"
    one = Nomination.objects.order_by("reference").first()
    if one is None:
        raise RuntimeError("there is no nomination")
    yield _figure(
        "api.list", asker("/api/v1/nominations/", authorization=authorization), rows, f"{PAGE} nominations a page"
    )
    yield _figure(
        "api.detail", asker(f"/api/v1/nominations/{one.pk}/", authorization=authorization), 1, "one nomination"
    )


def _figure(name: str, ask: Callable[[], bytes], rows: int, what: str) -> Figure:
    body = ask()
    ours, bare = fastest(ROUNDS, partial(_many, ask), partial(_many, asker("/", Bare(body))))
    return Figure(
        name=name,
        value=REQUESTS / ours,
        unit="requests/s",
        limit=REQUESTS / bare,
        rows=rows,
        note=f"{what}; limit: a Django view without middleware, token or database that returns the same {len(body)} bytes",
    )


def _many(ask: Callable[[], bytes]) -> None:
    for _ in range(REQUESTS):
        ask()
