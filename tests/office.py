"""LibreOffice: what needs it, and when its absence may be excused."""

import os
import shutil

import pytest

# Where the checks run for good, a missing LibreOffice is a failure, not a reason to skip.
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="no LibreOffice here"
)
