"""Turns a verb's refusal into a page that says why, what was kept, and where to go on."""

from django.shortcuts import render

from ..workflow import Refusal


class RefusalMiddleware:
    """A verb out of order answers 409 with its sentences; nothing has been changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refusal):
            return None
        context = {"blockers": exception.blockers, "back": _referer(request)}
        return render(request, "assessment/refused.html", context, status=409)


def _referer(request):
    """The page of this site that the request came from, or the home page."""
    referer = request.headers.get("Referer", "")
    origin = f"{request.scheme}://{request.get_host()}"
    return referer.removeprefix(origin) if referer.startswith(f"{origin}/") else "/"
