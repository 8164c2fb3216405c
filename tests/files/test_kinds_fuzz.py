"""Whatever the bytes, the answer is a code and never an exception."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.files.kinds.__main__ import verdict
from liaison.files.kinds.table import MODULES
from liaison.files.refusals import SENTENCES

from . import makers

WHOLE = {
    "pdf": makers.pdf(makers.harmless_words),
    "docx": makers.word({"word/_rels/a.xml.rels": makers.relation("hyperlink", "x")}),
    "xlsx": makers.sheet(),
    "pptx": makers.slides(),
    "ofd": makers.ofd(),
    "txt": "中文".encode(),
    "csv": b"a,b",
    "jpg": makers.picture(),
    "jpeg": makers.photo(),
    "png": makers.picture("PNG"),
    "webp": makers.picture("WEBP"),
}
quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answer(tmp_path, extension, content):
    source = tmp_path / "source"
    source.write_bytes(content)
    return verdict(extension, source, tmp_path / "target")


def test_every_kind_is_tried():
    assert set(WHOLE) == set(MODULES)


@pytest.mark.parametrize("extension", WHOLE)
@quickly
@given(content=st.binary(max_size=300))
def test_random_bytes(tmp_path, extension, content):
    assert answer(tmp_path, extension, content) in {"", *SENTENCES}


@pytest.mark.parametrize("extension", WHOLE)
@quickly
@given(content=st.data())
def test_damaged_files(tmp_path, extension, content):
    whole = bytearray(WHOLE[extension])
    for _ in range(content.draw(st.integers(1, 6))):
        whole[content.draw(st.integers(0, len(whole) - 1))] = content.draw(st.integers(0, 255))
    cut = content.draw(st.integers(0, len(whole)))

    assert answer(tmp_path, extension, bytes(whole)) in {"", *SENTENCES}
    assert answer(tmp_path, extension, bytes(whole[:cut])) in {"", *SENTENCES}
