"""The shapes of column that several tables share."""

from django.conf import settings
from django.db import models


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
