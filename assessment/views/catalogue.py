"""任务清单, to read."""

from django.shortcuts import render

from ..models import Catalogue
from .access import catalogue_for


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
