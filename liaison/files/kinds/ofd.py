"""OFD, the national format for fixed documents (GB/T 33190): a package of XML with OFD.xml at its root."""

from pathlib import Path

from . import package, xml
from .refused import RefusedError


def inspect(source: Path, _target: Path, _extension: str) -> None:
    """Keep the bytes, for seals cover them; refuse what carries programs or other packages."""
    with source.open("rb") as stream, package.opened(stream) as document:
        for _part, head in package.heads(document):
            if head.startswith((package.OLE, package.ZIP)):
                raise RefusedError("embedded")
        root = xml.elements(package.whole(document, "OFD.xml"))
        if not root or root[0][0] != "OFD":
            raise RefusedError("content")
