"""任务清单, to read; and what changed from one year's to another's."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Catalogue, TaskItem
from ..rules.catalogues import Pair, compare, counted, renamed, source_year
from .access import catalogue_for

LABELS = {
    "lead": _("牵头部门"),
    "cooperating": _("配合部门"),
    "category": _("类别"),
    **{
        name: TaskItem._meta.get_field(name).verbose_name
        for name in ("name", "standard", "materials", "points", "is_key", "number")
    },
}


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as the page shows it: `lines` are (label, old, new) of what differs."""

    pair: Pair
    lines: list


def catalogues(request):
    found = Catalogue.objects.visible_to(request.user)
    return render(request, "assessment/catalogues.html", {"catalogues": found})


def catalogue(request, year):
    found = catalogue_for(request.user, year)
    categories = found.categories.prefetch_related(
        "items__lead_department", "items__cooperating_departments"
    )
    return render(
        request, "assessment/catalogue.html", {"catalogue": found, "categories": categories}
    )


def changes(request, year):
    """Beside the catalogue that it came from, or the one that is asked for."""
    found = catalogue_for(request.user, year)
    others = list(Catalogue.objects.visible_to(request.user).exclude(pk=found.pk))
    lines = TaskItem.objects.lines_by_year([found, *others])
    other = _other(request.GET.get("with"), found, others, lines)
    context = {"catalogue": found, "other": other, "others": others}
    if other:
        earlier = dict(TaskItem.objects.values_list("pk", "previous"))
        pairs = compare(lines[other.year], lines[found.year], earlier)
        context |= {
            "counts": counted(pairs),
            "rows": [_row(pair) for pair in pairs if pair.differs],
            "categories": renamed(_names(lines[other.year]), _names(lines[found.year])),
        }
    return render(request, "assessment/catalogue_changes.html", context)


def _other(asked, found, others, lines):
    """The catalogue to compare with, if there is one."""
    known = {each.year: each for each in others}
    if asked is not None:
        if asked not in map(str, known):
            raise Http404
        return known[int(asked)]
    years = {line.key: year for year, held in lines.items() for line in held}
    before = [year for year in known if year < found.year]
    return known.get(source_year(lines[found.year], years) or max(before, default=None))


def _names(lines):
    return {line.category: line.category_name for line in lines}


def _row(pair):
    if pair.old and pair.new:
        names = pair.fields
        shown = {"category": "category_name"}
        return Row(pair, [(LABELS[name], *_both(pair, shown.get(name, name))) for name in names])
    return Row(pair, [])


def _both(pair, name):
    return _said(getattr(pair.old, name)), _said(getattr(pair.new, name))


def _said(value):
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple):
        return gettext("、").join(value)
    return str(value)
