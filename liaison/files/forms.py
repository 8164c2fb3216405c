"""Form fields for files: each is checked, and what passed is kept even if the rest of the form has errors."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liaison.files.actions import purge_surplus
from liaison.files.checks import MEDIA_TYPES, CheckedFile, accept_upload
from liaison.files.holder import Holder
from liaison.files.models import PendingUpload
from liaison.files.refusals import FileRefused

SALT: Final = "liaison.files.pending"
LONGEST_CHECK_OF_ALL: Final = 20.0
Sent = CheckedFile | PendingUpload


@dataclass(frozen=True)
class Chosen:
    """What a form brought: files chosen now, and tokens of those it brought before."""

    new: "list[UploadedFile[bytes]]" = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.kept)


class FilesInput(forms.widgets.Input):
    """A file input with the list of files that were kept from the post before; unticking one takes it out.

    Not a subclass of FileInput: crispy-bootstrap5 draws those itself and would leave the list out.
    """

    input_type = "file"
    needs_multipart_form = True
    template_name = "files/input.html"
    kept: Sequence[PendingUpload] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Chosen:
        """Both sorts of files."""
        tokens = data.getlist(f"{name}_kept") if isinstance(data, MultiValueDict) else data.get(f"{name}_kept", [])
        new = files.getlist(name) if isinstance(files, MultiValueDict) else [files[name]] if files.get(name) else []
        return Chosen(list(new), list(tokens))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        """Whether the form brought nothing."""
        return name not in files and f"{name}_kept" not in data

    def format_value(self, value: object) -> None:
        """A browser takes no preset file."""

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ARG002
        """The input and the list above it."""
        context = super().get_context(name, None, attrs)
        context["kept"] = [(token_of(pending), pending) for pending in self.kept]
        context["kept_name"] = f"{name}_kept"
        return context

    def use_required_attribute(self, initial: object) -> bool:
        """What was kept is enough."""
        return super().use_required_attribute(initial) and not self.kept


class AttachmentsField(forms.Field):
    """Several files. The value is a list of what ``StoredFile.store`` takes.

    With ``holder`` set (see KeepsFiles) the files that passed survive an invalid form.
    """

    widget = FilesInput
    holder: Holder | None = None
    default_error_messages = {"required": _("Choose a file.")}
    hint = _("PDF, OFD, Word, Excel, PowerPoint, text or pictures (JPG, PNG, WebP). Up to {most} files of up to 20 MB each.")

    def __init__(self, *, most: int = 10, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", format_lazy(self.hint, most=most))
        super().__init__(**kwargs)
        self.most = most

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        """Several files, of the kinds that are taken."""
        return {"accept": ",".join(f".{extension}" for extension in MEDIA_TYPES), "multiple": True}

    def has_changed(self, initial: object, data: object) -> bool:  # noqa: ARG002
        """Whether files came."""
        return bool(data)

    def bound_data(self, data: object, initial: object) -> None:
        """The list of kept files stands in the widget; there is nothing else to show again."""

    def clean(self, value: Chosen | None) -> Any:
        """Check each file by itself; an error names its file and spares the others."""
        chosen = value or Chosen()
        errors: list[ValidationError] = []
        sent: list[Sent] = list(self.restored(chosen.kept, errors))
        room = max(0, self.most - len(sent))
        if left_out := chosen.new[room:]:
            errors.append(self.too_many(", ".join(upload.name or "" for upload in left_out)))
        until = time.monotonic() + LONGEST_CHECK_OF_ALL
        for upload in chosen.new[:room]:
            try:
                sent.append(self.accepted(upload, until))
            except FileRefused as refused:
                errors.append(refused)
        if isinstance(self.widget, FilesInput):
            self.widget.kept = [file for file in sent if isinstance(file, PendingUpload)]
        if errors:
            raise ValidationError(errors)
        if self.required and not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        return sent

    def accepted(self, upload: "UploadedFile[bytes]", until: float) -> Sent:
        """Check one file and keep it."""
        checked = accept_upload(upload, seconds=until - time.monotonic())
        if self.holder is None:
            return checked
        pending = PendingUpload.keep(checked, self.holder)
        purge_surplus(self.holder)
        return pending

    def restored(self, tokens: list[str], errors: list[ValidationError]) -> list[PendingUpload]:
        """The files that this person sent with an earlier post of the form."""
        keys = dict.fromkeys(key for key in map(key_of, tokens) if key)
        found = PendingUpload.objects.held_by(self.holder).in_bulk(list(keys)) if self.holder and keys else {}
        by_key = {str(pk): pending for pk, pending in found.items()}
        if len(by_key) < len(set(tokens)):
            errors.append(FileRefused("gone", str(_("A file"))))
        return [by_key[key] for key in keys if key in by_key][: self.most]

    def too_many(self, names: str) -> FileRefused:
        """Those beyond the limit are named; the others are kept."""
        return FileRefused("too_many", names, most=self.most)


class SingleFileField(AttachmentsField):
    """One file; the value is that file or None."""

    hint = _("PDF, OFD, Word, Excel, PowerPoint, text or a picture (JPG, PNG, WebP), up to 20 MB.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=1, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002
        """One file, of the kinds that are taken."""
        return {"accept": ",".join(f".{extension}" for extension in MEDIA_TYPES)}

    def clean(self, value: Chosen | None) -> Any:
        """A file chosen now replaces the one that was kept."""
        if value and value.new:
            value = Chosen(new=value.new)
        sent = super().clean(value)
        return sent[0] if sent else None

    def too_many(self, names: str) -> FileRefused:
        """The first is kept."""
        return FileRefused("one_only", names)


class KeepsFiles(forms.BaseForm):
    """A form whose files survive its errors: ``Form(request.POST, request.FILES, holder=Holder.of(request))``."""

    def __init__(self, *args: Any, holder: Holder | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            if isinstance(each, AttachmentsField):
                each.holder = holder


def token_of(pending: PendingUpload) -> str:
    """The word by which a form brings a kept file again."""
    return signing.dumps(str(pending.pk), salt=SALT)


def key_of(token: str) -> str | None:
    """Which file a token means."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None
