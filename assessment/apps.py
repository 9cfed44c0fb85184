"""One year's rating: catalogue, cycle, the three steps, stars, and what was done."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "assessment"
    verbose_name = _("五星支部创建")
