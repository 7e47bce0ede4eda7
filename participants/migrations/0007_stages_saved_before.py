from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def take_over(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Who registered before there were stages began then, and has told the names and what others may see."""
    registration, saved = apps.get_model("participants", "Registration"), apps.get_model("participants", "SavedStage")
    registration.objects.update(begun_at=F("registered_at"))
    rows = registration.objects.values_list("pk", "changed_at").iterator()
    saved.objects.bulk_create(
        (saved(registration_id=key, stage=stage, saved_at=at) for key, at in rows for stage in ("identity", "consents")),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("participants", "0006_registration_stages")]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
