"""Editions carry notes of what they corrected (更正), frozen like the rest of what is printed."""

from django.db import migrations, models

from speeches.models import triggers


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0009_submissions'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingedition',
            name='corrections',
            field=models.JSONField(null=True, verbose_name='更正'),
        ),
        migrations.AddField(
            model_name='remarkedition',
            name='corrections',
            field=models.JSONField(null=True, verbose_name='更正'),
        ),
        triggers.InstallTriggers(),
    ]
