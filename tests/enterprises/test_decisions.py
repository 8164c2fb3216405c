"""The desk's decisions, the data, and who may see what."""

import pytest
from django.urls import reverse
from django.utils import timezone

from enterprises.actions.data import edit_enterprise
from enterprises.actions.status import ACTIONS
from enterprises.enums import EventKind, Size, Status
from enterprises.models import Enterprise
from enterprises.permissions import may_view
from enterprises.workflow import ENTERPRISE_FLOW
from liaison.accounts.models import Duty, Unit, UnitKind
from liaison.accounts.rights import RIGHTS, Right
from liaison.audit.models import AuditEntry
from liaison.notifications.models import Notification
from liaison.notifications.rendering import messages_of
from liaison.workflow import NotYourStep, StepNotOpen
from tests.factories.enterprises import ChamberFactory, EnterpriseFactory, LabelFactory, RepresentativeFactory
from tests.people import official, person

pytestmark = pytest.mark.django_db
OPEN = {
    "verify": {Status.APPLIED},
    "refuse": {Status.APPLIED},
    "apply-again": {Status.REFUSED},
    "reopen": {Status.SUSPENDED, Status.CLOSED},
    "suspend": {Status.VERIFIED},
    "close": {Status.VERIFIED, Status.SUSPENDED},
}


def firm_at(status, **fields):
    return EnterpriseFactory(status=status, **fields)


def test_every_step_has_an_action_and_an_address():
    assert {step.name for step in ENTERPRISE_FLOW} == set(ACTIONS) == set(OPEN)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", OPEN)
def test_a_step_is_open_at_its_stages_only(step, status, desk):
    firm = firm_at(status, manager=person("m"))
    by = firm.representatives.get().user if step == "apply-again" else desk
    act = ACTIONS[step]
    if status in OPEN[step]:
        done = act(firm, by=by, now=timezone.now(), reason="理由")
        assert done.status in ENTERPRISE_FLOW[step].targets
        assert done.events.count() == 1
        return
    with pytest.raises(StepNotOpen):
        act(firm, by=by, now=timezone.now(), reason="理由")
    assert not firm.events.exists()


@pytest.mark.parametrize("step", sorted(set(OPEN) - {"apply-again"}))
def test_the_firm_decides_nothing_about_itself(step, manager, firm):
    with pytest.raises(NotYourStep):
        ACTIONS[step](firm, by=manager, now=timezone.now(), reason="x")


def test_the_manager_is_told_and_reads_it(desk):
    firm = firm_at(Status.APPLIED, manager=person("m"))
    ACTIONS["refuse"](firm, by=desk, now=timezone.now(), reason="执照照片看不清")
    (message,) = messages_of(Notification.objects.filter(kind="enterprise_refused"))
    assert firm.name in message.subject
    assert "执照照片看不清" in message.text
    assert message.url == firm.get_absolute_url()


@pytest.mark.parametrize(
    "kind",
    [
        "applied",
        "verified",
        "refused",
        "suspended",
        "reopened",
        "closed",
        "rename_asked",
        "renamed",
        "rename_declined",
        "joined",
        "removed",
    ],
)
def test_every_kind_of_notice_has_its_words(kind, firm, manager):
    event = firm.events.create(kind=kind, at=timezone.now(), actor=manager, note="n", detail={"name": "甲"})
    notification = Notification(pk=1, recipient=manager, kind=f"enterprise_{kind}", context={"event": event.pk})
    (message,) = messages_of([notification])
    assert firm.name in message.subject
    assert message.text
    assert message.part("body.html").startswith("<p>")


def test_the_desk_verifies_on_the_page(desk, signed_in):
    firm = firm_at(Status.APPLIED, manager=person("m"))
    client = signed_in(desk)
    assert f"{firm.get_absolute_url()}verify/" in client.get(firm.get_absolute_url()).content.decode()
    assert client.post(f"{firm.get_absolute_url()}verify/", {"reason": ""}).url == firm.get_absolute_url()
    firm.refresh_from_db()
    assert firm.status == Status.VERIFIED
    assert firm.verified_at
    assert client.post(f"{firm.get_absolute_url()}verify/", {"reason": ""}).status_code == 409


@pytest.mark.parametrize("step", ["refuse", "suspend", "close", "reopen"])
def test_grave_steps_need_a_reason(step, desk, signed_in):
    firm = firm_at(next(iter(OPEN[step])))
    assert signed_in(desk).post(f"{firm.get_absolute_url()}{step}/", {"reason": " "}).status_code == 400


