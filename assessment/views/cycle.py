"""年度创建: the years."""

from django.shortcuts import render

from ..models import Cycle


def cycles(request):
    return render(request, "assessment/cycles.html", {"cycles": Cycle.objects.begun()})
