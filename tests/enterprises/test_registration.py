"""A firm registers itself, signed in or not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from enterprises.actions.registration import AlreadyRegistered, register_enterprise
from enterprises.enums import EventKind, Role, Status
from enterprises.models import Enterprise
from liaison.accounts.models import Duty, User, UserManager
from liaison.audit.models import AuditEntry
from liaison.files.models import PendingUpload
from liaison.notifications.models import Notification
from liaison.parameters.models import Parameter
from tests.enterprises.conftest import photo
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.people import official, person

pytestmark = pytest.mark.django_db
REGISTER = "/enterprises/register/"
ACCOUNT = "/enterprises/register/account/"
SIGN_UP = {"username": "liuqian", "name": "刘倩", "password1": "bamboo-river-42", "password2": "bamboo-river-42"}


def errors(answer):
    return answer.context["form"].errors


def test_a_signed_in_person_becomes_the_manager(application, desk, signed_in):
    user = person("liuqian")
    answer = signed_in(user).post(REGISTER, application())

    firm = Enterprise.objects.get()
    assert answer.url == reverse("enterprises:receipt", args=[firm.credit_code])
    assert (firm.status, firm.applied_by, firm.licences.get().name) == (Status.APPLIED, user, "licence.jpg")
    assert [(row.user, row.role) for row in firm.representatives.all()] == [(user, Role.MANAGER)]
    assert firm.events.get().kind == EventKind.APPLIED
    assert Notification.objects.get(kind="enterprise_applied").recipient == desk
    assert AuditEntry.objects.filter(tag="rights_changed", subject=firm.credit_code).exists()


def test_a_visitor_sets_up_a_sign_in_on_the_second_page(application, visitor):
    assert visitor.post(REGISTER, application()).url == ACCOUNT
    assert not Enterprise.objects.exists()
    assert visitor.get(ACCOUNT).status_code == 200
    answer = visitor.post(ACCOUNT, SIGN_UP, follow=True)

    firm = Enterprise.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("enterprises:receipt", args=[firm.credit_code])
    assert answer.context["user"].username == "liuqian"
    assert firm.representatives.get().user.username == "liuqian"
    assert firm.licences.count() == 1
    assert visitor.get(ACCOUNT).url == REGISTER or visitor.get(ACCOUNT).status_code == 302


def test_an_unfinished_application_is_kept_by_no_cache(application, visitor):
    """S18: the page shows what a visitor typed."""
    visitor.post(REGISTER, application())
    assert visitor.get(REGISTER)["Cache-Control"] == "private, no-store"
    assert visitor.get(ACCOUNT)["Cache-Control"] == "private, no-store"


def test_a_visitor_who_signs_in_meanwhile_only_confirms(application, visitor):
    visitor.post(REGISTER, application())
    user = person("liuqian")
    visitor.force_login(user)
    visitor.post(ACCOUNT)
    assert Enterprise.objects.get().representatives.get().user == user


def test_an_application_waits_in_its_own_session_only(application, visitor, signed_in):
    visitor.post(REGISTER, application())
    assert signed_in(person()).get(ACCOUNT).url == REGISTER


def test_a_bad_password_loses_nothing(application, visitor):
    visitor.post(REGISTER, application())
    answer = visitor.post(ACCOUNT, SIGN_UP | {"password2": "other"})
    assert answer.status_code == 400
    assert "password2" in errors(answer)
    assert visitor.post(ACCOUNT, SIGN_UP).status_code == 302
    assert Enterprise.objects.count() == 1


@pytest.mark.parametrize("typed", ["LiuQian", "ｌｉｕｑｉａｎ"])
def test_a_name_in_other_case_or_width_is_the_same_name(typed, application, visitor):
    person("liuqian")
    visitor.post(REGISTER, application())
    answer = visitor.post(ACCOUNT, SIGN_UP | {"username": typed})
    assert answer.status_code == 400
    assert "username" in errors(answer)


def test_a_name_that_somebody_takes_at_the_same_moment_is_told(application, visitor, monkeypatch):
    person("liuqian")
    visitor.post(REGISTER, application())
    monkeypatch.setattr(UserManager, "by_login", lambda _self, _login: None)  # the other one has not saved yet
    answer = visitor.post(ACCOUNT, SIGN_UP)
    assert answer.status_code == 400
    assert "username" in errors(answer)


def test_an_address_counts_only_after_its_owner_followed_the_link(application, visitor):
    """S09: and nobody learns whether it is known."""
    person("somebody", email="liuqian@example.cn")
    visitor.post(REGISTER, application())
    assert visitor.post(ACCOUNT, SIGN_UP | {"email": "LiuQian@example.cn"}).status_code == 302
    user = User.objects.get(username="liuqian")
    assert (user.email, user.pending_email) == ("", "liuqian@example.cn")
    assert Notification.objects.filter(recipient=user, kind="account_confirm_email").exists()


def test_a_licence_that_went_with_another_application_is_asked_for_again(application, visitor):
    visitor.post(REGISTER, application())
    PendingUpload.objects.get().use()
    assert visitor.post(ACCOUNT, SIGN_UP).url == REGISTER


def test_a_taken_user_name_is_told(application, visitor):
    person("liuqian")
    visitor.post(REGISTER, application())
    assert "username" in errors(visitor.post(ACCOUNT, SIGN_UP))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("credit_code", "91510311MA6584RD50", "typing mistake"),
        ("credit_code", "91510311MA6584RD5", "18 characters"),
        ("credit_code", "9151O311MA6584RD5H", "cannot stand there"),
        ("credit_code", "91999911MA6584RD5H", "typing mistake"),
        ("credit_code", "", "required"),
        ("name", "", "required"),
        ("name", "企" * 101, "100"),
        ("industry", "Z", "valid choice"),
        ("town", "nowhere", "valid choice"),
        ("industry_code", "0111", "chosen industry"),
        ("employees", "-3", "greater than or equal"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_lost(field, value, words, application, visitor):
    answer = visitor.post(REGISTER, application(**{field: value}))
    assert answer.status_code == 400
    assert words in " ".join(errors(answer)[field])
    page = answer.content.decode()
    assert "刘倩" in page
    assert "licence.jpg" in page


def test_the_kept_licence_goes_with_the_corrected_form(application, visitor):
    answer = visitor.post(REGISTER, application(name=""))
    token = answer.content.decode().split('name="licence_kept" value="')[1].split('"')[0]
    values = application()
    del values["licence"]
    assert visitor.post(REGISTER, values | {"licence_kept": token}).url == ACCOUNT


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("licence.jpg", b"MZ" + b"\0" * 200, "image/jpeg"),
        SimpleUploadedFile("licence.svg", b"<svg/>", "image/svg+xml"),
        SimpleUploadedFile("list.csv", "企业,代码\n".encode(), "text/csv"),
        "",
    ],
)
def test_what_is_no_licence_is_refused(upload, application, visitor):
    answer = visitor.post(REGISTER, application(licence=upload))
    assert answer.status_code == 400
    assert "licence" in errors(answer)


@pytest.mark.parametrize("typed", ["9151 0311 ma00 0077 7", "９１５１０３１１ＭＡ００００７７７"])
def test_the_code_is_read_however_it_is_typed(typed, application, visitor):
    code = credit_code(777)
    assert visitor.post(REGISTER, application(credit_code=code.lower())).status_code == 302
    assert visitor.post(REGISTER, application(credit_code=typed + code[len(typed.replace(" ", "")) :])).status_code in {302, 400}


def test_a_region_that_does_not_exist_is_refused(application, visitor):
    assert "region" in " ".join(errors(visitor.post(REGISTER, application(credit_code=credit_code(1, "999999"))))["credit_code"])


@pytest.mark.parametrize("status", [Status.APPLIED, Status.VERIFIED, Status.SUSPENDED, Status.CLOSED])
def test_a_known_code_says_how_to_join_and_not_who_is_there(status, application, visitor):
    firm = EnterpriseFactory(status=status, manager=person(name="陈保密"), name="四川秘密有限公司")
    answer = visitor.post(REGISTER, application(credit_code=firm.credit_code))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "invite you" in page
    assert "陈保密" not in page
    assert "四川秘密有限公司" not in page


def test_a_refused_application_blocks_nobody_and_hides_its_story(application, visitor, signed_in):
    first, second = person("first"), person("second")
    firm = EnterpriseFactory(status=Status.REFUSED, manager=first)
    signed_in(second).post(REGISTER, application(credit_code=firm.credit_code))

    firm.refresh_from_db()
    assert firm.status == Status.APPLIED
    assert firm.representatives.open().get().user == second
    assert signed_in(first).get(firm.get_absolute_url()).status_code == 404


def test_the_same_code_twice_at_once_is_one_enterprise(town):
    values = {
        "name": "甲", "credit_code": credit_code(5), "legal_representative": "乙", "industry": "C", "town": town,
        "contact_name": "丙", "contact_phone": "1",
    }  # fmt: skip
    register_enterprise(by=person(), now=timezone.now(), **values)
    with pytest.raises(AlreadyRegistered):
        register_enterprise(by=person(), now=timezone.now(), **values)


def test_too_many_tries_from_one_address_must_wait(application, visitor):
    Parameter.objects.create(key="enterprises.registrations_per_address", value=5)
    answers = [visitor.post(REGISTER, application(name="")).status_code for _ in range(7)]
    assert answers == [400] * 5 + [429] * 2


def test_whoever_must_wait_sends_no_file_in(application, visitor):
    """Each try without a cookie is a new visitor: what is refused must not be checked and kept for a week."""
    Parameter.objects.create(key="enterprises.registrations_per_address", value=5)
    for _ in range(7):
        visitor.cookies.clear()
        visitor.post(REGISTER, application(name=""))
    assert PendingUpload.objects.count() == 5


def test_administrators_register_nothing(application, office, signed_in):
    admin = official(Duty.SYSTEM_ADMIN, office)
    assert signed_in(admin).get(REGISTER).status_code == 403
    assert signed_in(admin).post(REGISTER, application()).status_code == 403


def test_extra_fields_are_ignored(application, signed_in):
    signed_in(person()).post(REGISTER, application(status="verified", size="large", is_staff="1", verified_at="2022-01-01"))
    firm = Enterprise.objects.get()
    assert (firm.status, firm.verified_at) == (Status.APPLIED, None)


def test_the_person_is_not_created_when_the_code_was_taken_meanwhile(application, visitor):
    visitor.post(REGISTER, application())
    EnterpriseFactory(credit_code=credit_code(777))
    answer = visitor.post(ACCOUNT, SIGN_UP)
    assert "in the meantime" in answer.content.decode()
    assert not User.objects.filter(username="liuqian").exists()


def test_a_second_photo_replaces_the_first_choice(application, visitor):
    visitor.post(REGISTER, application())
    visitor.post(REGISTER, application(licence=photo("second.jpg")))
    visitor.post(ACCOUNT, SIGN_UP)
    assert Enterprise.objects.get().licences.get().name == "second.jpg"