def test_a_refused_firm_corrects_and_applies_again(application, signed_in):
    firm = firm_at(Status.REFUSED, manager=person("m"))
    client = signed_in(firm.representatives.get().user)
    values = application(name="自贡市正确机械有限公司")
    assert client.get(reverse("enterprises:apply_again", args=[firm.credit_code])).status_code == 200
    answer = client.post(reverse("enterprises:apply_again", args=[firm.credit_code]), values)
    firm.refresh_from_db()
    assert answer.url == reverse("enterprises:receipt", args=[firm.credit_code])
    assert (firm.status, firm.name, firm.licences.count()) == (Status.APPLIED, "自贡市正确机械有限公司", 1)


def edited(firm, **changes):
    fields = (
        "name",
        "legal_representative",
        "industry",
        "industry_code",
        "ownership",
        "address",
        "contact_name",
        "contact_phone",
    )
    return (
        {name: getattr(firm, name) for name in fields}
        | {"employees": 186, "revenue": 9800, "assets": 12600, "town": firm.town.code}
        | changes
    )


def test_the_manager_edits_and_a_new_name_waits(firm, manager, desk, signed_in):
    answer = signed_in(manager).post(
        reverse("enterprises:edit", args=[firm.credit_code]),
        edited(firm, name="新名有限公司", address="新路1号", credit_code="X", status="closed"),
    )
    assert answer.url == firm.get_absolute_url()
    before = firm.name
    firm.refresh_from_db()
    assert (firm.name, firm.pending_name, firm.address, firm.status) == (before, "新名有限公司", "新路1号", Status.VERIFIED)
    signed_in(desk).post(reverse("enterprises:name", args=[firm.credit_code]), {"result": "approve"})
    firm.refresh_from_db()
    assert (firm.name, firm.pending_name) == ("新名有限公司", "")
    assert Enterprise.objects.matching("新名").get() == firm
    assert signed_in(desk).post(reverse("enterprises:name", args=[firm.credit_code]), {"result": "approve"}).status_code == 409


def test_a_text_that_ends_in_a_nought_is_no_number(firm, desk):
    firm.contact_phone = "139.0000.1230"
    firm.save()
    edited = edit_enterprise(firm, by=desk, now=timezone.now(), contact_phone="139.0000.123")
    assert edited.contact_phone == "139.0000.123"


def test_nothing_changed_leaves_no_event(firm, manager, signed_in):
    signed_in(manager).post(reverse("enterprises:edit", args=[firm.credit_code]), edited(firm))
    assert not firm.events.exists()


def test_the_desk_edits_name_and_labels(firm, desk, signed_in):
    LabelFactory(name="外贸")
    signed_in(desk).post(reverse("enterprises:edit", args=[firm.credit_code]), edited(firm, name="新名有限公司", labels=["外贸"]))
    firm.refresh_from_db()
    assert firm.name == "新名有限公司"
    assert [label.name for label in firm.labels.all()] == ["外贸"]
    assert set(firm.events.get().detail["changes"]) == {"name", "labels"}


def test_the_manager_sets_no_labels(firm, manager, signed_in):
    LabelFactory(name="外贸")
    signed_in(manager).post(reverse("enterprises:edit", args=[firm.credit_code]), edited(firm, labels=["外贸"]))
    assert not firm.labels.exists()


def test_a_size_set_by_hand_needs_its_reason(firm, desk, signed_in):
    client, address = signed_in(desk), reverse("enterprises:size", args=[firm.credit_code])
    assert client.post(address, {"size": "large", "reason": ""}).status_code == 400
    client.post(address, {"size": "large", "reason": "集团合并报表"})
    firm.refresh_from_db()
    assert (firm.size, firm.computed_size) == (Size.LARGE, Size.SMALL)
    client.post(address, {"size": "", "reason": ""})
    firm.refresh_from_db()
    assert firm.size == Size.SMALL
    assert firm.events.filter(kind=EventKind.SIZE_SET).count() == 2


def cast(firm, manager):
    where = Unit.objects.create(code="tax", name="税务局", name_en="Tax", kind=UnitKind.DEPARTMENT)
    staff = {duty.value: official(duty, where) for duty in Duty}
    colleague = RepresentativeFactory(enterprise=firm, user=person("colleague")).user
    stranger = EnterpriseFactory(manager=person("stranger")).representatives.get().user
    return staff | {"manager": manager, "colleague": colleague, "stranger": stranger, "nobody": person("nobody")}


READERS = {duty.value for duty in RIGHTS[Right.READ_ENTERPRISES]} | {"manager", "colleague"}


