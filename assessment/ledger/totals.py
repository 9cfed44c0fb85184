"""Sums over the branches of a workbook: levels against targets, and stars by category."""

from collections import Counter

from django.utils.translation import gettext as _

from ..models.assessment import level_label


def levels(contents):
    """How many branches aim at each level and how many are fixed at it: (name, aimed, fixed)."""
    sheets = contents.sheets
    aims = Counter(sheet.target_level for sheet in sheets)
    fixed = Counter(sheet.level for sheet in sheets)
    awarded = sum(bool(star.awarded) for sheet in sheets for star in sheet.stars.all())
    highest = max([len(contents.categories), *aims, *filter(None, fixed)])
    return [
        *((level_label(level), aims[level], fixed[level]) for level in range(highest, -1, -1)),
        (_("未定星级"), None, fixed[None]),
        (_("支部合计"), len(sheets), len(sheets)),
        (_("星数合计"), sum(aims.elements()), awarded),
    ]


def stars(contents):
    """How many branches set out for each star, have it, did not get it, and still wait for it:
    (category, and these four), their sum last.
    """
    found = [star for sheet in contents.sheets for star in sheet.stars.all()]
    rows = [
        (category.name, *_counts(star for star in found if star.category_id == category.pk))
        for category in contents.stars_shown
    ]
    sums = [sum(column) for column in zip(*(counts for _name, *counts in rows), strict=True)]
    return [*rows, (_("合计"), *sums)] if rows else []


def _counts(stars):
    stars = list(stars)
    awarded = Counter(star.awarded for star in stars)
    return sum(star.targeted for star in stars), awarded[True], awarded[False], awarded[None]
