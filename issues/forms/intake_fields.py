"""The kinds of answers that intake asks for: text, yes or no, how soon, which class, which leader, which files."""

import unicodedata
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from issues.enums import Urgency
from issues.forms.plain import plain
from issues.models import MAX_FILES, Category
from liaison.accounts.models import User
from liaison.files.forms import AttachmentsField
from liaison.files.refusals import FileRefused

EXPLAINED: Final = _("%(choice)s: %(meaning)s")
"A choice and what it means."


class PlainTextField(forms.CharField):
    """Words without invisible signs; who wrote too much is told how much."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def to_python(self, value: Any) -> str:
        """Line ends as one sign each; controls and marks that turn the reading direction go: they only mislead."""
        text = plain(str(super().to_python(value) or ""))
        return plain("".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip())

    def validate(self, value: str) -> None:
        """Something must be there, and not too much of it."""
        super().validate(value)
        if (over := len(value) - self.most) > 0:
            words = ngettext_lazy(
                "“%(label)s” is %(over)s character too long: at most %(most)s.",
                "“%(label)s” is %(over)s characters too long: at most %(most)s.",
                "over",
            )
            raise ValidationError(words, code="max_length", params={"label": self.label, "over": over, "most": self.most})


class TitleField(PlainTextField):
    """One line."""

    def to_python(self, value: Any) -> str:
        """Line ends become blanks."""
        return " ".join(super().to_python(value).split())


class YesNoField(forms.ChoiceField):
    """A plain yes or no, however an outside program writes it; nothing means no."""

    WORDS: ClassVar = {**dict.fromkeys(("", "no", "false", "off", "0"), "no"), **dict.fromkeys(("yes", "true", "on", "1"), "yes")}
    widget = forms.RadioSelect

    def prepare_value(self, value: Any) -> str:
        """As the page shows it."""
        word = {True: "yes", False: "no", None: "no"}.get(value, value)
        return self.WORDS.get(str(word).strip().lower(), str(word))

    def clean(self, value: Any) -> bool:
        """Whether it was yes."""
        return bool(super().clean(self.prepare_value(value)) == "yes")


class UrgencyField(forms.ChoiceField):
    """How soon; nothing said means the usual time."""

    widget = forms.RadioSelect

    def clean(self, value: Any) -> Any:
        """One of the list."""
        return super().clean(value or Urgency.NORMAL)


class CategoryField(forms.ModelChoiceField[Category]):
    """A class of issues, by its code, with examples of what belongs there."""

    def label_from_instance(self, category: Any) -> str:
        """Name and examples; the examples exist in Chinese only."""
        examples = "" if get_language() == "en" else category.examples.replace(";", "、")
        return str(EXPLAINED % {"choice": category, "meaning": examples}) if examples else str(category)


class LeaderField(forms.ModelChoiceField[User]):
    """A main leader of today, by user name."""

    def label_from_instance(self, user: Any) -> str:
        """The name."""
        return str(user.name)


class TakeOutField(forms.MultipleChoiceField):
    """Numbers of files to take out; one that has gone meanwhile is no error."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[int]:
        """Only what is offered."""
        choices: Any = self.choices
        offered = {str(number) for number, _name in choices}
        return [int(each) for each in value or () if each in offered]


class DraftFilesField(AttachmentsField):
    """Files beside those that the draft has already."""

    def too_many(self, names: str) -> FileRefused:
        """The limit is that of the issue, not of this form."""
        return FileRefused("too_many", names, most=MAX_FILES)
