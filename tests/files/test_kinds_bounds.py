"""S15: the worst files cost less than 512 MB and ten seconds, in a process that is not the portal's."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from liaison.files import kinds

from . import makers


def quarter_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return makers.picture(size=(8_000, 6_250), exif=exif)


WORST = {
    "largest photograph, turned": ("jpg", quarter_turned),
    "largest picture with clear parts": ("png", lambda: makers.picture("PNG", (8_000, 6_250), "RGBA", compress_level=1)),
    "largest WebP": ("webp", lambda: makers.picture("WEBP", (7_000, 7_100), method=0)),
    "50,000 × 50,000": ("png", makers.flood),
    "remark that unpacks without end": ("png", makers.text_bomb),
    "bomb 1:1000": ("docx", lambda: makers.word({"word/a.xml": b"\0" * (200 << 20)})),
    "bomb within every bound": ("docx", lambda: makers.word({f"word/{n}.xml": bytes(range(200)) * 250_000 for n in range(5)})),
    "many parts": ("xlsx", lambda: makers.word({f"word/{n}": "x" for n in range(4_990)})),
    "wide relations": ("docx", lambda: makers.word({"word/_rels/a.rels": "<a>" + "<b/>" * 1_500_000 + "</a>"})),
    "deep XML": ("docx", lambda: makers.word({"word/_rels/a.rels": "<a>" * 1_500_000})),
    "largest text": ("txt", lambda: "中".encode("gb18030") * (10 << 20)),
    "PDF of many objects": ("pdf", lambda: makers.pdf(makers.many_objects)),
    "deep PDF": ("pdf", lambda: makers.pdf().replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * 200_000)),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the kernel keeps no highest memory")
@pytest.mark.parametrize("case", WORST)
def test_the_worst_stay_within_bounds(case, tmp_path):
    extension, make = WORST[case]
    (tmp_path / "source").write_bytes(make())
    code = (
        "import atexit, pathlib, runpy, sys, time\n"
        "tell = lambda: print(time.process_time(), pathlib.Path('/proc/self/status').read_text())\n"
        "atexit.register(tell); runpy.run_module('kinds', run_name='__main__')"
    )
    command = [sys.executable, "-c", code, extension, tmp_path / "source", tmp_path / "target"]

    said = subprocess.run(command, cwd=Path(kinds.__file__).parents[1], check=True, capture_output=True, text=True).stdout

    words = said.splitlines()[1:]
    highest = next(int(line.split()[1]) for line in words if line.startswith("VmHWM"))
    assert highest < 512 << 10
    assert float(words[0].split()[0]) < 10
