"""A large PDF is set in a process of its own: the typesetter keeps its memory, and a worker must not."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from documents.pdf import ACCESSIBLE, MissingFonts, Standard, Undisplayable, render_pdf

_PROJECT = Path(__file__).parent.parent
_UNDISPLAYABLE, _MISSING_FONTS = 3, 4  # exit codes of the child


class PressFailed(RuntimeError):  # noqa: N818  # named as the log shows it
    """The typesetter ended without a PDF; the text is what it said last."""


def print_pdf(
    source: str,
    data: Mapping[str, Any],
    *,
    font_dirs: Sequence[Path],
    created: datetime,
    standards: Sequence[Standard] = ACCESSIBLE,
    seconds: int = 300,
) -> bytes:
    """Do what ``render_pdf`` does, in a child process that ends after ``seconds`` at the latest.

    Raises ``MissingFonts`` and ``Undisplayable`` as ``render_pdf`` does, and ``PressFailed`` for everything else.
    """
    job = {
        "source": source,
        "data": data,
        "font_dirs": [str(folder) for folder in font_dirs],
        "created": created.isoformat(),
        "standards": list(standards),
    }
    command = [sys.executable, "-m", "documents.press"]
    try:
        child = subprocess.run(  # noqa: S603  # our own interpreter and module, nothing of the data in the command
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            cwd=_PROJECT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PressFailed(f"not done after {seconds} s") from error
    if child.returncode:
        raise _failure(child.returncode, child.stderr.decode(errors="replace").strip())
    return child.stdout


def _failure(code: int, said: str) -> Exception:
    kinds: dict[int, type[Exception]] = {_UNDISPLAYABLE: Undisplayable, _MISSING_FONTS: MissingFonts}
    return kinds.get(code, PressFailed)(said.splitlines()[-1] if said else f"ended with code {code}")


def _work() -> int:
    """Read a job from standard input and write its PDF to standard output; return the exit code."""
    job = json.load(sys.stdin)
    try:
        pdf = render_pdf(
            job["source"],
            job["data"],
            font_dirs=[Path(folder) for folder in job["font_dirs"]],
            created=datetime.fromisoformat(job["created"]),
            standards=job["standards"],
        )
    except Undisplayable as error:
        return _give_up(_UNDISPLAYABLE, error.signs)
    except MissingFonts as error:
        return _give_up(_MISSING_FONTS, str(error))
    sys.stdout.buffer.write(pdf)
    return 0


def _give_up(code: int, why: str) -> int:
    sys.stderr.buffer.write(why.encode())
    return code


if __name__ == "__main__":
    sys.exit(_work())
