"""The settings of the test suite: the demonstration's, with a fast hasher and mail kept in memory."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LIAISON_DEMO", "1")
os.environ.setdefault("LIAISON_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("LIAISON_DATA_DIR", str(Path(tempfile.gettempdir()) / "liaison-without-data"))
os.environ.setdefault("LIAISON_QUIET_HOURS", "0")  # the suite runs at night, too

from liaison.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
MOVABLE_CLOCK = False  # the tests of the clock switch it on; elsewhere the numbers of queries are exact
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
