"""Kept counts of the choices of lists, counted once for what is public already."""

from django.db import migrations, models

from speeches.moderation.counting import recount


def count(apps, schema_editor):
    recount(using=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0015_page_stamps'),
    ]

    operations = [
        migrations.CreateModel(
            name='FacetCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.BigIntegerField(verbose_name='主题')),
                ('year', models.SmallIntegerField(verbose_name='年份')),
                ('unit', models.BigIntegerField(verbose_name='单位')),
                ('district', models.BigIntegerField(verbose_name='区县')),
                ('number', models.IntegerField(verbose_name='篇数')),
            ],
            options={
                'verbose_name': '篇数',
                'verbose_name_plural': '篇数',
            },
        ),
        migrations.RemoveIndex(
            model_name='remarkedition',
            name='remark_of_district',
        ),
        migrations.RemoveIndex(
            model_name='remarkedition',
            name='remark_of_unit',
        ),
        migrations.AddIndex(
            model_name='remarkedition',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['district', '-date', '-meeting', 'position'], name='remark_of_district'),
        ),
        migrations.AddIndex(
            model_name='remarkedition',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True), ('withdrawn_at__isnull', True)), fields=['unit', '-date', '-meeting', 'position'], name='remark_of_unit'),
        ),
        migrations.AddIndex(
            model_name='remarkedition',
            index=models.Index(condition=models.Q(('superseded_at__isnull', True), ('withdrawn_at__isnull', False)), fields=['withdrawn_at'], name='remark_tombstones'),
        ),
        migrations.AddIndex(
            model_name='facetcount',
            index=models.Index(fields=['theme', 'unit', 'year', 'district'], name='facet_count_years'),
        ),
        migrations.AddIndex(
            model_name='facetcount',
            index=models.Index(fields=['year', 'unit', 'theme', 'district'], name='facet_count_themes'),
        ),
        migrations.AddConstraint(
            model_name='facetcount',
            constraint=models.UniqueConstraint(fields=('theme', 'year', 'unit', 'district'), name='facet_count_cell'),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
