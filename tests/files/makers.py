"""Files made at test time, good and evil; nothing evil lies in the repository."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from openpyxl.chart import BarChart, Reference
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def picture(kind="JPEG", size=(60, 40), mode="RGB", **options):
    stream = io.BytesIO()
    Image.new(mode, size, "red" if mode != "CMYK" else 0).save(stream, kind, **options)
    return stream.getvalue()


def photo():
    """A photograph with its place, its camera and a note that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 20.0, 33.0), 3: "E", 4: (104.0, 46.0, 11.0)})
    return picture(exif=exif, comment=b"SecretComment", xmp=b"<x>SecretXmp</x>", icc_profile=b"SecretProfile")


def moving(kind):
    stream = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(stream, kind, save_all=True, append_images=frames[1:], duration=50)
    return stream.getvalue()


def flood(width=50_000, height=50_000):
    """A PNG of a few hundred bytes that says it is enormous, with rows that really are there at first."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 500_000)) + chunk(b"IEND", b"")


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def text_bomb():
    """A PNG whose comment unpacks to a gigabyte."""
    whole = picture("PNG")
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * (64 << 20), 9))
    return whole[:33] + bomb + whole[33:]


def pdf(change=None, **save):
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    stream = io.BytesIO()
    document.save(stream, **save)
    return stream.getvalue()


def action(**parts):
    return lambda document: document.Root.__setitem__("/OpenAction", Dictionary(**parts))


def script_in_annotation(document):
    click = Dictionary(A=Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)")), Subtype=Name.Link, Rect=[0, 0, 9, 9])
    document.pages[0].obj.Annots = Array([click])


def script_in_names(document):
    run = document.make_indirect(Dictionary(S=Name.JavaScript, JS=Stream(document, b"app.alert(1)")))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=["x", run]))


def embedded_file(document):
    document.attachments["x.exe"] = b"MZ"


def file_annotation(document):
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def outside_stream(document):
    document.Root.Other = Stream(document, b"", F=pikepdf.String("\\\\host\\share"))


def harmless_words(document):
    document.docinfo["/Title"] = "How /JavaScript and /Launch work"
    link = Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=pikepdf.String("https://example.org/")))
    document.pages[0].obj.Annots = Array([link])


def packed(parts, *, compress=zipfile.ZIP_DEFLATED, comment=b""):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compress) as package:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            package.writestr(name, content)
        package.comment = comment
    return stream.getvalue()


def types(main=WORD, *more):
    overrides = "".join(f'<Override PartName="/x{number}" ContentType="{kind}"/>' for number, kind in enumerate((main, *more)))
    return f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'


def relation(kind, target, mode="External"):
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def word(parts=None, *, content_types=None, **options):
    base = {"[Content_Types].xml": content_types or types(), "word/document.xml": "<w:document xmlns:w='w'/>"}
    return packed({**base, **(parts or {})}, **options)


def slides(parts=None):
    return packed({"[Content_Types].xml": types(SLIDES), "ppt/presentation.xml": "<p/>", **(parts or {})})


def sheet(*, chart=False, rows=3):
    book = openpyxl.Workbook()
    for number in range(rows):
        book.active.append([f"企业{number}", number])
    if chart:
        bars = BarChart()
        bars.add_data(Reference(book.active, min_col=2, min_row=1, max_row=rows))
        book.active.add_chart(bars)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ofd(root='<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>', parts=None):
    return packed({"OFD.xml": root, "Doc_0/Document.xml": "<d/>", **(parts or {})})


def link_part():
    entry = zipfile.ZipInfo("word/link")
    entry.create_system = 3
    entry.external_attr = 0o120777 << 16
    return packed([("[Content_Types].xml", types()), (entry, "/etc/passwd")])


def overlapping():
    """Two entries of the list that point at the same bytes."""
    whole = bytearray(word({"word/a.xml": "<a>" + "x" * 3000 + "</a>", "word/b.xml": "<a>" + "x" * 3000 + "</a>"}))
    first = whole.index(b"PK\x01\x02")
    entries = [at for at in range(first, len(whole)) if whole[at : at + 4] == b"PK\x01\x02"]
    one, other = (at for at in entries if b"word/" in whole[at : at + 60] and b"document" not in whole[at : at + 70])
    whole[other + 42 : other + 46] = whole[one + 42 : one + 46]
    return bytes(whole)


def lying_size():
    """A list of parts that says 10 bytes for a part of a megabyte."""
    whole = bytearray(word({"word/a.xml": "<a/>" + " " * 900_000}))
    at = whole.index(b"word/a.xml", whole.index(b"PK\x01\x02")) - 46
    whole[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(whole)


def encrypted_part():
    whole = bytearray(word())
    at = whole.index(b"PK\x01\x02")
    whole[at + 8] |= 1
    return bytes(whole)


def many_objects(document):
    for number in range(100_000):
        document.make_indirect(Dictionary(N=number, A=Array([1, 2, Name.X])))
    document.Root.All = Array([document.make_indirect(Dictionary(N=number, F=number)) for number in range(100_000)])
