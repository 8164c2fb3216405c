"""What a person is told when a file is not taken: what is wrong, and what to do."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[str, Any]] = {
    "empty": _("“%(name)s” is empty."),
    "too_large": _("“%(name)s” is larger than 20 MB. Make it smaller or send it in parts."),
    "kind": _(
        "“%(name)s” is of a kind that cannot be sent. Send PDF, OFD, Word, Excel, PowerPoint, text, JPG, PNG or WebP files."
    ),
    "archive": _("“%(name)s” is an archive. Send the files in it one by one."),
    "legacy": _(
        "“%(name)s” has the old Office or WPS format. Save it as .docx, .xlsx or .pptx, without a password, and send it again."
    ),
    "heic": _("“%(name)s” has a format that many computers cannot show. Save it as JPG and send it again."),
    "content": _("What “%(name)s” contains is not what its name says. Check the file and send it again."),
    "damaged": _("“%(name)s” is damaged and cannot be read. Save it again and send it again."),
    "encrypted": _("“%(name)s” is protected by a password. Remove the protection and send it again."),
    "active": _("“%(name)s” contains a macro or a script. Save it without, or print it to a new PDF, and send it again."),
    "embedded": _("“%(name)s” carries other files inside. Take them out and send them separately."),
    "external": _("“%(name)s” loads content from elsewhere. Break the links, or print it to a PDF, and send it again."),
    "bomb": _("“%(name)s” grows too large when it is unpacked. Make it smaller and send it again."),
    "pixels": _("“%(name)s” has more than 50 million pixels. Make the picture smaller and send it again."),
    "moving": _("“%(name)s” is a moving picture. Send a still picture."),
    "encoding": _("“%(name)s” is not plain text in UTF-8 or GB18030. Save it with one of these and send it again."),
    "slow": _("“%(name)s” is too complicated to be checked. Print it to a new PDF and send it again."),
    "gone": _("“%(name)s” is no longer kept. Choose it again."),
    "too_many": _("At most %(most)s files can be sent. Not taken: %(name)s."),
    "one_only": _("Only one file can be sent here. Not taken: %(name)s."),
}


class FileRefused(ValidationError):  # noqa: N818 - it reads as what happened, as Django's Http404 does
    """A file is not taken; the sentence names it."""

    def __init__(self, code: str, name: str, **params: object) -> None:
        super().__init__(SENTENCES[code], code=code, params={"name": name, **params})
        self.name = name
