"""The shapes of column that several tables share."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models

WORDS = 2000  # characters in one box of words


def person(related_name, verbose_name, **options):
    """Who did something; empty until it is done."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=verbose_name,
        **options,
    )


def words(verbose_name, limit=WORDS):
    """A box of words; empty until something is written."""
    return models.TextField(verbose_name, blank=True, validators=[MaxLengthValidator(limit)])
