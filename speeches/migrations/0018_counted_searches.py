"""How often readers asked which question on which day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0017_phrases'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=40, verbose_name='检索词')),
                ('day', models.DateField(verbose_name='日期')),
                ('searches', models.PositiveIntegerField(verbose_name='次数')),
                ('results', models.PositiveIntegerField(verbose_name='结果篇数')),
            ],
            options={
                'verbose_name': '读者检索',
                'verbose_name_plural': '读者检索',
                'indexes': [models.Index(fields=['day'], name='search_count_day')],
                'constraints': [models.UniqueConstraint(fields=('question', 'day'), name='search_count_once_a_day')],
            },
        ),
    ]
