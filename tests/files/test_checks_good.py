"""Files that firms and offices really send are taken, and come out as they should."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from liaison.files.checks import LARGEST, accept_upload

from . import makers

SHEET_WITH_LINK = makers.word({"xl/_rels/a.xml.rels": makers.relation("externalLinkPath", "file:///C:\\账\\2021.xlsx")})
GOOD = {
    "PDF": ("营业执照.pdf", makers.pdf(), "application/pdf"),
    "PDF that speaks of scripts": ("说明.pdf", makers.pdf(makers.harmless_words), "application/pdf"),
    "JPEG": ("照片.JPG", makers.picture(), "image/jpeg"),
    "grey JPEG": ("x.jpeg", makers.picture(mode="L"), "image/jpeg"),
    "printer's JPEG": ("x.jpg", makers.picture(mode="CMYK"), "image/jpeg"),
    "PNG": ("截图.png", makers.picture("PNG", mode="RGBA"), "image/png"),
    "palette": ("x.png", makers.picture("PNG", mode="P"), "image/png"),
    "black and white scan": ("x.png", makers.picture("PNG", mode="1"), "image/png"),
    "deep grey": ("x.png", makers.picture("PNG", mode="I;16"), "image/png"),
    "WebP": ("x.webp", makers.picture("WEBP"), "image/webp"),
    "PNG that a chat programme called JPEG": ("x.jpg", makers.picture("PNG", mode="RGBA"), "image/jpeg"),
    "Word": ("材料.docx", makers.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "Word with links to click": (
        "x.docx",
        makers.word({"word/_rels/document.xml.rels": makers.relation("hyperlink", "https://example.org/")}),
        None,
    ),
    "Word with a chart's sheet": ("x.docx", makers.word({"word/embeddings/Microsoft_Excel_Sheet.xlsx": makers.sheet()}), None),
    "printer settings": ("x.docx", makers.word({"xl/printerSettings/printerSettings1.bin": b"\0\0"}), None),
    "workbook that looks into another on the same disk": ("x.docx", SHEET_WITH_LINK, None),
    "Excel": ("台账.xlsx", makers.sheet(chart=True), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "long Excel": ("x.xlsx", makers.sheet(rows=20_000), None),
    "PowerPoint": ("x.pptx", makers.slides(), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "OFD": ("发票.ofd", makers.ofd(), "application/ofd"),
    "text in UTF-8": ("说明.txt", "中文𠮷😀".encode(), "text/plain; charset=utf-8"),
    "text in GB18030": ("说明.txt", "中文𠮷，电话".encode("gb18030"), None),
    "CSV from Excel": ("名单.csv", "\ufeff企业,代码\r\n某厂,1\r\n".encode(), "text/csv; charset=utf-8"),
    "EICAR as words": ("eicar.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", None),
    "exactly 20 MB": ("x.txt", b"a" * LARGEST, None),
}


def accepted(name, content):
    return accept_upload(SimpleUploadedFile(name, content, content_type="text/html"))


@pytest.mark.parametrize("case", GOOD)
def test_good_file_is_taken_under_its_own_kind(case):
    name, content, media_type = GOOD[case]

    checked = accepted(name, content)

    assert media_type in {checked.media_type, None}
    assert checked.size == len(checked.content.read()) > 0


@pytest.mark.parametrize("case", ["PDF", "Word", "OFD", "CSV from Excel"])
def test_a_sealed_document_keeps_every_byte(case):
    name, content, _ = GOOD[case]
    assert accepted(name, content).content.read() == content


@pytest.mark.parametrize("name", ["𠮷田商店😀.txt", "沿滩区〔2022〕36号（盖章）.txt", "Ünïcode – naïve.txt"])
def test_rare_characters_stay_in_the_name(name):
    assert accepted(name, b"x").name == name


def test_a_photograph_loses_its_place_and_stands_upright():
    checked = accepted("现场.jpg", makers.photo())

    content = checked.content.read()
    assert not [secret for secret in (b"Secret", b"GPS", b"Exif", b"ICC_PROFILE") if secret in content]
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (40, 60)
    assert not picture.getexif()


def test_a_screenshot_loses_its_remarks_and_keeps_its_clear_parts():
    notes = PngInfo()
    notes.add_text("Author", "SecretAuthor")
    stream = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(stream, "PNG", pnginfo=notes, transparency=(255, 0, 0))

    content = accepted("x.png", stream.getvalue()).content.read()

    assert b"Secret" not in content
    assert Image.open(io.BytesIO(content)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_clear_parts_become_white_in_a_jpeg():
    stream = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(stream, "PNG")

    content = accepted("x.jpg", stream.getvalue()).content.read()

    assert min(Image.open(io.BytesIO(content)).getpixel((4, 4))) > 250


def test_a_broken_camera_note_is_no_reason_to_refuse():
    content = makers.picture(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff broken")
    assert accepted("x.jpg", content).media_type == "image/jpeg"


def test_a_file_that_came_by_disk_is_taken_too():
    with TemporaryUploadedFile("x.txt", "text/plain", 5, None) as upload:
        upload.write(b"words")
        assert accept_upload(upload).content.read() == b"words"


def test_a_file_that_was_read_before_is_read_again():
    upload = SimpleUploadedFile("x.txt", b"words")
    upload.read()
    assert accept_upload(upload).size == 5


def test_the_check_sum_is_that_of_what_is_kept():
    checked = accepted("x.txt", b"words")
    assert checked.sha256 == "dba36bffa5cab0f922d087a3aeb179f9d4e745df40b323e1b1471402848c8a3e"
