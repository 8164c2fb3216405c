"""The catalogues: what is found, what is wrong, what is written."""

import gettext

import polib
import pytest

from liaison.launch.catalogue import __main__ as tool
from liaison.launch.catalogue.areas import area_of
from liaison.launch.catalogue.extract import Message, UnreadableError, of_module, of_template
from liaison.launch.catalogue.rules import faults


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("Send")', Message("Send")),
        ('gettext_lazy("a" "b")', Message("ab")),
        ('gettext("a" + "b")', Message("ab")),
        ('translation.gettext("Send")', Message("Send")),
        ('ngettext("%(n)s day", "%(n)s days", n)', Message("%(n)s day", None, "%(n)s days")),
        ('pgettext_lazy("step", "Answer")', Message("Answer", "step")),
        ('npgettext("x", "day", "days", n)', Message("day", "x", "days")),
    ],
)
def test_python(source, found):
    assert list(of_module(source)) == [found]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Send" %}', Message("Send")),
        ("{% trans 'Send (now)' as word %}", Message("Send (now)")),
        ('{% translate "Answer" context "step" %}', Message("Answer", "step")),
        ('{{ name|default:_("nobody") }}', Message("nobody")),
        ('{% include "x.html" with title=_("Files") %}', Message("Files")),
        ("{% blocktranslate %}Dear {{ name }}{% endblocktranslate %}", Message("Dear %(name)s")),
        ("{% blocktranslate trimmed %}\n  One\n  two\n{% endblocktranslate %}", Message("One two")),
        (
            "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            Message("%(n)s day", None, "%(n)s days"),
        ),
    ],
)
def test_templates(source, found):
    assert list(of_template(source)) == [found]


@pytest.mark.parametrize("source", ['_(f"Hello {name}")', "_(name)", "def broken("])
def test_words_put_together_at_run_time_are_refused(source):
    with pytest.raises(UnreadableError):
        list(of_module(source))


@pytest.mark.parametrize(
    ("path", "area"),
    [
        ("issues/models/issue.py", "issues"),
        ("templates/enterprises/detail.html", "enterprises"),
        ("templates/notices/issue_submitted/subject.txt", "issues"),
        ("templates/notices/enterprise_verified/body.txt", "enterprises"),
        ("templates/base.html", "liaison"),
        ("liaison/accounts/rights.py", "liaison"),
    ],
)
def test_areas(path, area, tmp_path):
    assert area_of((tmp_path / path).relative_to(tmp_path)) == area


def catalogue(**entry):
    made = polib.POFile()
    made.append(polib.POEntry(**entry))
    return made


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "%(n)s left", "msgstr": ""}, "untranslated"),
        ({"msgid": "%(n)s left", "msgstr": "剩 %(n)s", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "%(n)s left", "msgstr": "剩 %(m)s"}, "placeholders differ"),
        ({"msgid": "%(n)s left", "msgstr": "剩 %(n)s %"}, "not a valid format"),
        ({"msgid": "%(n)s left", "msgstr": "剩 %(n)s\n"}, "line ends differ"),
        ({"msgid": "other", "msgstr": "别的"}, "missing"),
        ({"msgid": "%(n)s left", "msgstr": "剩 %(n)s", "obsolete": True}, "obsolete"),
    ],
)
def test_faults(entry, fault):
    found = list(faults([Message("%(n)s left")], catalogue(**entry)))

    assert fault in found[0] or fault in found[-1], found


def test_a_complete_catalogue_has_no_faults():
    assert list(faults([Message("%(n)s left")], catalogue(msgid="%(n)s left", msgstr="剩 %(n)s"))) == []


def test_update_then_check_then_compile(tmp_path, capsys):
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "enums.py").write_text('X = _("Waiting")\nY = ngettext("one", "many", 2)\n')

    tool.update(tmp_path)
    assert tool.check(tmp_path) == 1
    path = tmp_path / "issues/locale/zh_Hans/LC_MESSAGES/django.po"
    words = polib.pofile(str(path))
    words.find("Waiting").msgstr, words.find("one").msgstr_plural = "等待", {0: "多"}
    words.save()
    assert tool.check(tmp_path) == 0, capsys.readouterr().out
    before = path.read_text()
    tool.update(tmp_path)

    assert path.read_text() == before
    tool.compile_all(tmp_path)
    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Waiting") == "等待"


def test_the_same_words_may_not_mean_two_things(tmp_path, capsys):
    for area, chinese in (("issues", "关闭"), ("enterprises", "注销")):
        (tmp_path / area).mkdir()
        (tmp_path / area / "enums.py").write_text('_("Closed")')
        tool.update(tmp_path)
        path = tmp_path / area / "locale/zh_Hans/LC_MESSAGES/django.po"
        words = polib.pofile(str(path))
        words.find("Closed").msgstr = chinese
        words.save()

    assert tool.check(tmp_path) == 1
    assert "differently" in capsys.readouterr().out
