"""A reader of calendar files that shares no line with the library: unfolds, splits, unescapes."""

import re

ESCAPED = re.compile(r"\\(.)")
NAME = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
PARAMETER = re.compile(r';([A-Z0-9-]+)=(?:"([^"]*)"|([^";:,]*))')


def lines_of(content):
    """Unfolded lines, after the rules for the bytes: CRLF everywhere, 75 octets, every folded piece UTF-8 of its own."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    folded = content[:-2].split(b"\r\n")
    assert max(map(len, folded)) <= 75
    pieces = [line.decode() for line in folded]
    assert not any(ord(sign) < 32 and sign != "\t" for piece in pieces for sign in piece)
    lines = []
    for piece in pieces:
        if piece.startswith((" ", "\t")):
            lines[-1] += piece[1:]
        else:
            lines.append(piece)
    return lines


def read(content):
    """Properties by component: [(component, name, parameters, raw value)]."""
    inside, found = [], []
    for line in lines_of(content):
        name, parameters, value = NAME.fullmatch(line).groups()
        if name == "BEGIN":
            inside.append(value)
        elif name == "END":
            assert inside.pop() == value
        else:
            found.append(
                (inside[-1], name, {key: quoted or plain for key, quoted, plain in PARAMETER.findall(parameters)}, value)
            )
    assert not inside
    return found


def value_of(content, name, component="VEVENT"):
    """The one value of a property."""
    (value,) = [value for where, called, _, value in read(content) if (where, called) == (component, name)]
    return value


def parameters_of(content, name):
    """The parameters of the one property of the event."""
    (parameters,) = [parameters for where, called, parameters, _ in read(content) if (where, called) == ("VEVENT", name)]
    return parameters


def names_of(content, component="VEVENT"):
    """The names of the properties of a component."""
    return [name for where, name, _, _ in read(content) if where == component]


def text(raw):
    """A text without its escapes."""
    return ESCAPED.sub(lambda match: "\n" if match.group(1) in "nN" else match.group(1), raw)
