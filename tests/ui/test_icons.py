"""Every picture that a page asks for is in the sprite that is served."""

import json
import re
from pathlib import Path

from liaison.launch.bootstrap import cut_sprite
from liaison.ui import navigation

ROOT = Path(__file__).parent.parent.parent
ASKED = re.compile(r'(?:icon |icon=|icon_name=)"([a-z0-9-]+)"')


def test_pictures_of_all_pages_are_served():
    asked = {name for page in (ROOT / "templates").rglob("*.html") for name in ASKED.findall(page.read_text())}
    asked |= {link.icon for link in navigation._links}

    assert asked - set(json.loads((ROOT / "package.json").read_text())["icons"]) == set()


def test_sprite_is_cut_to_the_pictures_asked_for():
    sprite = b'<svg><symbol class="bi" id="a"><path d="1"/></symbol><symbol id="b"><path/></symbol></svg>'

    assert (
        cut_sprite(sprite, {"a"})
        == b'<svg xmlns="http://www.w3.org/2000/svg"><symbol class="bi" id="a"><path d="1"/></symbol></svg>\n'
    )
