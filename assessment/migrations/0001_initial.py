
import assessment.models.stored_file
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Catalogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='年度')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('note', models.TextField(blank=True, help_text='来源与性质，显示在任务清单页的顶部。', verbose_name='说明')),
            ],
            options={
                'verbose_name': '任务清单',
                'verbose_name_plural': '任务清单',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, verbose_name='代码')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('is_prerequisite', models.BooleanField(default=False, help_text='勾选后，没有这颗星的支部星级为零。', verbose_name='前置条件')),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='categories', to='assessment.catalogue', verbose_name='任务清单')),
            ],
            options={
                'verbose_name': '类别',
                'verbose_name_plural': '类别',
                'ordering': ['catalogue', 'order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='年度')),
                ('star_threshold', models.PositiveSmallIntegerField(default=100, help_text='一类得星所需的分值百分比；100 即每项都达标。', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='得星比例')),
                ('self_rating_due', models.DateField(blank=True, null=True, verbose_name='村组标星期限')),
                ('review_due', models.DateField(blank=True, null=True, verbose_name='部门瞄星期限')),
                ('supervision_due', models.DateField(blank=True, null=True, verbose_name='党委督星期限')),
                ('targets_note', models.CharField(blank=True, help_text='与创建目标一起显示，如来源。', max_length=200, verbose_name='目标说明')),
                ('state', models.CharField(choices=[('preparing', '筹备中'), ('open', '进行中'), ('closed', '已关闭')], default='preparing', editable=False, max_length=10, verbose_name='状态')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='关闭时间')),
                ('names_kept', models.JSONField(editable=False, null=True, verbose_name='关闭时的名称')),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cycles', to='assessment.catalogue', verbose_name='任务清单')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关闭人')),
            ],
            options={
                'verbose_name': '年度创建',
                'verbose_name_plural': '年度创建',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_level', models.PositiveSmallIntegerField(default=0, help_text='几星。', validators=[django.core.validators.MaxValueValidator(5)], verbose_name='创建目标')),
                ('step', models.CharField(choices=[('self_rating', '村组标星'), ('review', '部门瞄星'), ('supervision', '党委督星'), ('concluded', '已定星')], default='self_rating', editable=False, max_length=20, verbose_name='步骤')),
                ('self_rating_due', models.DateField(editable=False, null=True, verbose_name='村组标星延期至')),
                ('review_due', models.DateField(editable=False, null=True, verbose_name='部门瞄星延期至')),
                ('supervision_due', models.DateField(editable=False, null=True, verbose_name='党委督星延期至')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='提交时间')),
                ('is_collected', models.BooleanField(default=False, editable=False, verbose_name='由党委收取')),
                ('concluded_at', models.DateTimeField(editable=False, null=True, verbose_name='办结时间')),
                ('level', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='星级')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='branches.branch', verbose_name='支部')),
                ('concluded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办结人')),
                ('submitted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='assessment.cycle', verbose_name='年度创建')),
            ],
            options={
                'verbose_name': '支部台账',
                'verbose_name_plural': '支部台账',
                'ordering': ['-cycle__year', 'branch__order'],
            },
        ),
        migrations.CreateModel(
            name='DepartmentSignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signed_at', models.DateTimeField(auto_now_add=True, verbose_name='办结时间')),
                ('reason', models.TextField(blank=True, verbose_name='代为办结的理由')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_offs', to='assessment.assessment', verbose_name='支部台账')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.department', verbose_name='部门')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办结人')),
            ],
            options={
                'verbose_name': '审核办结',
                'verbose_name_plural': '审核办结',
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('problem', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name='存在问题')),
                ('requirement', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name='整改要求')),
                ('due_date', models.DateField(verbose_name='整改期限')),
                ('state', models.CharField(choices=[('open', '待整改'), ('answered', '待复核'), ('closed', '已销号'), ('withdrawn', '已撤销')], default='open', max_length=10, verbose_name='状态')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='销号时间')),
                ('set_aside_at', models.DateTimeField(null=True, verbose_name='认定不影响定星的时间')),
                ('set_aside_reason', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='认定不影响定星的理由')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
                ('withdrawn_reason', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='撤销理由')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='assessment.assessment', verbose_name='支部台账')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='销号人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='branches.department', verbose_name='责任部门')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('set_aside_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='认定人')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
            ],
            options={
                'verbose_name': '问题',
                'verbose_name_plural': '问题',
                'ordering': ['inspection', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FindingExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_date', models.DateField(verbose_name='延期至')),
                ('reason', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='申请理由')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('is_granted', models.BooleanField(null=True, verbose_name='同意')),
                ('answer', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='答复')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='assessment.finding', verbose_name='问题')),
            ],
            options={
                'verbose_name': '整改延期',
                'verbose_name_plural': '整改延期',
                'ordering': ['finding', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='联查日期')),
                ('purpose', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='联查缘由')),
                ('heard_report', models.BooleanField(default=False, verbose_name='听汇报')),
                ('read_files', models.BooleanField(default=False, verbose_name='查资料')),
                ('looked_on_site', models.BooleanField(default=False, verbose_name='看实地')),
                ('participants', models.CharField(blank=True, max_length=200, verbose_name='参加人员')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='assessment.cycle', verbose_name='年度创建')),
                ('departments', models.ManyToManyField(blank=True, related_name='inspections', to='branches.department', verbose_name='参加部门')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '部门联查',
                'verbose_name_plural': '部门联查',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='assessment.inspection', verbose_name='部门联查'),
        ),
        migrations.CreateModel(
            name='ItemRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('self_rating', models.CharField(blank=True, choices=[('met', '达标'), ('partly_met', '基本达标'), ('unmet', '未达标'), ('not_applicable', '不适用')], max_length=20, verbose_name='村组标星')),
                ('measures', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='具体举措')),
                ('progress', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='进展情况')),
                ('responsible_leader', models.CharField(blank=True, max_length=30, verbose_name='责任领导')),
                ('responsible_person', models.CharField(blank=True, max_length=30, verbose_name='责任人')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='完成时限')),
                ('self_rating_note', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='备注')),
                ('review', models.CharField(blank=True, choices=[('met', '达标'), ('partly_met', '基本达标'), ('unmet', '未达标'), ('not_applicable', '不适用')], max_length=20, verbose_name='部门瞄星')),
                ('review_note', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='瞄星意见')),
                ('supervision', models.CharField(blank=True, choices=[('met', '达标'), ('partly_met', '基本达标'), ('unmet', '未达标'), ('not_applicable', '不适用')], max_length=20, verbose_name='党委督星')),
                ('supervision_note', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='督星意见')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='退回时间')),
                ('return_reason', models.TextField(null=True, verbose_name='退回理由')),
                ('return_field', models.CharField(blank=True, choices=[('self_rating', '村组标星'), ('measures', '具体举措'), ('progress', '进展情况'), ('responsible_person', '责任人'), ('evidence', '佐证资料')], max_length=20, verbose_name='退回的是哪一栏')),
                ('resubmitted_at', models.DateTimeField(null=True, verbose_name='重新提交时间')),
                ('sent_back_reason', models.TextField(blank=True, verbose_name='发回理由')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='改动时间')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='assessment.assessment', verbose_name='支部台账')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='改动人')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退回人')),
            ],
            options={
                'verbose_name': '任务项评定',
                'verbose_name_plural': '任务项评定',
                'ordering': ['assessment', 'task_item__category__order', 'task_item__number'],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='item_rating',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='assessment.itemrating', verbose_name='任务项'),
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='资料名称')),
                ('kind', models.CharField(choices=[('image', '图片'), ('pdf', 'PDF 文件'), ('docx', 'Word 文档'), ('xlsx', 'Excel 表格'), ('pptx', 'PPT 演示'), ('wps', 'WPS 文字或旧版 Word 文档'), ('et', 'WPS 表格或旧版 Excel 表格'), ('dps', 'WPS 演示或旧版 PPT 演示')], max_length=10, verbose_name='文件类型')),
                ('size', models.PositiveIntegerField(verbose_name='大小')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='内容摘要')),
                ('file', models.FileField(unique=True, upload_to=assessment.models.stored_file.file_path, verbose_name='文件')),
                ('thumbnail', models.FileField(blank=True, upload_to=assessment.models.stored_file.thumbnail_path, verbose_name='缩略图')),
                ('taken_on', models.DateField(blank=True, null=True, verbose_name='拍摄日期')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='branches.branch', verbose_name='支部')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='assessment.cycle', verbose_name='年度创建')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='assessment.evidence', verbose_name='上一版')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('items', models.ManyToManyField(blank=True, related_name='evidence', to='assessment.itemrating', verbose_name='任务项评定')),
            ],
            options={
                'verbose_name': '佐证资料',
                'verbose_name_plural': '佐证资料',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('issued', '已印发'), ('withdrawn', '已撤回'), ('discarded', '已作废')], default='draft', max_length=10, verbose_name='状态')),
                ('number', models.PositiveSmallIntegerField(null=True, verbose_name='序号')),
                ('reference', models.CharField(blank=True, max_length=50, verbose_name='文号')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('opening', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='督查缘由和经过')),
                ('done_well', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(5000)], verbose_name='好的做法')),
                ('problems', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(10000)], verbose_name='存在问题')),
                ('requirements', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(5000)], verbose_name='工作要求')),
                ('issuer', models.CharField(max_length=50, verbose_name='印发机关')),
                ('annex', models.JSONField(default=list, verbose_name='问题清单')),
                ('drafted_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
                ('issued_at', models.DateTimeField(null=True, verbose_name='印发时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='撤回理由')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='assessment.cycle', verbose_name='年度创建')),
                ('drafted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('findings', models.ManyToManyField(blank=True, related_name='notices', to='assessment.finding', verbose_name='问题')),
                ('inspections', models.ManyToManyField(blank=True, related_name='notices', to='assessment.inspection', verbose_name='部门联查')),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签发人')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
            ],
            options={
                'verbose_name': '督查通报',
                'verbose_name_plural': '督查通报',
                'ordering': ['-cycle__year', '-number', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('open_cycle', '开启年度创建'), ('close_cycle', '关闭年度创建'), ('target_stars', '选定拟创星'), ('self_rate', '填写标星'), ('submit', '提交台账'), ('file_evidence', '上传佐证资料'), ('attach_evidence', '引用佐证资料'), ('detach_evidence', '移出佐证资料'), ('replace_evidence', '更换佐证资料'), ('collect', '收取台账'), ('extend', '延期'), ('review', '填写瞄星'), ('return', '退回'), ('resubmit', '重新提交'), ('sign_off', '审核办结'), ('sign_off_for', '代部门办结'), ('opine', '填写配合意见'), ('keep_phrases', '整理常用语'), ('supervise', '填写督星'), ('send_back', '发回部门'), ('decide', '定星'), ('conclude', '办结定星'), ('reopen', '重新打开'), ('record_inspection', '登记部门联查'), ('edit_inspection', '修改部门联查'), ('record_finding', '登记问题'), ('correct_finding', '更正问题'), ('withdraw_finding', '撤销问题'), ('file_found', '上传问题资料'), ('remove_found', '移出问题资料'), ('file_rectified', '上传整改资料'), ('remove_rectified', '移出整改资料'), ('rectify', '上报整改'), ('close_finding', '复核销号'), ('refuse_rectification', '复核不通过'), ('ask_extension', '申请延期'), ('grant_extension', '同意延期'), ('refuse_extension', '不同意延期'), ('set_aside', '认定不影响定星'), ('draft_notice', '起草通报'), ('edit_notice', '修改通报'), ('discard_notice', '作废通报草稿'), ('issue_notice', '印发通报'), ('withdraw_notice', '撤回通报'), ('confirm_notice', '确认阅知'), ('write_report', '填写汇报说明'), ('correct', '勘误'), ('edit', '修改设置'), ('sign_in', '登录'), ('sign_in_failed', '登录失败'), ('download', '下载'), ('set_up', '建立系统'), ('demonstrate', '写入演示数据')], max_length=20, verbose_name='事项')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='时间')),
                ('subject', models.CharField(max_length=200, verbose_name='对象')),
                ('from_state', models.CharField(blank=True, max_length=20, verbose_name='原状态')),
                ('to_state', models.CharField(blank=True, max_length=20, verbose_name='新状态')),
                ('changes', models.JSONField(default=dict, verbose_name='改动')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('assessment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assessment.assessment', verbose_name='支部台账')),
                ('cycle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assessment.cycle', verbose_name='年度创建')),
                ('finding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assessment.finding', verbose_name='问题')),
                ('inspection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assessment.inspection', verbose_name='部门联查')),
                ('item_rating', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assessment.itemrating', verbose_name='任务项评定')),
                ('notice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='assessment.notice', verbose_name='督查通报')),
            ],
            options={
                'verbose_name': '留痕',
                'verbose_name_plural': '留痕',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(auto_now_add=True, verbose_name='阅知时间')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='assessment.assessment', verbose_name='支部台账')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='assessment.notice', verbose_name='督查通报')),
                ('read_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='阅知人')),
            ],
            options={
                'verbose_name': '通报阅知',
                'verbose_name_plural': '通报阅知',
                'ordering': ['notice', 'assessment__branch__order'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='配合意见')),
                ('at', models.DateTimeField(verbose_name='填写时间')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.department', verbose_name='部门')),
                ('item_rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='assessment.itemrating', verbose_name='任务项评定')),
            ],
            options={
                'verbose_name': '配合意见',
                'verbose_name_plural': '配合意见',
                'ordering': ['item_rating', 'department__order'],
            },
        ),
        migrations.CreateModel(
            name='Phrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='常用语')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phrases', to='branches.department', verbose_name='部门')),
            ],
            options={
                'verbose_name': '常用语',
                'verbose_name_plural': '常用语',
                'ordering': ['department__order', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Rectification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几次')),
                ('measure', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='整改措施')),
                ('responsible_person', models.CharField(max_length=30, verbose_name='责任人')),
                ('answered_at', models.DateTimeField(auto_now_add=True, verbose_name='上报时间')),
                ('is_closed', models.BooleanField(null=True, verbose_name='复核通过')),
                ('recheck_note', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='复核意见')),
                ('rechecked_at', models.DateTimeField(null=True, verbose_name='复核时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上报人')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='assessment.finding', verbose_name='问题')),
                ('rechecked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
            ],
            options={
                'verbose_name': '整改',
                'verbose_name_plural': '整改',
                'ordering': ['finding', 'number'],
            },
        ),
        migrations.CreateModel(
            name='FindingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='资料名称')),
                ('kind', models.CharField(choices=[('image', '图片'), ('pdf', 'PDF 文件'), ('docx', 'Word 文档'), ('xlsx', 'Excel 表格'), ('pptx', 'PPT 演示'), ('wps', 'WPS 文字或旧版 Word 文档'), ('et', 'WPS 表格或旧版 Excel 表格'), ('dps', 'WPS 演示或旧版 PPT 演示')], max_length=10, verbose_name='文件类型')),
                ('size', models.PositiveIntegerField(verbose_name='大小')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='内容摘要')),
                ('file', models.FileField(unique=True, upload_to=assessment.models.stored_file.file_path, verbose_name='文件')),
                ('thumbnail', models.FileField(blank=True, upload_to=assessment.models.stored_file.thumbnail_path, verbose_name='缩略图')),
                ('taken_on', models.DateField(blank=True, null=True, verbose_name='拍摄日期')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('moment', models.CharField(choices=[('found', '发现时'), ('before', '整改前'), ('after', '整改后')], max_length=10, verbose_name='何时')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='移出时间')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='assessment.finding', verbose_name='问题')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='移出人')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='assessment.rectification', verbose_name='整改')),
            ],
            options={
                'verbose_name': '问题资料',
                'verbose_name_plural': '问题资料',
                'ordering': ['finding', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='起')),
                ('ends_on', models.DateField(verbose_name='止')),
                ('text', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='汇报说明')),
                ('written_at', models.DateTimeField(verbose_name='填写时间')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_notes', to='assessment.cycle', verbose_name='年度创建')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
            ],
            options={
                'verbose_name': '汇报说明',
                'verbose_name_plural': '汇报说明',
                'ordering': ['cycle', 'begins_on', 'ends_on'],
            },
        ),
        migrations.CreateModel(
            name='Star',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_before', models.BooleanField(default=False, verbose_name='现有星')),
                ('targeted', models.BooleanField(default=False, verbose_name='拟创星')),
                ('awarded', models.BooleanField(null=True, verbose_name='评定星')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='定星时间')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stars', to='assessment.assessment', verbose_name='支部台账')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='assessment.category', verbose_name='类别')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='定星人')),
            ],
            options={
                'verbose_name': '星',
                'verbose_name_plural': '星',
                'ordering': ['assessment', 'category__order'],
            },
        ),
        migrations.CreateModel(
            name='TaskItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('name', models.CharField(max_length=100, verbose_name='任务内容')),
                ('standard', models.TextField(max_length=1000, verbose_name='考核指标')),
                ('materials', models.TextField(blank=True, max_length=1000, verbose_name='资料标准')),
                ('points', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='分值')),
                ('is_key', models.BooleanField(default=False, help_text='关键项未达标，这一类就没有星。', verbose_name='关键项')),
                ('source', models.CharField(choices=[('seed', '本镇公开报道'), ('public', '河南各地公开文本常见'), ('drafted', '本项目拟写')], default='drafted', max_length=10, verbose_name='来源')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='assessment.category', verbose_name='类别')),
                ('cooperating_departments', models.ManyToManyField(blank=True, related_name='supported_items', to='branches.department', verbose_name='配合部门')),
                ('lead_department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_items', to='branches.department', verbose_name='牵头部门')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='later', to='assessment.taskitem', verbose_name='上年任务项')),
            ],
            options={
                'verbose_name': '任务项',
                'verbose_name_plural': '任务项',
                'ordering': ['category__order', 'number'],
            },
        ),
        migrations.AddField(
            model_name='itemrating',
            name='task_item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='assessment.taskitem', verbose_name='任务项'),
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_well', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name='好的做法')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='assessment.assessment', verbose_name='支部台账')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='assessment.inspection', verbose_name='部门联查')),
            ],
            options={
                'verbose_name': '联查支部',
                'verbose_name_plural': '联查支部',
                'ordering': ['inspection', 'assessment__branch__order'],
            },
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.UniqueConstraint(fields=('catalogue', 'code'), name='category_code_once'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'open', 'closed'])), name='cycle_state_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('names_kept__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('names_kept__isnull', False)), _connector='OR'), name='cycle_closed_at_together'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('state', 'closed'), _connector='OR'), name='cycle_closed_at_is_of_a_closed_year'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('star_threshold__lte', 100)), name='cycle_threshold_is_a_percentage'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('cycle', 'branch'), name='assessment_once'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['self_rating', 'review', 'supervision', 'concluded'])), name='assessment_step_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='assessment_submitted_at_together'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_at__isnull', True), ('concluded_by__isnull', True), ('level__isnull', True)), models.Q(('concluded_at__isnull', False), ('concluded_by__isnull', False), ('level__isnull', False)), _connector='OR'), name='assessment_concluded_at_together'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level__isnull', False), ('step', 'concluded')), models.Q(models.Q(('step', 'concluded'), _negated=True), ('level__isnull', True)), _connector='OR'), name='assessment_concluded_has_a_level'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('step', 'self_rating'), ('submitted_at__isnull', False), _connector='OR'), name='assessment_handed_in_is_stamped'),
        ),
        migrations.AddConstraint(
            model_name='departmentsignoff',
            constraint=models.UniqueConstraint(fields=('assessment', 'department'), name='sign_off_once'),
        ),
        migrations.AddConstraint(
            model_name='findingextension',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('finding',), name='finding_extension_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='findingextension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_at__isnull', True), ('asked_by__isnull', True)), models.Q(('asked_at__isnull', False), ('asked_by__isnull', False)), _connector='OR'), name='finding_extension_asked_at_together'),
        ),
        migrations.AddConstraint(
            model_name='findingextension',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('is_granted__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('is_granted__isnull', False)), _connector='OR'), name='finding_extension_answered_at_together'),
        ),
        migrations.AddConstraint(
            model_name='findingextension',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='finding_extension_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='findingextension',
            constraint=models.CheckConstraint(condition=models.Q(('is_granted__isnull', True), ('is_granted', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='finding_extension_refusal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('heard_report', True), ('read_files', True), ('looked_on_site', True), _connector='OR'), name='inspection_has_a_way'),
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_at__isnull', True), ('recorded_by__isnull', True)), models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='inspection_recorded_at_together'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered', 'closed', 'withdrawn'])), name='finding_state_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('problem', ''), _negated=True), models.Q(('requirement', ''), _negated=True)), name='finding_says_what_and_how'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_at__isnull', True), ('recorded_by__isnull', True)), models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='finding_recorded_at_together'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='finding_closed_at_together'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('set_aside_at__isnull', True), ('set_aside_by__isnull', True)), models.Q(('set_aside_at__isnull', False), ('set_aside_by__isnull', False)), _connector='OR'), name='finding_set_aside_at_together'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='finding_withdrawn_at_together'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), ('closed_at__isnull', False)), models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_at__isnull', False), _negated=True)), _connector='OR'), name='finding_closed_is_stamped'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_at__isnull', False), _negated=True)), _connector='OR'), name='finding_withdrawn_is_stamped'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside_at__isnull', True), models.Q(('set_aside_reason', ''), _negated=True), _connector='OR'), name='finding_set_aside_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='finding_withdrawn_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['image', 'pdf', 'docx', 'xlsx', 'pptx', 'wps', 'et', 'dps'])), name='evidence_kind_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='evidence_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='evidence_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'image'), models.Q(('thumbnail', ''), _negated=True)), models.Q(models.Q(('kind', 'image'), _negated=True), ('thumbnail', '')), _connector='OR'), name='evidence_image_has_a_thumbnail'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'withdrawn', 'discarded'])), name='notice_state_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('cycle', 'number'), name='notice_number_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drafted_at__isnull', True), ('drafted_by__isnull', True)), models.Q(('drafted_at__isnull', False), ('drafted_by__isnull', False)), _connector='OR'), name='notice_drafted_at_together'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', True), ('issued_by__isnull', True), ('number__isnull', True)), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), ('number__isnull', False)), _connector='OR'), name='notice_issued_at_together'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='notice_withdrawn_at_together'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('state__in', ('draft', 'discarded')), ('withdrawn_at', None)), models.Q(('issued_at__isnull', False), ('state', 'issued'), ('withdrawn_at', None)), models.Q(('issued_at__isnull', False), ('state', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='notice_times_fit_its_state'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'discarded')), models.Q(('reference', ''), _negated=True), _connector='OR'), name='notice_issued_has_a_reference'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='notice_withdrawn_has_a_reason'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['verb'], name='event_verb'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('verb__in', ['open_cycle', 'close_cycle', 'target_stars', 'self_rate', 'submit', 'file_evidence', 'attach_evidence', 'detach_evidence', 'replace_evidence', 'collect', 'extend', 'review', 'return', 'resubmit', 'sign_off', 'sign_off_for', 'opine', 'keep_phrases', 'supervise', 'send_back', 'decide', 'conclude', 'reopen', 'record_inspection', 'edit_inspection', 'record_finding', 'correct_finding', 'withdraw_finding', 'file_found', 'remove_found', 'file_rectified', 'remove_rectified', 'rectify', 'close_finding', 'refuse_rectification', 'ask_extension', 'grant_extension', 'refuse_extension', 'set_aside', 'draft_notice', 'edit_notice', 'discard_notice', 'issue_notice', 'withdraw_notice', 'confirm_notice', 'write_report', 'correct', 'edit', 'sign_in', 'sign_in_failed', 'download', 'set_up', 'demonstrate'])), name='event_verb_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='noticereading',
            constraint=models.UniqueConstraint(fields=('notice', 'assessment'), name='notice_reading_once'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('item_rating', 'department'), name='opinion_once'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='opinion_says_something'),
        ),
        migrations.AddConstraint(
            model_name='phrase',
            constraint=models.UniqueConstraint(fields=('department', 'text'), name='phrase_once'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.UniqueConstraint(fields=('finding', 'number'), name='rectification_once'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.UniqueConstraint(condition=models.Q(('rechecked_at__isnull', True)), fields=('finding',), name='rectification_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='rectification_answered_at_together'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_closed__isnull', True), ('rechecked_at__isnull', True), ('rechecked_by__isnull', True)), models.Q(('is_closed__isnull', False), ('rechecked_at__isnull', False), ('rechecked_by__isnull', False)), _connector='OR'), name='rectification_rechecked_at_together'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure', ''), _negated=True), models.Q(('responsible_person', ''), _negated=True)), name='rectification_says_what_was_done'),
        ),
        migrations.AddConstraint(
            model_name='rectification',
            constraint=models.CheckConstraint(condition=models.Q(('is_closed__isnull', True), ('is_closed', True), models.Q(('recheck_note', ''), _negated=True), _connector='OR'), name='rectification_refusal_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['image', 'pdf', 'docx', 'xlsx', 'pptx', 'wps', 'et', 'dps'])), name='finding_file_kind_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='finding_file_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='finding_file_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'image'), models.Q(('thumbnail', ''), _negated=True)), models.Q(models.Q(('kind', 'image'), _negated=True), ('thumbnail', '')), _connector='OR'), name='finding_file_image_has_a_thumbnail'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(('moment__in', ['found', 'before', 'after'])), name='finding_file_moment_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='finding_file_removed_at_together'),
        ),
        migrations.AddConstraint(
            model_name='findingfile',
            constraint=models.CheckConstraint(condition=models.Q(('round__isnull', True), ('moment__in', ('before', 'after')), _connector='OR'), name='finding_file_of_a_round_is_the_branchs'),
        ),
        migrations.AddConstraint(
            model_name='reportnote',
            constraint=models.UniqueConstraint(fields=('cycle', 'begins_on', 'ends_on'), name='report_note_once'),
        ),
        migrations.AddConstraint(
            model_name='reportnote',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='report_note_span_runs_forwards'),
        ),
        migrations.AddConstraint(
            model_name='star',
            constraint=models.UniqueConstraint(fields=('assessment', 'category'), name='star_once'),
        ),
        migrations.AddConstraint(
            model_name='star',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('awarded__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('awarded__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='star_awarded_together'),
        ),
        migrations.AddConstraint(
            model_name='taskitem',
            constraint=models.UniqueConstraint(fields=('category', 'number'), name='task_item_number_once'),
        ),
        migrations.AddConstraint(
            model_name='taskitem',
            constraint=models.CheckConstraint(condition=models.Q(('points__gte', 1)), name='task_item_has_points'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.UniqueConstraint(fields=('assessment', 'task_item'), name='item_rating_once'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('self_rating__in', ['', 'met', 'partly_met', 'unmet', 'not_applicable'])), name='item_rating_self_rating_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('review__in', ['', 'met', 'partly_met', 'unmet', 'not_applicable'])), name='item_rating_review_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('supervision__in', ['', 'met', 'partly_met', 'unmet', 'not_applicable'])), name='item_rating_supervision_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('return_reason__isnull', True), ('returned_at__isnull', True), ('returned_by__isnull', True)), models.Q(('return_reason__isnull', False), ('returned_at__isnull', False), ('returned_by__isnull', False)), _connector='OR'), name='item_rating_returned_at_together'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_at__isnull', True), ('changed_by__isnull', True)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='item_rating_changed_at_together'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('return_reason__isnull', True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='item_rating_return_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('return_field__in', ['', 'self_rating', 'measures', 'progress', 'responsible_person', 'evidence'])), name='item_rating_return_field_is_a_choice'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('return_field', ''), ('returned_at__isnull', False), _connector='OR'), name='item_rating_return_field_was_returned'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('resubmitted_at__isnull', True), ('returned_at__isnull', False), _connector='OR'), name='item_rating_resubmitted_was_returned'),
        ),
        migrations.AddConstraint(
            model_name='itemrating',
            constraint=models.CheckConstraint(condition=models.Q(('supervision', ''), models.Q(('supervision_note', ''), _negated=True), _connector='OR'), name='item_rating_supervision_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('inspection', 'assessment'), name='visit_once'),
        ),
    ]
