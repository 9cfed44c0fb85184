"""The project's settings with a fast hasher, plain static files and no files of its own."""

import os
import tempfile

# Removed when the tests end; a worker of a parallel run inherits its parent's.
_data_dir = tempfile.TemporaryDirectory(prefix="starbranch-tests-", ignore_cleanup_errors=True)
os.environ.setdefault("STARBRANCH_SECRET_KEY", "only-for-tests")
os.environ.setdefault("STARBRANCH_DATA_DIR", _data_dir.name)

from starbranch.settings import *  # noqa: E402, F403 - the environment comes first

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of one-time passwords
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

# SQLite in a file, as it is in use: in memory, parallel writers would share one connection.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - from the star above
    DATABASES["default"]["TEST"] = {"NAME": f"{DATA_DIR}/tests.sqlite3"}  # noqa: F405 - likewise
