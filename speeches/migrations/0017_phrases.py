"""Set phrases that the newsroom follows, and how often they stand in what is public."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0016_facet_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Phrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=40, verbose_name='提法')),
                ('note', models.CharField(blank=True, help_text='只供编辑部内部查看，不公开。', max_length=200, verbose_name='备注')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='次序')),
            ],
            options={
                'verbose_name': '提法',
                'verbose_name_plural': '提法',
            },
        ),
        migrations.CreateModel(
            name='PhraseCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occurrences', models.PositiveIntegerField(verbose_name='次数')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phrase_counts', to='speeches.remarkedition', verbose_name='发言')),
                ('phrase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='speeches.phrase', verbose_name='提法')),
            ],
            options={
                'verbose_name': '提法的次数',
                'verbose_name_plural': '提法的次数',
                'constraints': [models.UniqueConstraint(fields=('phrase', 'edition'), name='phrase_count_once'), models.CheckConstraint(condition=models.Q(('occurrences__gte', 1)), name='phrase_count_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='PhraseForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='次序')),
                ('text', models.CharField(max_length=40, verbose_name='写法')),
                ('folded', models.TextField(unique=True, verbose_name='归一后的写法')),
                ('phrase', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='speeches.phrase', verbose_name='提法')),
            ],
            options={
                'verbose_name': '提法的写法',
                'verbose_name_plural': '提法的写法',
                'constraints': [models.UniqueConstraint(fields=('phrase', 'position'), name='phrase_form_position_once'), models.CheckConstraint(condition=models.Q(('folded', ''), _negated=True), name='phrase_form_not_empty')],
            },
        ),
    ]
