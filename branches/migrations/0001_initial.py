import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]+$', '代码只用大写字母。')], verbose_name='代码')),
                ('name', models.CharField(max_length=50, unique=True, verbose_name='名称')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
            ],
            options={
                'verbose_name': '部门',
                'verbose_name_plural': '部门',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(blank=True, max_length=30, verbose_name='姓名')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                ('must_change_password', models.BooleanField(default=False, editable=False, help_text='用一次性密码登录后要先改密码。', verbose_name='先改密码')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '人员',
                'verbose_name_plural': '人员',
                'ordering': ['username'],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^\\d{12}$', '统计代码是 12 位数字。')], verbose_name='统计代码')),
                ('name', models.CharField(max_length=50, unique=True, verbose_name='名称')),
                ('former_names', models.CharField(blank=True, help_text='多个曾用名以顿号隔开，可用来查找。', max_length=100, verbose_name='曾用名')),
                ('kind', models.CharField(choices=[('community', '社区'), ('village', '村')], max_length=10, verbose_name='类型')),
                ('secretary', models.CharField(blank=True, max_length=30, verbose_name='支部书记')),
                ('liaison_official', models.CharField(blank=True, max_length=30, verbose_name='包村干部')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
                ('is_active', models.BooleanField(default=True, verbose_name='参加创建')),
            ],
            options={
                'verbose_name': '支部',
                'verbose_name_plural': '支部',
                'ordering': ['order', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['community', 'village'])), name='branch_kind_is_a_choice')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('clerk', '村级填报人'), ('reviewer', '部门审核人'), ('supervisor', '党委督星人'), ('auditor', '查阅人'), ('administrator', '管理员')], max_length=20, verbose_name='身份')),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='branches.branch', verbose_name='支部')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='branches.department', verbose_name='部门')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '身份',
                'verbose_name_plural': '身份',
                'ordering': ['role', 'branch__order', 'department__order'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('branch__isnull', False), ('department__isnull', True), ('role', 'clerk')), models.Q(('branch__isnull', True), ('department__isnull', False), ('role', 'reviewer')), models.Q(('branch__isnull', True), ('department__isnull', True), ('role__in', ['supervisor', 'auditor', 'administrator'])), _connector='OR'), name='membership_fits_its_role', violation_error_message='填报人要选支部，审核人要选部门，其他身份两者都不选。'), models.UniqueConstraint(condition=models.Q(('branch__isnull', False)), fields=('user', 'branch'), name='membership_of_branch_once', violation_error_message='同一个人在同一支部只有一个身份，不要重复。'), models.UniqueConstraint(condition=models.Q(('department__isnull', False)), fields=('user', 'department'), name='membership_of_department_once', violation_error_message='同一个人在同一部门只有一个身份，不要重复。'), models.UniqueConstraint(condition=models.Q(('branch__isnull', True), ('department__isnull', True)), fields=('user', 'role'), name='membership_of_town_once', violation_error_message='这个身份已经有了，不要重复。')],
            },
        ),
    ]
