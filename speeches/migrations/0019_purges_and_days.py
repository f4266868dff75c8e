"""Purges are sent twice: the outbox remembers when a cache took one; days of remarks by index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0018_counted_searches'),
    ]

    operations = [
        migrations.AddField(
            model_name='purge',
            name='told_at',
            field=models.DateTimeField(null=True, verbose_name='首次清除时间'),
        ),
        migrations.AddIndex(
            model_name='remarkedition',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['id', 'meeting', 'date'], name='remark_days'),
        ),
    ]
