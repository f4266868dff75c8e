"""Stamps of public addresses, and the outbox of purges."""

from django.db import migrations, models

import speeches.models.freshness


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0014_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='PageStamp',
            fields=[
                ('path', models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name='网址')),
                ('stamp', models.CharField(default=speeches.models.freshness.new_stamp, max_length=16, verbose_name='印记')),
            ],
            options={
                'verbose_name': '网页印记',
                'verbose_name_plural': '网页印记',
            },
        ),
        migrations.CreateModel(
            name='Purge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cache', models.CharField(max_length=200, verbose_name='前端缓存')),
                ('path', models.CharField(max_length=200, verbose_name='网址')),
                ('queued_at', models.DateTimeField(verbose_name='提出时间')),
                ('due_at', models.DateTimeField(verbose_name='下次发送')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='已试次数')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='失败原因')),
            ],
            options={
                'verbose_name': '待清除的缓存',
                'verbose_name_plural': '待清除的缓存',
                'indexes': [models.Index(fields=['due_at'], name='purge_due')],
            },
        ),
    ]
