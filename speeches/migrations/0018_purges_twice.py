"""Purges are sent twice: the outbox remembers when a cache took one for the first time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0016_facet_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='purge',
            name='told_at',
            field=models.DateTimeField(null=True, verbose_name='首次清除时间'),
        ),
    ]
