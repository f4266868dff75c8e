"""Submissions: calls, the units that answer them, what they hand in, links that sign them in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from speeches.models import triggers


def lift(apps, schema_editor):
    """Let the tables be remade; the last operation puts the triggers back."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('speeches', '0008_second_factor'),
    ]

    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('words', models.TextField(blank=True, help_text='写给投稿单位的话，每行一段。', verbose_name='说明')),
                ('deadline', models.DateTimeField(verbose_name='截稿时间')),
                ('characters_from', models.PositiveIntegerField(blank=True, help_text='正文字数；不限则留空。', null=True, verbose_name='字数不少于')),
                ('characters_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='字数不多于')),
                ('opened_at', models.DateTimeField(editable=False, verbose_name='发出时间')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='提前截稿')),
            ],
            options={
                'verbose_name': '征稿',
                'verbose_name_plural': '征稿',
                'permissions': (('invite_unit', '向投稿单位发送一次性登录链接'),),
            },
        ),
        migrations.CreateModel(
            name='ContactDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='联系人')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('keep_until', models.DateField(verbose_name='保存至')),
            ],
            options={
                'verbose_name': '联系方式',
                'verbose_name_plural': '联系方式',
            },
        ),
        migrations.CreateModel(
            name='Contributor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': '投稿单位',
                'verbose_name_plural': '投稿单位',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True, verbose_name='附言')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '交稿',
                'verbose_name_plural': '交稿',
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(verbose_name='发送时间')),
                ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                ('used_at', models.DateTimeField(null=True, verbose_name='使用时间')),
            ],
            options={
                'verbose_name': '一次性链接',
                'verbose_name_plural': '一次性链接',
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt', models.CharField(max_length=20, unique=True, verbose_name='收稿编号')),
                ('submitted_at', models.DateTimeField(verbose_name='收稿时间')),
            ],
            options={
                'verbose_name': '来稿',
                'verbose_name_plural': '来稿',
            },
        ),
        migrations.CreateModel(
            name='SubmissionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.CharField(blank=True, max_length=64, verbose_name='底稿指纹')),
                ('heading', models.CharField(blank=True, max_length=200, verbose_name='标题')),
                ('unit_as_printed', models.CharField(blank=True, max_length=160, verbose_name='单位')),
                ('post_as_printed', models.CharField(blank=True, max_length=160, verbose_name='职务')),
                ('speakers', models.JSONField(blank=True, default=list, verbose_name='发言人')),
                ('body', models.JSONField(blank=True, default=list, verbose_name='正文')),
                ('note', models.TextField(blank=True, verbose_name='附言')),
                ('left_over', models.JSONField(blank=True, default=list, verbose_name='未放入稿件的文字')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='保存次数')),
                ('saved_at', models.DateTimeField(verbose_name='保存时间')),
            ],
            options={
                'verbose_name': '未交稿',
                'verbose_name_plural': '未交稿',
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
        migrations.AlterField(
            model_name='journalentry',
            name='act',
            field=models.CharField(choices=[('import', '导入'), ('confirm-import', '确认导入'), ('discard-import', '放弃导入'), ('create', '新建'), ('edit', '修改'), ('delete', '删除'), ('arrange', '调整次序'), ('assign-themes', '标注主题'), ('link', '关联'), ('register', '建档'), ('settle-doubt', '核对疑点'), ('approve', '审核通过'), ('return', '退回'), ('resubmit', '重新送审'), ('publish', '发布'), ('withdraw', '撤稿'), ('claim', '认领'), ('release', '放弃认领'), ('reject', '不予采用'), ('proofread', '校对'), ('comment', '批注'), ('settle-comment', '处理批注'), ('schedule', '定时发布'), ('unschedule', '取消定时'), ('restore', '恢复旧稿'), ('adopt-scheme', '启用审校制度'), ('call', '征稿'), ('invite', '发送链接'), ('submit', '来稿'), ('take-back', '撤回来稿'), ('second-factor', '两步验证'), ('attempt', '未获准的操作'), ('sign-in', '登录'), ('sign-out', '退出'), ('export', '导出')], max_length=20, verbose_name='操作'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='state',
            field=models.CharField(choices=[('draft', '待审'), ('returned', '已退回'), ('published', '已发布'), ('changed', '已修改待审'), ('withdrawn', '已撤稿'), ('scheduled', '待发布'), ('rejected', '不予采用'), ('taken-back', '已撤回')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='remark',
            name='state',
            field=models.CharField(choices=[('draft', '待审'), ('returned', '已退回'), ('published', '已发布'), ('changed', '已修改待审'), ('withdrawn', '已撤稿'), ('scheduled', '待发布'), ('rejected', '不予采用'), ('taken-back', '已撤回')], db_index=True, default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['import', 'confirm-import', 'discard-import', 'create', 'edit', 'delete', 'arrange', 'assign-themes', 'link', 'register', 'settle-doubt', 'approve', 'return', 'resubmit', 'publish', 'withdraw', 'claim', 'release', 'reject', 'proofread', 'comment', 'settle-comment', 'schedule', 'unschedule', 'restore', 'adopt-scheme', 'call', 'invite', 'submit', 'take-back', 'second-factor', 'attempt', 'sign-in', 'sign-out', 'export'])), name='journal_act_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'published', 'changed', 'withdrawn', 'scheduled', 'rejected', 'taken-back'])), name='meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'published', 'changed', 'withdrawn', 'scheduled', 'rejected', 'taken-back'])), name='remark_state_known'),
        ),
        migrations.AddField(
            model_name='call',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='speeches.meeting', verbose_name='会议'),
        ),
        migrations.AddField(
            model_name='call',
            name='opened_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发出人'),
        ),
        migrations.AddField(
            model_name='call',
            name='units',
            field=models.ManyToManyField(blank=True, help_text='一个都不选，就是向所有投稿单位征稿。', related_name='calls', to='speeches.unit', verbose_name='约稿单位'),
        ),
        migrations.AddField(
            model_name='contributor',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributors', to='speeches.unit', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='contributor',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contributor', to=settings.AUTH_USER_MODEL, verbose_name='帐号'),
        ),
        migrations.AddField(
            model_name='contactdetails',
            name='contributor',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='contact', to='speeches.contributor', verbose_name='投稿单位'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='投稿人'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='speeches.sourcedocument', verbose_name='来源文件'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='speeches.textversion', verbose_name='稿次'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='call',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='speeches.call', verbose_name='征稿'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='contributor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='speeches.contributor', verbose_name='投稿单位'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发送人'),
        ),
        migrations.AddField(
            model_name='submission',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to=settings.AUTH_USER_MODEL, verbose_name='投稿人'),
        ),
        migrations.AddField(
            model_name='submission',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='speeches.call', verbose_name='征稿'),
        ),
        migrations.AddField(
            model_name='submission',
            name='remark',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='speeches.remark', verbose_name='发言'),
        ),
        migrations.AddField(
            model_name='submission',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='speeches.unit', verbose_name='投稿单位'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='speeches.submission', verbose_name='来稿'),
        ),
        migrations.AddField(
            model_name='submissiondraft',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='speeches.call', verbose_name='征稿'),
        ),
        migrations.AddField(
            model_name='submissiondraft',
            name='saved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保存人'),
        ),
        migrations.AddField(
            model_name='submissiondraft',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submission_drafts', to='speeches.sourcedocument', verbose_name='来源文件'),
        ),
        migrations.AddField(
            model_name='submissiondraft',
            name='submission',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='speeches.submission', verbose_name='来稿'),
        ),
        migrations.AddField(
            model_name='submissiondraft',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='speeches.unit', verbose_name='投稿单位'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='call_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('characters_from__isnull', True), ('characters_to__isnull', True), ('characters_from__lte', models.F('characters_to')), _connector='OR'), name='call_length_in_order', violation_error_message='“字数不少于”不能大于“字数不多于”。'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('used_at__lt', models.F('expires_at')), _connector='OR'), name='invitation_used_in_time'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('receipt', ''), _negated=True), name='submission_has_receipt'),
        ),
        triggers.InstallTriggers(),
    ]
