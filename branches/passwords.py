"""What a password must be, beyond Django's own checks."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's, with a sentence of our own: its refusal has no Chinese."""

    def get_error_message(self):
        return _("密码太短，至少要有 {count} 个字符。").format(count=self.min_length)
