"""The web server's entrance."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.base")
application = get_wsgi_application()

from liaison.accounts.demonstration import refuse_demonstration_accounts  # noqa: E402 - models exist only from here on

refuse_demonstration_accounts()
