"""Lets a file be read anew, with another encoding, once its earlier import is discarded."""

from typing import ClassVar

from django.db import migrations, models

from speeches.models.triggers import InstallTriggers


class Migration(migrations.Migration):
    dependencies: ClassVar = [("speeches", "0004_import_batches")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="sourcedocument",
            name="reading",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几次解读"),
        ),
        migrations.AlterField(
            model_name="sourcedocument",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AddConstraint(
            model_name="sourcedocument",
            constraint=models.UniqueConstraint(
                fields=("sha256", "reading"), name="source_reading_once"
            ),
        ),
        InstallTriggers(),
    ]
