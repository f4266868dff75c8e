"""Three reviews by three people: schemes, versions, outcomes, comments and orders to publish."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from speeches.models import triggers
from speeches.models.schemes import THREE_REVIEWS

ONE_REVIEW = [THREE_REVIEWS[2]]
OUTCOMES = {"pass": "approved", "return": "returned"}


def lift(apps, schema_editor):
    """Let the rounds be completed; the last operation puts the triggers back."""
    triggers.remove(schema_editor.connection)


def complete(apps, schema_editor):
    """Say of every round how it ended, and spell out its stage.

    A newsroom that has reviewed in one stage goes on so until it adopts another scheme; a new
    one begins with three.
    """
    alias = schema_editor.connection.alias
    rounds = apps.get_model("speeches", "ReviewRound").objects.using(alias)
    steps = apps.get_model("speeches", "ReviewStep").objects.using(alias)
    used = rounds.exists()
    for round in rounds.iterator():
        decision = steps.filter(round_id=round.pk).order_by("-id").values_list("decision", flat=True).first()
        round.stages = ONE_REVIEW
        round.outcome = OUTCOMES.get(decision, "overtaken") if round.closed_at else ""
        round.save(update_fields=["stages", "outcome"])
    apps.get_model("speeches", "ReviewScheme").objects.using(alias).create(
        stages=ONE_REVIEW if used else THREE_REVIEWS, adopted_at=timezone.now()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0006_journal_chain'),
    ]

    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name='meeting',
            options={'permissions': (('review_text', '审核稿件'), ('proofread_text', '校对稿件'), ('withdraw_text', '撤稿')), 'verbose_name': '会议', 'verbose_name_plural': '会议'},
        ),
        migrations.CreateModel(
            name='PublicationOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publish_at', models.DateTimeField(verbose_name='发布时间')),
                ('ordered_at', models.DateTimeField(verbose_name='下达时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='取消时间')),
                ('obstacle', models.TextField(blank=True, verbose_name='未能发布的原因')),
            ],
            options={
                'verbose_name': '定时发布',
                'verbose_name_plural': '定时发布',
            },
        ),
        migrations.CreateModel(
            name='ReviewComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=20, verbose_name='位置')),
                ('place', models.PositiveIntegerField(null=True, verbose_name='第几段')),
                ('words', models.TextField(verbose_name='意见')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='处理时间')),
            ],
            options={
                'verbose_name': '段落意见',
                'verbose_name_plural': '段落意见',
            },
        ),
        migrations.CreateModel(
            name='ReviewScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stages', models.JSONField(verbose_name='审次')),
                ('adopted_at', models.DateTimeField(verbose_name='启用时间')),
            ],
            options={
                'verbose_name': '审校制度',
                'verbose_name_plural': '审校制度',
            },
        ),
        migrations.CreateModel(
            name='TextVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='稿次')),
                ('occasion', models.CharField(choices=[('review', '送审'), ('submission', '来稿'), ('restored', '恢复旧稿'), ('replaced', '被恢复的旧稿替换')], max_length=12, verbose_name='缘由')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='文本指纹')),
                ('content', models.JSONField(verbose_name='内容')),
                ('changes_until', models.PositiveBigIntegerField(default=0, verbose_name='改动止于')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '稿次',
                'verbose_name_plural': '稿次',
            },
        ),
        migrations.CreateModel(
            name='VersionEditor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': '稿次修改人',
                'verbose_name_plural': '稿次修改人',
            },
        ),
        migrations.CreateModel(
            name='WordingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='文本指纹')),
            ],
            options={
                'verbose_name': '文字改动',
                'verbose_name_plural': '文字改动',
            },
        ),
        migrations.RemoveConstraint(
            model_name='journalentry',
            name='journal_act_known',
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='remark',
            name='remark_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='reviewstep',
            name='review_step_decision_known',
        ),
        migrations.RemoveConstraint(
            model_name='reviewstep',
            name='review_step_return_has_reasons',
        ),
        migrations.AddField(
            model_name='meeting',
            name='embargo_until',
            field=models.DateTimeField(blank=True, help_text='在此之前，会议和其中的发言即使终审通过也不发布，到时自动发布。', null=True, verbose_name='禁发至'),
        ),
        migrations.AddField(
            model_name='meetingedition',
            name='responsibility',
            field=models.JSONField(default=list, verbose_name='审校责任'),
        ),
        migrations.AddField(
            model_name='remarkedition',
            name='responsibility',
            field=models.JSONField(default=list, verbose_name='审校责任'),
        ),
        migrations.AddField(
            model_name='reviewround',
            name='claimed_at',
            field=models.DateTimeField(null=True, verbose_name='认领时间'),
        ),
        migrations.AddField(
            model_name='reviewround',
            name='claimed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claimed_rounds', to=settings.AUTH_USER_MODEL, verbose_name='认领人'),
        ),
        migrations.AddField(
            model_name='reviewround',
            name='due_at',
            field=models.DateTimeField(null=True, verbose_name='应审结时间'),
        ),
        migrations.AddField(
            model_name='reviewround',
            name='outcome',
            field=models.CharField(blank=True, choices=[('approved', '通过'), ('returned', '退回'), ('rejected', '不予采用'), ('overtaken', '稿件又有改动')], max_length=10, verbose_name='结果'),
        ),
        migrations.AlterField(
            model_name='journalentry',
            name='act',
            field=models.CharField(choices=[('import', '导入'), ('confirm-import', '确认导入'), ('discard-import', '放弃导入'), ('create', '新建'), ('edit', '修改'), ('delete', '删除'), ('arrange', '调整次序'), ('assign-themes', '标注主题'), ('link', '关联'), ('register', '建档'), ('settle-doubt', '核对疑点'), ('approve', '审核通过'), ('return', '退回'), ('resubmit', '重新送审'), ('publish', '发布'), ('withdraw', '撤稿'), ('claim', '认领'), ('release', '放弃认领'), ('reject', '不予采用'), ('proofread', '校对'), ('comment', '批注'), ('settle-comment', '处理批注'), ('schedule', '定时发布'), ('unschedule', '取消定时'), ('restore', '恢复旧稿'), ('adopt-scheme', '启用审校制度'), ('call', '征稿'), ('submit', '来稿'), ('take-back', '撤回来稿'), ('second-factor', '两步验证'), ('attempt', '未获准的操作'), ('sign-in', '登录'), ('sign-out', '退出'), ('export', '导出')], max_length=20, verbose_name='操作'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='state',
            field=models.CharField(choices=[('draft', '待审'), ('returned', '已退回'), ('published', '已发布'), ('changed', '已修改待审'), ('withdrawn', '已撤稿'), ('scheduled', '待发布'), ('rejected', '不予采用')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='remark',
            name='state',
            field=models.CharField(choices=[('draft', '待审'), ('returned', '已退回'), ('published', '已发布'), ('changed', '已修改待审'), ('withdrawn', '已撤稿'), ('scheduled', '待发布'), ('rejected', '不予采用')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='reviewstep',
            name='decision',
            field=models.CharField(choices=[('pass', '通过'), ('return', '退回'), ('reject', '不予采用'), ('proof', '校对')], max_length=10, verbose_name='决定'),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['import', 'confirm-import', 'discard-import', 'create', 'edit', 'delete', 'arrange', 'assign-themes', 'link', 'register', 'settle-doubt', 'approve', 'return', 'resubmit', 'publish', 'withdraw', 'claim', 'release', 'reject', 'proofread', 'comment', 'settle-comment', 'schedule', 'unschedule', 'restore', 'adopt-scheme', 'call', 'submit', 'take-back', 'second-factor', 'attempt', 'sign-in', 'sign-out', 'export'])), name='journal_act_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'published', 'changed', 'withdrawn', 'scheduled', 'rejected'])), name='meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'published', 'changed', 'withdrawn', 'scheduled', 'rejected'])), name='remark_state_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['pass', 'return', 'reject', 'proof'])), name='review_step_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['return', 'reject']), _negated=True), models.Q(('opinion', ''), _negated=True), _connector='OR'), name='review_step_return_has_reasons'),
        ),
        migrations.AddField(
            model_name='publicationorder',
            name='ordered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='下达人'),
        ),
        migrations.AddField(
            model_name='publicationorder',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='speeches.reviewround', verbose_name='审稿轮次'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人'),
        ),
        migrations.AddField(
            model_name='reviewscheme',
            name='adopted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='启用人'),
        ),
        migrations.AddField(
            model_name='textversion',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经手'),
        ),
        migrations.AddField(
            model_name='textversion',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='speeches.meeting', verbose_name='会议'),
        ),
        migrations.AddField(
            model_name='textversion',
            name='remark',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='speeches.remark', verbose_name='发言'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='speeches.textversion', verbose_name='稿次'),
        ),
        migrations.AddField(
            model_name='reviewround',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='speeches.textversion', verbose_name='稿次'),
        ),
        migrations.RunPython(complete, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='reviewround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('outcome__in', ['approved', 'returned', 'rejected', 'overtaken'])), _connector='OR'), name='review_round_closed_with_outcome'),
        ),
        migrations.AddConstraint(
            model_name='reviewround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_at__isnull', True), ('claimed_by__isnull', True)), models.Q(('claimed_at__isnull', False), ('claimed_by__isnull', False)), _connector='OR'), name='review_round_claimed_with_time'),
        ),
        migrations.AddField(
            model_name='versioneditor',
            name='editor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人'),
        ),
        migrations.AddField(
            model_name='versioneditor',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editors', to='speeches.textversion', verbose_name='稿次'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='meeting',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='wording_changes', to='speeches.meeting', verbose_name='会议'),
        ),
        migrations.AddField(
            model_name='wordingchange',
            name='remark',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='wording_changes', to='speeches.remark', verbose_name='发言'),
        ),
        migrations.AddConstraint(
            model_name='publicationorder',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('cancelled_at__isnull', True), _connector='OR'), name='publication_order_done_or_cancelled'),
        ),
        migrations.AddConstraint(
            model_name='publicationorder',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=('round',), name='publication_order_one_waiting_a_round'),
        ),
        migrations.AddConstraint(
            model_name='textversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', True), ('remark__isnull', False)), models.Q(('meeting__isnull', False), ('remark__isnull', True)), _connector='OR'), name='text_version_of_one_text'),
        ),
        migrations.AddConstraint(
            model_name='textversion',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='text_version_number_once_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='textversion',
            constraint=models.UniqueConstraint(fields=('remark', 'number'), name='text_version_number_once_a_remark'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='review_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='versioneditor',
            constraint=models.UniqueConstraint(fields=('version', 'editor'), name='version_editor_once'),
        ),
        migrations.AddConstraint(
            model_name='wordingchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', True), ('remark__isnull', False)), models.Q(('meeting__isnull', False), ('remark__isnull', True)), _connector='OR'), name='wording_change_of_one_text'),
        ),
        triggers.InstallTriggers(),
    ]
