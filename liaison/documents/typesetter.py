"""Typst in a process of its own, for long documents: the memory that they take is given back when it ends.

Reads an order as JSON, writes the document; what typst has to say against it goes to standard error, with the exit code REFUSED.
Imports nothing of the portal: liaison.documents.pdf runs this file.
"""

import json
import sys
from datetime import datetime

import typst

REFUSED = 3


def main() -> int:
    """Set one document."""
    order = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    compiler = typst.Compiler(
        order["template"],
        root=order["root"],
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"facts": order["facts"]},
    )
    try:
        made = compiler.compile(timestamp=datetime.fromisoformat(order["dated"]), format="pdf", pdf_standards=order["standard"])
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return REFUSED
    assert isinstance(made, bytes)  # a PDF is one file however many pages it has
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
