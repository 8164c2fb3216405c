"""A firm raises an issue on a phone, in Chinese: five pages, a photograph, a receipt. Every page on the way is sound."""

import csv
from pathlib import Path

import pytest
from django.utils import timezone

import issues
from enterprises.enums import Status
from issues.actions.files import attach
from issues.actions.intake import start_draft
from issues.models import Category, Issue
from liaison.files.checks import accept_upload
from liaison.parameters.models import Parameter
from tests.browser import PHONE
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.issues import make_district, matter, person, submitted
from tests.issues.views.intake_forms import png

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct-horse-battery"


@pytest.fixture
def district():
    """Firms, units and people, and all fields that an issue can belong to."""
    with (Path(issues.__file__).parent / "data/categories.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            Category.objects.get_or_create(
                code=row["code"], defaults={"name": row["name_zh"], "name_en": row["name_en"], "examples": row["examples_zh"]}
            )
    return make_district()


@pytest.fixture
def photograph(tmp_path) -> Path:
    path = tmp_path / "停水通知.png"
    path.write_bytes(png().read())
    return path


class Walk:
    """The same steps with and without JavaScript; every page is looked at (by axe only where scripts run)."""

    def __init__(self, visitor, *, script):
        self.visitor, self.script, self.name, self.found = visitor, script, "phone" if script else "phone-plain", []

    def look(self, page, *, name):
        page.wait_for_selector(f"main[data-page='{name}']")
        self.visitor.picture(f"{self.name}-{name}")
        if self.script:
            self.found += [f"{name}: {fault}" for fault in self.visitor.faults()]


def sign_in(visitor, user, *, script):
    user.set_password(PASSWORD)
    user.save()
    page = visitor.open("/accounts/login/?next=/issues/new/", size=PHONE, script=script)
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    return page


@pytest.mark.parametrize("script", [True, False])
def test_a_firm_raises_an_issue_on_a_phone(visitor, district, photograph, script):
    page = sign_in(visitor, district["firm1"], script=script)
    walk = Walk(visitor, script=script)
    walk.look(page, name="issue-new")
    page.fill("#id_title", "厂区停水三天,请协调恢复供水")
    page.fill("#id_body", "本月 3 日起厂区停水,生产线停工,水务公司答复等通知。")
    page.click("main form button.btn-primary")

    walk.look(page, name="issue-draft-classify")
    page.check("input[name=category][value='08']")
    page.check("input[name=nature][value=help]")
    page.check("input[name=urgency][value=urgent]")
    page.click("main form button.btn-primary")

    walk.look(page, name="issue-draft-concerns")
    page.click("main form button.btn-primary")

    walk.look(page, name="issue-draft-files")
    page.set_input_files("#id_attachments", photograph)
    page.click("button[name=more]")
    page.wait_for_selector("text=停水通知.png")
    walk.look(page, name="issue-draft-files")
    page.click("main form.portal-form button.btn-primary")

    walk.look(page, name="issue-draft-check")
    page.click("main form button.btn-primary")

    walk.look(page, name="issue-receipt")
    issue = Issue.objects.get()
    assert issue.number in page.inner_text("main")
    assert page.locator("[data-print]").is_visible() is script
    assert [file.name for file in issue.attachments.all()] == ["停水通知.png"]
    assert not walk.found, "\n".join(walk.found)


def test_a_wrong_answer_leads_to_its_field(visitor, district):
    page = visitor.sign_in(district["firm1"]).open("/issues/new/", size=PHONE)
    page.fill("#id_title", "标题")
    page.fill("#id_body", "字" * 6000)

    page.click("main form button.btn-primary")

    page.wait_for_selector("[data-error-summary]")
    assert page.title().startswith("错误")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.click("[data-error-summary] a")
    assert page.evaluate("document.activeElement.id") == "id_body"
    assert len(page.input_value("#id_body")) == 6000
    visitor.picture("phone-issue-new-error")
    assert not (faults := visitor.faults()), "\n".join(faults)


def assert_sound(visitor, **pages):
    faults = [fault for name, path in pages.items() for fault in visitor.check(path, name=name)]
    assert not faults, "\n".join(faults)


def test_pages_of_a_firm(visitor, district):
    firm1 = district["firm1"]
    submitted(district, now=timezone.now())
    EnterpriseFactory(manager=district.people["firm1"], name="自贡沿滩水木粮油有限公司")
    draft = start_draft(
        district.firm,
        matter(sensitive=True, body="四川水木阳光农业有限公司" + "流动资金紧张。\n" * 8),
        by=firm1,
        now=timezone.now(),
    )
    attach(draft, [accept_upload(png("一张名字很长很长很长很长很长很长很长很长的照片.png"))], by=firm1, now=timezone.now())
    begun = start_draft(district.firm, matter(title="没写完的", category=None), by=firm1, now=timezone.now())
    visitor.sign_in(firm1)
    at = f"/issues/drafts/{draft.draft_key}"

    assert_sound(
        visitor,
        new="/issues/new/",
        matter=f"{at}/matter/",
        classify=f"/issues/drafts/{begun.draft_key}/classify/",
        concerns=f"{at}/concerns/",
        files=f"{at}/files/",
        check=f"{at}/check/",
        discard=f"{at}/discard/",
        receipt=f"/issues/{Issue.objects.exclude(number=None).get().address}/receipt/",
    )


def test_pages_of_the_desk(visitor, district):
    submitted(district, now=timezone.now())
    draft = start_draft(
        district.firm,
        matter(title="走访时反映", category=None),
        by=district["desk1"],
        now=timezone.now(),
        for_firm_by_unit=district.units["desk"],
    )
    visitor.sign_in(district["desk1"])

    assert_sound(
        visitor,
        choose="/issues/new/",
        found="/issues/new/?q=水木",
        nothing="/issues/new/?q=没有这家",
        blank=f"/issues/new/?enterprise={district.firm.credit_code}",
        whole=f"/issues/drafts/{draft.draft_key}/whole/",
    )


def test_pages_that_say_no(visitor, district):
    visitor.sign_in(person("nobody"))
    assert_sound(visitor, nobody="/issues/new/")
    EnterpriseFactory(manager=(waiting := person("waiting")), status=Status.APPLIED)
    visitor.sign_in(waiting)
    assert_sound(visitor, waiting="/issues/new/")


def test_enough_for_today_and_corrections_of_a_whole_form(visitor, district):
    Parameter.objects.create(key="issues.daily_cap", value=1)
    submitted(district, now=timezone.now())
    start_draft(district.firm, matter(title="第二件"), by=district["firm1"], now=timezone.now())
    draft = Issue.objects.get(number=None)
    page = visitor.sign_in(district["firm1"]).open(f"/issues/drafts/{draft.draft_key}/check/", size=PHONE)

    page.click("main form button.btn-primary")
    page.wait_for_selector("main[data-page='issue-new-cap-reached']")
    visitor.picture("phone-cap")
    found = visitor.faults()

    page = visitor.open(f"/issues/drafts/{draft.draft_key}/check/", size=PHONE)
    page.evaluate("document.querySelector('[name=category]').value = '77'")
    page.click("main form button.btn-primary")
    page.wait_for_selector("main[data-page='issue-new-whole']")
    visitor.picture("phone-whole")
    found += visitor.faults()
    assert not found, "\n".join(found)
