"""Names of files as people gave them, made safe to show, to store and to save."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 150
INVISIBLE: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, direction marks, halves of characters, line ends
FORBIDDEN: Final = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
RUNS: Final = re.compile(
    r"\.(?=(exe|com|scr|bat|cmd|msi|dll|pif|jar|js|jse|vbs|vbe|wsf|hta|ps1|lnk|reg|php\d?|phtml|asp|aspx|jsp|cgi|sh|py|html?|svg|docm|xlsm|pptm)\b)",
    re.IGNORECASE,
)


def clean_name(name: str) -> str:
    """The last part of the path, in NFC, visible characters only, at most 150; Chinese names stay as they are."""
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(sign for sign in name if sign.isspace() or unicodedata.category(sign) not in INVISIBLE)
    name = " ".join(unicodedata.normalize("NFC", name).translate(FORBIDDEN).split()).rstrip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:LONGEST].strip() or "file"
    # "invoice.exe.pdf" would be shown as "invoice.exe" where the last extension is hidden
    extension = extension.strip().lower()[:20].strip()
    stem = RUNS.sub("_", stem)[: LONGEST - len(extension) - 2].strip(". ") or "file"
    return f"{'_' if RESERVED.match(stem) else ''}{stem}.{extension}"


def extension_of(name: str) -> str:
    """What stands behind the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""
