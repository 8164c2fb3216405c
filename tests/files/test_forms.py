"""Files in forms: each error beside its field, nothing that was sent is lost."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from liaison.accounts.models import User
from liaison.files.forms import AttachmentsField, KeepsFiles, SingleFileField
from liaison.files.holder import Holder
from liaison.files.models import PendingUpload

pytestmark = pytest.mark.django_db


class ReportForm(KeepsFiles, forms.Form):
    title = forms.CharField()
    attachments = AttachmentsField(required=False, most=3)


class LicenceForm(KeepsFiles, forms.Form):
    licence = SingleFileField(label="Licence")


@pytest.fixture
def holder():
    return Holder(user_id=User.objects.create_user("sender", name="Sender").pk)


def txt(name="说明.txt", content=b"words"):
    return SimpleUploadedFile(name, content)


def report(holder, *files, kept=(), title=""):
    data = MultiValueDict({"title": [title], "attachments_kept": list(kept)})
    return ReportForm(data, MultiValueDict({"attachments": list(files)}), holder=holder)


def tokens(form, name="attachments"):
    return re.findall(rf'name="{name}_kept" value="([^"]+)"', str(form[name]))


def test_files_of_an_invalid_form_are_offered_again(holder):
    first = report(holder, txt("一.txt"), txt("二.txt"))
    assert not first.is_valid()
    assert "一.txt" in str(first["attachments"])

    second = report(holder, kept=tokens(first), title="now complete")

    assert second.is_valid(), second.errors
    assert [file.name for file in second.cleaned_data["attachments"]] == ["一.txt", "二.txt"]


def test_a_refused_file_is_named_and_the_others_are_kept(holder):
    form = report(holder, txt("好.txt"), txt("坏.exe"), title="complete")

    assert not form.is_valid()
    assert "坏.exe" in str(form.errors["attachments"])
    assert [file.name for file in PendingUpload.objects.held_by(holder)] == ["好.txt"]


def test_kept_files_count_towards_the_limit(holder):
    first = report(holder, txt("1.txt"), txt("2.txt"))
    first.is_valid()

    second = report(holder, txt("3.txt"), txt("4.txt"), kept=tokens(first), title="complete")

    assert not second.is_valid()
    assert "4.txt" in str(second.errors["attachments"])
    assert len(tokens(second)) == 3


def test_unticking_takes_a_file_out(holder):
    first = report(holder, txt("1.txt"), txt("2.txt"))
    first.is_valid()

    second = report(holder, kept=tokens(first)[:1], title="complete")

    assert second.is_valid()
    assert [file.name for file in second.cleaned_data["attachments"]] == ["1.txt"]


def test_a_token_serves_nobody_else(holder):
    first = report(holder, txt())
    first.is_valid()
    stranger = Holder(user_id=User.objects.create_user("stranger", name="Stranger").pk)

    for other in (stranger, Holder(session="other"), None):
        form = report(other, kept=tokens(first), title="complete")
        assert form.errors["attachments"].as_data()[0].code == "gone"


@pytest.mark.parametrize("token", ["", "x", "x:y:z", "\x00", "\u202e", "a" * 5000])
def test_a_made_up_token_is_a_plain_error(holder, token):
    assert report(holder, kept=[token], title="complete").errors["attachments"].as_data()[0].code == "gone"


def test_the_same_token_twice_is_one_file(holder):
    first = report(holder, txt())
    first.is_valid()

    second = report(holder, kept=tokens(first) * 2, title="complete")

    assert second.is_valid(), second.errors
    assert len(second.cleaned_data["attachments"]) == 1


def test_a_visitor_keeps_files_by_session(rf):
    visitor = Holder(session="abc")
    first = report(visitor, txt())
    first.is_valid()

    assert report(visitor, kept=tokens(first), title="complete").is_valid()


def test_a_required_file_may_be_the_kept_one(holder):
    empty = LicenceForm(MultiValueDict(), MultiValueDict(), holder=holder)
    assert empty.errors["licence"].as_data()[0].code == "required"
    first = LicenceForm(MultiValueDict(), MultiValueDict({"licence": [txt()]}), holder=holder)
    assert first.is_valid()

    second = LicenceForm(MultiValueDict({"licence_kept": tokens(first, "licence")}), MultiValueDict(), holder=holder)

    assert second.is_valid()
    assert second.cleaned_data["licence"].name == "说明.txt"
    assert "required" not in str(second["licence"])


def test_a_new_single_file_replaces_the_kept_one(holder):
    first = LicenceForm(MultiValueDict(), MultiValueDict({"licence": [txt("old.txt")]}), holder=holder)
    first.is_valid()
    kept = {"licence_kept": tokens(first, "licence")}

    second = LicenceForm(MultiValueDict(kept), MultiValueDict({"licence": [txt("new.txt")]}), holder=holder)

    assert second.is_valid()
    assert second.cleaned_data["licence"].name == "new.txt"


def test_without_a_holder_files_are_checked_all_the_same():
    form = LicenceForm(MultiValueDict(), MultiValueDict({"licence": [txt("x.txt", b"\x00")]}))
    assert form.errors["licence"].as_data()[0].code == "encoding"


def test_the_field_looks_like_all_others(holder):
    form = report(holder, txt(), txt("坏.exe"))
    form.is_valid()

    page = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))

    assert page.count('type="file"') == 1
    assert "multiple" in page
    assert 'name="attachments_kept"' in page
    assert "说明.txt" in page
    assert "坏.exe" in page
    assert "is-invalid" in page
    assert ".docx" in page


def test_a_name_is_never_markup(holder):
    form = report(holder, txt("<img src=x onerror=alert(1)>.txt"), txt("<script>.exe"))
    form.is_valid()

    page = f"{form['attachments']}{form.errors}"

    assert "<img" not in page
    assert "<script" not in page


def test_an_untouched_field_is_no_change(holder):
    assert ReportForm(MultiValueDict(), MultiValueDict(), holder=holder).changed_data == []
    assert ReportForm({"title": "x"}, {}, holder=holder).is_valid()
