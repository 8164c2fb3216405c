"""The web server's entrance."""

import os

import django
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.base")
django.setup(set_prefix=False)

from liaison.accounts.demonstration import refuse_demonstration_accounts  # noqa: E402 - models exist only from here on
from liaison.ui.requests import Utf8Handler  # noqa: E402

application = Utf8Handler()

refuse_demonstration_accounts()

# All addresses with their views and forms are loaded before gunicorn's workers part, and not by the first visitor of each.
reverse("inbox")
