"""Signatures of nominations that came before signatures were rows: the focal point who sent each signed it."""

from typing import Any

from django.db import migrations

FAO = "FAO-FP"


def sign(apps: Any, schema_editor: Any) -> None:
    """Write one signature for each nomination that names a focal point, dated when it was sent."""
    nominations = apps.get_model("participants", "Nomination")
    endorsements = apps.get_model("participants", "Endorsement")
    unsigned = nominations.objects.using(schema_editor.connection.alias).filter(
        focal_point__isnull=False, endorsements__isnull=True
    )
    for each in unsigned.select_related("focal_point").iterator(chunk_size=1000):
        day = each.submitted_at.date()
        endorsements.objects.using(schema_editor.connection.alias).create(
            nomination=each,
            channel="fao" if each.focal_point.kind == FAO else "cbd",
            focal_point=each.focal_point,
            letter_date=day,
            signed_at=each.submitted_at,
        )
        each.letter_date = day
        each.save(update_fields=["letter_date"])


class Migration(migrations.Migration):
    """Runs once; the way back drops the rows with their table."""

    dependencies = [("participants", "0002_flow")]

    operations = [migrations.RunPython(sign, migrations.RunPython.noop)]
