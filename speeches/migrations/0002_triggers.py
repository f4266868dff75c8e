"""Freezes approved text and the records, on both engines."""

from typing import ClassVar

from django.db import migrations

from speeches.models.triggers import InstallTriggers


class Migration(migrations.Migration):
    dependencies: ClassVar = [("speeches", "0001_initial")]

    operations: ClassVar = [InstallTriggers()]
