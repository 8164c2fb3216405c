"""What a PDF says, read as a reader's program does: by the map from glyphs to characters that it carries."""

import io
import re

import pikepdf


def opened(made):
    return pikepdf.open(io.BytesIO(made))


def fonts(made):
    with opened(made) as pdf:
        return sorted({str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()})


def text_of(made):
    with opened(made) as pdf:
        return "".join(_text_of_page(page) for page in pdf.pages)


def _text_of_page(page):
    maps = {name: _characters(font.ToUnicode.read_bytes().decode()) for name, font in page.Resources.Font.items()}
    found, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        for shown in _strings(operands) if str(operator) in {"Tj", "TJ"} else ():
            found += [current.get(shown[at : at + 2].hex(), "") for at in range(0, len(shown), 2)]
    return "".join(found)


def _strings(operands):
    shown = operands[0]
    return (
        [bytes(one) for one in shown if isinstance(one, pikepdf.String)] if isinstance(shown, pikepdf.Array) else [bytes(shown)]
    )


def _characters(cmap):
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>$", cmap, re.MULTILINE)
    return {code.lower(): bytes.fromhex(said).decode("utf-16-be") for code, said in pairs}
