"""The town's planned stars, and the event of setting a branch's target."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models


append_only = import_module("assessment.migrations.0002_events_are_append_only")


def put_on(apps, schema_editor):
    """SQLite makes the table anew to change a constraint, and its triggers go with the old one."""
    if schema_editor.connection.vendor == "sqlite":
        append_only.forwards(apps, schema_editor)


def take_off(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        append_only.backwards(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0003_issued_notices_stand'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_off, put_on),
        migrations.RemoveConstraint(
            model_name='event',
            name='event_verb_is_a_choice',
        ),
        migrations.AddField(
            model_name='cycle',
            name='planned_stars',
            field=models.PositiveSmallIntegerField(blank=True, help_text='全镇各支部创建目标合计的星数，设定创建目标时用来核对。', null=True, verbose_name='计划创建星数'),
        ),
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('open_cycle', '开启年度创建'), ('close_cycle', '关闭年度创建'), ('set_target', '设定创建目标'), ('target_stars', '选定拟创星'), ('self_rate', '填写标星'), ('submit', '提交台账'), ('file_evidence', '上传佐证资料'), ('attach_evidence', '引用佐证资料'), ('detach_evidence', '移出佐证资料'), ('replace_evidence', '更换佐证资料'), ('collect', '收取台账'), ('extend', '延期'), ('review', '填写瞄星'), ('return', '退回'), ('resubmit', '重新提交'), ('sign_off', '审核办结'), ('sign_off_for', '代部门办结'), ('opine', '填写配合意见'), ('keep_phrases', '整理常用语'), ('supervise', '填写督星'), ('send_back', '发回部门'), ('decide', '定星'), ('conclude', '办结定星'), ('reopen', '重新打开'), ('record_inspection', '登记部门联查'), ('edit_inspection', '修改部门联查'), ('record_finding', '登记问题'), ('correct_finding', '更正问题'), ('withdraw_finding', '撤销问题'), ('file_found', '上传问题资料'), ('remove_found', '移出问题资料'), ('file_rectified', '上传整改资料'), ('remove_rectified', '移出整改资料'), ('rectify', '上报整改'), ('close_finding', '复核销号'), ('refuse_rectification', '复核不通过'), ('ask_extension', '申请延期'), ('grant_extension', '同意延期'), ('refuse_extension', '不同意延期'), ('set_aside', '认定不影响定星'), ('draft_notice', '起草通报'), ('edit_notice', '修改通报'), ('discard_notice', '作废通报草稿'), ('issue_notice', '印发通报'), ('withdraw_notice', '撤回通报'), ('confirm_notice', '确认阅知'), ('write_report', '填写汇报说明'), ('correct', '勘误'), ('edit', '修改设置'), ('sign_in', '登录'), ('sign_in_failed', '登录失败'), ('download', '下载'), ('set_up', '建立系统'), ('demonstrate', '写入演示数据')], max_length=20, verbose_name='事项'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('verb__in', ['open_cycle', 'close_cycle', 'set_target', 'target_stars', 'self_rate', 'submit', 'file_evidence', 'attach_evidence', 'detach_evidence', 'replace_evidence', 'collect', 'extend', 'review', 'return', 'resubmit', 'sign_off', 'sign_off_for', 'opine', 'keep_phrases', 'supervise', 'send_back', 'decide', 'conclude', 'reopen', 'record_inspection', 'edit_inspection', 'record_finding', 'correct_finding', 'withdraw_finding', 'file_found', 'remove_found', 'file_rectified', 'remove_rectified', 'rectify', 'close_finding', 'refuse_rectification', 'ask_extension', 'grant_extension', 'refuse_extension', 'set_aside', 'draft_notice', 'edit_notice', 'discard_notice', 'issue_notice', 'withdraw_notice', 'confirm_notice', 'write_report', 'correct', 'edit', 'sign_in', 'sign_in_failed', 'download', 'set_up', 'demonstrate'])), name='event_verb_is_a_choice'),
        ),
        migrations.RunPython(put_on, take_off),
    ]
