"""Every list that is a card of the start page has a picture that is served."""

import json
from pathlib import Path

from django.conf import settings

from issues import worklists
from issues.worklists import WorkList


def test_cards_use_pictures_of_the_sprite():
    served = set(json.loads((Path(settings.BASE_DIR) / "package.json").read_text(encoding="utf-8"))["icons"])
    lists = [each for value in vars(worklists).values() for each in (value if isinstance(value, tuple) else [value])]

    used = {each.icon for each in lists if isinstance(each, WorkList) and each.icon}

    assert used
    assert used <= served
