import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0010_corrections'),
    ]

    operations = [
        migrations.CreateModel(
            name='OldAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60, verbose_name='原网址用词')),
                ('district', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='speeches.district', verbose_name='区县')),
                ('theme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='speeches.theme', verbose_name='主题')),
            ],
            options={
                'verbose_name': '原网址',
                'verbose_name_plural': '原网址',
                'constraints': (
                    models.CheckConstraint(condition=models.Q(('theme__isnull', True), ('district__isnull', True), _connector='XOR'), name='old_address_of_one_record'),
                    models.UniqueConstraint(condition=models.Q(('theme__isnull', False)), fields=('word',), name='old_address_of_one_theme'),
                    models.UniqueConstraint(condition=models.Q(('district__isnull', False)), fields=('word',), name='old_address_of_one_district'),
                ),
            },
        ),
        migrations.AddIndex(
            model_name='meetingedition',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('withdrawn_at', 'published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('superseded_at__isnull', True)), name='meeting_changes'),
        ),
        migrations.AddIndex(
            model_name='remarkedition',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('withdrawn_at', 'published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('superseded_at__isnull', True)), name='remark_changes'),
        ),
    ]
