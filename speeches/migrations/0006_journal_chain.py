"""Numbers the journal without gaps and chains its entries, those that are there included."""

from typing import Any, ClassVar

from django.db import migrations, models

from speeches.models import triggers
from speeches.models.chain import BEGINNING, COLUMNS, fingerprint

ACTS = [
    ("import", "导入"),
    ("confirm-import", "确认导入"),
    ("discard-import", "放弃导入"),
    ("create", "新建"),
    ("edit", "修改"),
    ("delete", "删除"),
    ("arrange", "调整次序"),
    ("assign-themes", "标注主题"),
    ("link", "关联"),
    ("register", "建档"),
    ("settle-doubt", "核对疑点"),
    ("approve", "审核通过"),
    ("return", "退回"),
    ("resubmit", "重新送审"),
    ("publish", "发布"),
    ("withdraw", "撤稿"),
    ("attempt", "未获准的操作"),
    ("sign-in", "登录"),
    ("sign-out", "退出"),
    ("export", "导出"),
]
RESULTS = [("done", "完成"), ("refused", "被拒")]
JOURNAL = [one for one in triggers.STANDING if one.table == "speeches_journalentry"]
ENTRIES_AT_ONCE = 500


def lift(apps: Any, schema_editor: Any) -> None:
    """Let the entries be numbered; the last operation puts the triggers back."""
    triggers.remove(schema_editor.connection, JOURNAL)


def chain(apps: Any, schema_editor: Any) -> None:
    """Number and tie the entries in the order in which they were written."""
    entry_model = apps.get_model("speeches", "JournalEntry")
    entries = entry_model.objects.using(schema_editor.connection.alias)
    head_model = apps.get_model("speeches", "JournalHead")
    number, last, done = 0, BEGINNING, 0
    while True:
        rows = list(entries.filter(id__gt=done).order_by("id")[:ENTRIES_AT_ONCE])
        if not rows:
            break
        for row in rows:
            number += 1
            row.number, row.previous = number, last
            row.hash = last = fingerprint({name: getattr(row, name) for name in COLUMNS})
        entries.bulk_update(rows, ["number", "previous", "hash"], batch_size=100)
        done = rows[-1].pk
    head_model.objects.using(schema_editor.connection.alias).create(
        id=1, number=number, hash=last
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("speeches", "0005_source_readings")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="末条编号")),
                (
                    "hash",
                    models.CharField(default=BEGINNING, max_length=64, verbose_name="末条指纹"),
                ),
            ],
            options={
                "verbose_name": "全部日志",
                "verbose_name_plural": "全部日志",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="journal_head_only_one"
                    )
                ],
            },
        ),
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="journalentry",
            options={
                "permissions": [("export_journal", "可以导出日志")],
                "verbose_name": "日志",
                "verbose_name_plural": "日志",
            },
        ),
        migrations.AddField(
            model_name="journalentry",
            name="number",
            field=models.PositiveBigIntegerField(null=True, verbose_name="编号"),
        ),
        migrations.AddField(
            model_name="journalentry",
            name="address",
            field=models.CharField(
                blank=True,
                default="",
                help_text="空白表示不是从网络来的。",
                max_length=45,
                verbose_name="来源地址",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="journalentry",
            name="result",
            field=models.CharField(
                choices=RESULTS, default="done", max_length=10, verbose_name="结果"
            ),
        ),
        migrations.AddField(
            model_name="journalentry",
            name="previous",
            field=models.CharField(default="", max_length=64, verbose_name="前一条的指纹"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="journalentry",
            name="hash",
            field=models.CharField(default="", max_length=64, verbose_name="指纹"),
            preserve_default=False,
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="journalentry",
            name="number",
            field=models.PositiveBigIntegerField(unique=True, verbose_name="编号"),
        ),
        migrations.AlterField(
            model_name="journalentry",
            name="actor",
            field=models.ForeignKey(
                help_text="空白表示由命令执行，或登录未成功。",
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="journal_entries",
                to="speeches.user",
                verbose_name="操作人",
            ),
        ),
        migrations.AlterField(
            model_name="journalentry",
            name="act",
            field=models.CharField(choices=ACTS, max_length=20, verbose_name="操作"),
        ),
        migrations.RemoveConstraint(model_name="journalentry", name="journal_act_known"),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", [value for value, _words in ACTS])),
                name="journal_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", [value for value, _words in RESULTS])),
                name="journal_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="journal_number_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["at"], name="journal_at"),
        ),
        triggers.InstallTriggers(),
    ]
