"""Signing in and changing a password."""

from axes.helpers import get_cool_off, get_failure_limit
from crispy_forms.helper import FormHelper
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _


class SignInForm(AuthenticationForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        username = self.fields["username"]
        # Django limits only the box; PostgreSQL would stumble over what the lock keeps of it.
        username.validators.append(MaxLengthValidator(username.max_length))
        if self.is_bound:  # the name is kept, so the next thing to type is the password
            del username.widget.attrs["autofocus"]
            self.fields["password"].widget.attrs["autofocus"] = True

    def get_invalid_login_error(self):
        return ValidationError(
            _(
                "用户名或密码不对。用户名已为您保留，请重新输入密码，注意大小写。"
                "连续输错 {limit} 次，要等 {minutes} 分钟才能再试；忘记密码请找管理员重设。"
            ).format(
                limit=get_failure_limit(self.request, None),
                minutes=round(get_cool_off(self.request).total_seconds() / 60),
            ),
            code="invalid_login",
        )


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_new_password1(self):
        """What stood on a slip of paper is not kept."""
        new = self.cleaned_data["new_password1"]
        if self.user.must_change_password and self.user.check_password(new):
            raise ValidationError(_("一次性密码不能接着用，请换一个新的。"))
        return new

    def save(self, commit=True):
        self.user.must_change_password = False
        return super().save(commit)
