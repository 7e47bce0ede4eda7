"""``python -m config.probe``: ask the planner in this container whether it can work; leaves with 0 or 1.

The question bears the first name of ``ALLOWED_HOSTS``, for Django answers to no other.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

TIMEOUT = 8  # seconds
PORT = 8000  # inside the container


def ready(port: int, host: str) -> bool:
    """Say whether ``/readyz`` on this port of this machine answers 200 to a request for ``host``."""
    link = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        link.request("GET", "/readyz", headers={"Host": host})
        answer = link.getresponse()
        sys.stdout.write(answer.read().decode())
    except (OSError, HTTPException) as error:
        sys.stdout.write(f"{error}\n")
        return False
    finally:
        link.close()
    return answer.status == 200  # noqa: PLR2004  # HTTP's own number


if __name__ == "__main__":
    sys.exit(not ready(PORT, os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"))
