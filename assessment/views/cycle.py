"""年度创建: the years."""

from django.shortcuts import render

from ..models import Cycle


def cycles(request):
    """Years in preparation are listed for those who set targets or read everything."""
    to_come = Cycle.objects.preparing() if request.user.reads_all else ()
    context = {"cycles": Cycle.objects.begun(), "to_come": to_come}
    return render(request, "assessment/cycles.html", context)
