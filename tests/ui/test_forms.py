"""Forms: what is optional, what is wrong and where, and that nothing depends on the browser."""

import pytest
from django import forms
from django.test import RequestFactory
from django.utils.translation import override

from liaison.ui.errors import wrongs_of
from liaison.ui.forms import PortalForm, VersionedFormMixin, render_form_page
from liaison.ui.templatetags.ui import error_prefix, error_summary, field
from tests.ui.gallery import GalleryForm


class LampForm(PortalForm):
    """A small form."""

    autocomplete = {"phone": "tel"}
    title = forms.CharField(label="标题", help_text="一句话", max_length=5)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    phone = forms.CharField(label="电话", required=False)

    def clean(self):
        if self.cleaned_data.get("title") == "都不对":
            self.add_error(None, "这件事已经有人提过。")


class VersionedForm(VersionedFormMixin, LampForm):
    """The same, with a version."""


class OldForm(forms.Form):
    """A form that knows nothing of the portal."""

    name = forms.CharField(label="姓名")


def test_only_optional_questions_are_marked():
    form = LampForm()

    assert "选填" in field(form["phone"])
    assert "选填" not in field(form["title"])
    assert "*" not in field(form["title"])


def test_browser_is_not_asked_to_decide():
    assert " required" not in field(LampForm()["title"])


def test_browser_may_fill_in_what_it_knows():
    assert 'autocomplete="tel"' in field(LampForm()["phone"])


def test_help_and_error_are_tied_to_the_control():
    text = field(LampForm({"title": ""})["title"])

    assert 'aria-describedby="id_title_helptext id_title_error"' in text
    assert 'id="id_title_helptext"' in text
    assert 'id="id_title_error"' in text
    assert 'aria-invalid="true"' in text


def test_group_of_choices_has_a_legend_and_carries_its_error():
    text = field(LampForm({"title": "灯"})["kind"])

    assert '<fieldset aria-describedby="id_kind_error">' in text
    assert "<legend" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ["请填写“标题”。", "请选择“类别”。"]), ("en", ["Fill in “标题”.", "Choose “类别”."])],
)
def test_errors_name_their_field_and_lead_to_it(language, words):
    with override(language):
        found = wrongs_of(LampForm({}))

    assert [wrong.words for wrong in found] == words
    assert [wrong.target for wrong in found] == ["id_title", "id_kind_0"]


def test_summary_and_field_say_the_same():
    form = LampForm({"title": "一二三四五六", "kind": "a"})

    words = wrongs_of(form)[0].words

    assert words in error_summary(form)
    assert words in field(form["title"])


def test_error_of_the_whole_form_stands_in_the_summary():
    assert "这件事已经有人提过。" in error_summary(LampForm({"title": "都不对", "kind": "a"}))


@pytest.mark.parametrize("nothing", [None, "", LampForm(), LampForm({"title": "灯", "kind": "a"})])
def test_no_error_no_summary(nothing):
    assert error_summary(nothing) == ""
    assert error_prefix(nothing) == ""


def test_title_of_a_wrong_page_begins_with_the_word():
    assert error_prefix(LampForm({})) == "错误: "


def test_form_that_knows_nothing_of_the_portal_looks_the_same():
    form = OldForm({})

    assert "请填写“姓名”。" in field(form["name"])
    assert 'class="form-control is-invalid"' in field(form["name"])


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("body", 'class="form-control"'),
        ("category", 'class="form-select"'),
        ("nature", 'class="form-check-input"'),
        ("sensitive", 'class="form-check-input"'),
        ("until", 'type="date"'),
        ("at", 'type="datetime-local"'),
        ("licence", 'type="file"'),
    ],
)
def test_control_fits_the_question(name, wanted):
    assert wanted in field(GalleryForm()[name])


def test_date_goes_to_and_fro_in_the_form_the_browser_wants():
    form = GalleryForm({"until": "2026-11-24", "at": "2026-11-24T17:30"})
    form.is_valid()

    assert str(form.cleaned_data["until"]) == "2026-11-24"
    assert 'value="2026-11-24"' in field(form["until"])
    assert form.cleaned_data["at"].minute == 30


def test_old_page_is_told_and_not_stored():
    seen = {"title": "灯", "kind": "a", "version": "3"}

    assert VersionedForm(seen, version=3).is_valid()
    assert VersionedForm(seen, version=4).errors.as_data()["version"][0].code == "stale"
    assert not VersionedForm({"title": "灯", "kind": "a"}, version=4).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize(("data", "status"), [(None, 200), ({}, 400)])
def test_page_with_something_to_correct_is_a_400(data, status):
    request = RequestFactory().get("/")

    assert render_form_page(request, "ui/form.html", LampForm(data)).status_code == status
