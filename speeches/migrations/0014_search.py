"""The index of search: one table, which differs by engine; `rebuild_search` fills it."""

from django.db import migrations, models

from speeches.search.storage import storage
from speeches.text.searchable import form


def create(apps, schema_editor):
    index = storage(using=schema_editor.connection.alias)
    index.create()
    index.finish()
    known = apps.get_model("speeches", "SearchIndex").objects
    known.using(schema_editor.connection.alias).create(name=index.name, form=form())


def drop(apps, schema_editor):
    storage(using=schema_editor.connection.alias).drop()


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0013_old_addresses_and_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='表名')),
                ('form', models.CharField(max_length=16, verbose_name='归一规则')),
            ],
            options={
                'verbose_name': '检索索引',
                'verbose_name_plural': '检索索引',
            },
        ),
        migrations.RunPython(create, drop),
        migrations.AddIndex(
            model_name='remarkedition',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['year', 'district', 'unit', 'id'], name='remark_facets'),
        ),
    ]
