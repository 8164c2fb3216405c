#!/usr/bin/env python
"""The portal's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from liaison.launch.beside import adopt

if __name__ == "__main__":
    adopt(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings.base")
    execute_from_command_line(sys.argv)
