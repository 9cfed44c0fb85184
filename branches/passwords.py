"""What a password must be, beyond Django's own checks; and passwords that are used once."""

import secrets

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's, with a sentence of our own: its refusal has no Chinese."""

    def get_error_message(self):
        return _("密码太短，至少要有 {count} 个字符。").format(count=self.min_length)


# No sign that on paper looks like another.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, OF = 3, 4


def one_time_password():
    """Twelve random signs in groups, to be typed off a slip of paper once."""
    groups = ("".join(secrets.choice(SIGNS) for _sign in range(OF)) for _group in range(GROUPS))
    return "-".join(groups)


class OneTimeHasher(PBKDF2PasswordHasher):
    """Fewer rounds: fifty-nine random bits are not guessed, and a whole town is hashed at once.

    Whoever signs in with one has it hashed with all rounds, and must choose another.
    """

    iterations = 20_000


def one_time_hash(password):
    hasher = OneTimeHasher()
    return hasher.encode(password, hasher.salt())
