"""Reading small XML parts without document types, entities or anything fetched."""

from typing import Final
from xml.parsers import expat  # as safe as defusedxml: document types are refused below

from .refused import RefusedError

Element = tuple[str, dict[str, str]]
MOST_ELEMENTS: Final = 100_000


def elements(content: bytes) -> list[Element]:
    """Every element's local name and attributes, in order."""
    found: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name.rpartition(" ")[2], attributes))
        if len(found) > MOST_ELEMENTS:
            raise RefusedError("bomb")

    def doctype(*_: object) -> None:
        raise RefusedError("active")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedError("damaged") from error
    return found
