"""Recovery codes for the second step of signing in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('otp_totp', '0003_add_timestamps'),
        ('speeches', '0007_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.CharField(max_length=64, verbose_name='散列值')),
                ('used_at', models.DateTimeField(null=True, verbose_name='使用时间')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to='otp_totp.totpdevice', verbose_name='手机')),
            ],
            options={
                'verbose_name': '恢复码',
                'verbose_name_plural': '恢复码',
                'constraints': [models.UniqueConstraint(fields=('device', 'hash'), name='recovery_code_once')],
            },
        ),
    ]