def test_who_may_see_a_firm(firm, manager, signed_in):
    """S01: the predicate, the queryset, the page, the list and the start page say the same for everybody."""
    for who, user in cast(firm, manager).items():
        sees = who in READERS
        client = signed_in(user)
        assert may_view(firm, user) == sees, who
        assert Enterprise.objects.visible_to(user).filter(pk=firm.pk).exists() == sees, who
        assert client.get(firm.get_absolute_url()).status_code == (200 if sees else 404), who
        assert (firm.name in client.get("/enterprises/").content.decode()) == sees, who


def test_who_may_do_what(firm, manager, signed_in):
    """S01: 404 for what one may not see, 403 for what one may not do."""
    people = cast(firm, manager)
    code, chamber = [firm.credit_code], ChamberFactory()
    desk_only = [
        *(reverse(f"enterprises:{name}", args=code) for name in ("size", "name")),
        *(f"{firm.get_absolute_url()}{step}/" for step in ("verify", "refuse", "suspend", "reopen", "close")),
    ]
    for who, user in people.items():
        client = signed_in(user)
        hidden = 403 if who in READERS else 404
        for address in desk_only:
            assert (client.get(address).status_code in {200, 409}) == (who == "desk"), (who, address)
            if who != "desk":
                assert client.post(address).status_code == hidden, (who, address)
        edit = client.get(reverse("enterprises:edit", args=code)).status_code
        assert edit == (200 if who in {"desk", "manager"} else hidden), who
        colleagues = client.get(reverse("enterprises:people", args=code)).status_code
        assert colleagues == (200 if who in {"desk", "manager", "colleague"} else hidden), who
        for address in (
            "/enterprises/import/",
            "/enterprises/export.csv",
            "/enterprises/import/template.xlsx",
            "/enterprises/chambers/new/",
        ):
            assert client.get(address).status_code == (200 if who == "desk" else 403), (who, address)
        reads = who in {duty.value for duty in RIGHTS[Right.READ_ENTERPRISES]}
        assert client.get(chamber.get_absolute_url()).status_code == (200 if reads else 403), who


def test_visitors_are_led_to_the_sign_in(firm, visitor):
    for address in ("/enterprises/", firm.get_absolute_url(), "/enterprises/import/", "/enterprises/export.xlsx"):
        assert "/accounts/login/" in visitor.get(address).url


def test_the_licence_is_for_the_desk_and_the_firm(application, desk, office, signed_in):
    client = signed_in(person("m"))
    client.post("/enterprises/register/", application())
    address = reverse("enterprises:licence", args=[Enterprise.objects.get().credit_code])
    assert client.get(address)["Content-Disposition"].startswith("attachment")
    assert signed_in(desk).get(address).status_code == 200
    assert signed_in(official(Duty.INSPECTOR, office)).get(address).status_code == 403
    assert signed_in(person()).get(address).status_code == 404


def test_the_list_is_narrowed(desk, signed_in):
    found = EnterpriseFactory(name="四川沱江盐化新材料有限公司", status=Status.SUSPENDED)
    found.labels.add(LabelFactory(name="规上"))
    EnterpriseFactory(name="自贡市华彩印务有限公司", industry="F", industry_code="5111", employees=1)
    client = signed_in(desk)
    for query in (
        "q=盐化",
        "status=suspended",
        "section=C",
        "size=small",
        "label=规上",
        f"q={found.credit_code}",
        f"town={found.town.code}&q=沱江",
    ):
        page = client.get(f"/enterprises/?{query}").content.decode()
        assert ("盐化" in page, "华彩印务" in page) == (True, False), query
    for query in ("status=nonsense", "q=%27%22&", "after=broken", "q=%F0%A0%AE%B7"):
        assert client.get(f"/enterprises/?{query}").status_code == 200


def test_the_desk_keeps_chambers(firm, desk, signed_in):
    client = signed_in(desk)
    client.post("/enterprises/chambers/new/", {"name": "彩灯行业商会", "kind": "trade", "code": "lantern"})
    for _ in range(2):
        client.post("/enterprises/chambers/lantern/", {"credit_code": firm.credit_code})
    assert AuditEntry.objects.filter(tag="reference_changed", subject="chamber lantern", actor=desk).exists()
    membership = firm.memberships.get()
    assert client.get(firm.get_absolute_url()).content.decode().count("彩灯行业商会") == 2  # among its chambers, in its history
    client.post(f"/enterprises/chambers/lantern/members/{membership.pk}/end/")
    membership.refresh_from_db()
    assert membership.ended_on
    assert client.post("/enterprises/chambers/lantern/", {"credit_code": "x"}).status_code == 400
