"""Finds Bootstrap's files in the installed bootstrap-wrapper package."""

from pathlib import Path

import bootstrap
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FILES = (
    "css/bootstrap.min.css",
    "css/bootstrap.min.css.map",
    "js/bootstrap.bundle.min.js",
    "js/bootstrap.bundle.min.js.map",
)


class BootstrapFinder(BaseFinder):
    """Lists the four files a page needs, so that collectstatic copies no others."""

    storage = FileSystemStorage(location=Path(next(iter(bootstrap.__path__))))
    storage.prefix = "bootstrap"

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix("bootstrap/")
        if name == path or name not in FILES:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in FILES)
