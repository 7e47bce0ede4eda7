"""Lay out what Django itself says in Chinese: its catalogs name the language ``zh_Hans``, the planner names it ``zh``.

``python -m config.catalogs`` is a step of ``make`` and of the image, beside the compiling of the planner's own catalogs.
The other packages have a ``zh_CN``, which Python finds for ``zh`` by itself.
"""

from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.environment import BASE_DIR

PACKAGES = ("contrib/admin", "contrib/auth", "contrib/contenttypes", "contrib/sessions", "contrib/humanize", "conf")
TARGET = BASE_DIR / "locale" / "_django" / "zh" / "LC_MESSAGES"


def chinese(domain: str) -> bytes:
    """Return what Django says as one compiled catalog; of two texts for a message the first package's stays."""
    merged = Catalog(locale="zh")
    for package in PACKAGES:
        source = Path(django.__file__).parent / package / "locale/zh_Hans/LC_MESSAGES" / f"{domain}.po"
        for message in read_po(BytesIO(source.read_bytes())) if source.exists() else ():
            if message.id and message.string and not message.fuzzy:
                merged.add(message.id, message.string, context=message.context)
    made = BytesIO()
    write_mo(made, merged)
    return made.getvalue()


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for domain in ("djangojs", "django"):
        (TARGET / f"{domain}.mo").write_bytes(chinese(domain))
