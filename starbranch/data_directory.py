"""Where a town's data lies: database, secret key, files."""

import os
import secrets

from django.core.exceptions import ImproperlyConfigured


def make(directory):
    """The directory itself, made at the first start."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not os.access(directory, os.W_OK | os.X_OK):
            raise PermissionError("permission denied")
    except OSError as error:
        raise ImproperlyConfigured(
            f"数据目录不能写入 · Cannot write in the data directory {directory}"
            f" ({error.strerror or error})\n"
            "另选一处 · To choose another: STARBRANCH_DATA_DIR=/some/directory"
        ) from error
    return directory


def kept_secret_key(directory):
    """The key that signs sessions; made at the first start, readable by its owner only."""
    path = make(directory) / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
