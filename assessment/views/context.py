"""What every page shows around its content."""

from django.conf import settings

from ..models import Event


def demonstration(request):
    """The town, and whether the page must say 演示数据."""
    return {
        "is_demonstration": Event.objects.holds_demonstration,  # asked by pages that show it
        "town_name": settings.TOWN_NAME,
    }
