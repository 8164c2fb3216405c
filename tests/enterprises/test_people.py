"""Inviting, joining, removing: each counts once and takes effect at once."""

import smtplib
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from enterprises.actions.mailing import mail_invitations
from enterprises.actions.people import (
    NotPossible,
    accept_invitation,
    change_role,
    invite_colleague,
    remove_colleague,
    revoke_invitation,
)
from enterprises.enums import Role, Status
from enterprises.models import Enterprise, Invitation, Representative
from liaison.accounts.models import Duty, User
from liaison.audit.models import AuditEntry
from tests.factories.enterprises import EnterpriseFactory, RepresentativeFactory
from tests.people import official, person

pytestmark = pytest.mark.django_db
SIGN_UP = {"username": "wenning", "name": "温宁", "password1": "bamboo-river-42", "password2": "bamboo-river-42"}


@pytest.fixture
def invitation(firm, manager):
    return invite_colleague(firm, name="温宁", email="wenning@example.cn", role=Role.STAFF, by=manager, now=timezone.now())


@pytest.fixture
def colleague(firm):
    return RepresentativeFactory(enterprise=firm, user=person("firm1.staff"))


def test_a_signed_in_person_accepts(invitation, signed_in):
    user = person()
    answer = signed_in(user).post(invitation.get_absolute_url())
    assert answer.url == invitation.enterprise.get_absolute_url()
    assert Enterprise.objects.represented_by(user).get() == invitation.enterprise
    assert AuditEntry.objects.filter(tag="rights_changed", actor=user).exists()


def test_somebody_without_a_sign_in_makes_one(invitation, visitor):
    answer = visitor.post(invitation.get_absolute_url(), SIGN_UP, follow=True)
    assert answer.context["user"].username == "wenning"
    assert invitation.enterprise.representatives.filter(user__username="wenning", role=Role.STAFF).exists()


def test_a_get_changes_nothing(invitation, signed_in):
    signed_in(person()).get(invitation.get_absolute_url())
    assert Representative.objects.count() == 1


@pytest.mark.parametrize("end", ["used", "revoked", "expired"])
def test_a_link_that_has_ended_is_a_plain_page(end, invitation, manager, visitor, signed_in):
    if end == "used":
        accept_invitation(invitation, by=person(), now=timezone.now())
    if end == "revoked":
        revoke_invitation(invitation, by=manager, now=timezone.now())
    at = timezone.now() + (timedelta(days=8) if end == "expired" else timedelta())
    with time_machine.travel(at):
        assert visitor.get(invitation.get_absolute_url()).status_code == 409
        assert visitor.post(invitation.get_absolute_url(), SIGN_UP).status_code == 409
        assert signed_in(person()).post(invitation.get_absolute_url()).status_code == 409
    assert not User.objects.filter(username="wenning").exists()


@pytest.mark.parametrize("token", ["x", "eyJhIjoxfQ:1aaaaa:bbbbb", "%00", "𠮷"])
def test_a_broken_token_is_not_found(token, visitor):
    assert visitor.get(f"/enterprises/invitations/{token}/").status_code == 404


def test_whoever_acts_already_does_not_use_the_link_up(invitation, manager):
    with pytest.raises(NotPossible):
        accept_invitation(invitation, by=manager, now=timezone.now())
    assert Invitation.objects.open(timezone.now()).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_counts_once(invitation):
    """TC3: a link used by two people at the same moment."""
    people, won, lost = [person() for _ in range(6)], [], []
    start = threading.Barrier(len(people))

    def accept(user):
        start.wait()
        try:
            won.append(accept_invitation(Invitation.objects.get(pk=invitation.pk), by=user, now=timezone.now()))
        except NotPossible:
            lost.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 5)
    assert invitation.enterprise.representatives.count() == 2


def test_removal_takes_effect_with_the_next_request(firm, manager, colleague, signed_in):
    theirs, ours = signed_in(colleague.user), signed_in(manager)
    assert theirs.get(firm.get_absolute_url()).status_code == 200
    ours.post(reverse("enterprises:remove", args=[firm.credit_code, colleague.pk]))
    assert theirs.get(firm.get_absolute_url()).status_code == 404
    assert firm.name not in theirs.get("/enterprises/").content.decode()
    assert firm.name not in theirs.get("/").content.decode()


def test_a_colleague_may_leave(firm, colleague, signed_in):
    answer = signed_in(colleague.user).post(reverse("enterprises:remove", args=[firm.credit_code, colleague.pk]))
    assert answer.url == "/"
    assert not firm.representatives.open().filter(user=colleague.user).exists()


def test_the_last_manager_stays(firm, manager, signed_in):
    row = firm.representatives.get()
    client = signed_in(manager)
    assert client.post(reverse("enterprises:remove", args=[firm.credit_code, row.pk])).status_code == 409
    assert client.post(reverse("enterprises:role", args=[firm.credit_code, row.pk]), {"role": "staff"}).status_code == 409
    assert firm.representatives.open().get().role == Role.MANAGER


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_remove_each_other_at_once_leave_one(firm, manager):
    other = RepresentativeFactory(enterprise=firm, user=person(), role=Role.MANAGER)
    pairs = [(manager, other), (other.user, firm.representatives.get(user=manager))]
    start = threading.Barrier(2)

    def remove(by, row):
        start.wait()
        try:
            remove_colleague(row, by=User.objects.get(pk=by.pk), now=timezone.now())
        except (NotPossible, PermissionDenied):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert firm.representatives.open().count() == 1


def test_a_colleague_manages_nothing(firm, colleague, manager, invitation, signed_in):
    client, code, row = signed_in(colleague.user), firm.credit_code, firm.representatives.get(user=manager)
    assert client.post(reverse("enterprises:people", args=[code]), {"name": "x", "role": "staff"}).status_code == 403
    assert client.post(reverse("enterprises:remove", args=[code, row.pk])).status_code == 403
    assert client.post(reverse("enterprises:role", args=[code, row.pk]), {"role": "staff"}).status_code == 403
    assert client.post(reverse("enterprises:revoke", args=[code, invitation.pk])).status_code == 403
    assert client.get(reverse("enterprises:edit", args=[code])).status_code == 403
    assert invitation.token not in client.get(reverse("enterprises:people", args=[code])).content.decode()


def test_a_manager_reaches_no_other_firms_people(firm, manager, signed_in):
    other = RepresentativeFactory()
    client = signed_in(manager)
    assert client.post(reverse("enterprises:remove", args=[firm.credit_code, other.pk])).status_code == 404
    assert client.post(reverse("enterprises:remove", args=[other.enterprise.credit_code, other.pk])).status_code == 404


def test_a_manager_who_was_removed_a_moment_ago_invites_nobody(firm, manager, colleague):
    change_role(colleague, role=Role.MANAGER, by=manager, now=timezone.now())
    manager_again = User.objects.get(pk=manager.pk)
    remove_colleague(firm.representatives.get(user=manager), by=colleague.user, now=timezone.now())
    with pytest.raises(PermissionDenied):
        invite_colleague(firm, name="x", role=Role.STAFF, by=manager_again, now=timezone.now())


def test_the_desk_invites_the_first_manager_of_an_imported_firm(desk, signed_in):
    firm = EnterpriseFactory()
    page = signed_in(desk).post(
        reverse("enterprises:people", args=[firm.credit_code]), {"name": "孙启明", "role": "manager"}, follow=True
    )
    assert unsigned(firm.invitations.get()) in page.content.decode()


def unsigned(invitation):
    """The link without its signature, which tells the second of its making."""
    return invitation.get_absolute_url().partition(":")[0]


def test_a_firm_that_is_not_verified_invites_nobody(manager, firm, signed_in):
    Enterprise.objects.update(status=Status.APPLIED)
    answer = signed_in(manager).post(reverse("enterprises:people", args=[firm.credit_code]), {"name": "x", "role": "staff"})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_administrators_join_nothing(invitation, office, signed_in):
    assert signed_in(official(Duty.AUDIT_ADMIN, office)).post(invitation.get_absolute_url()).status_code == 403


def test_the_record_of_a_refusal_does_not_hold_the_link(invitation, office, signed_in):
    signed_in(official(Duty.AUDIT_ADMIN, office)).get(invitation.get_absolute_url())
    assert AuditEntry.objects.get(tag="refused").subject == "/enterprises/invitations/…/"


def test_the_log_of_a_refused_address_does_not_hold_it(invitation, monkeypatch, caplog):
    """S21."""

    def refuse(_self, _messages):
        raise smtplib.SMTPRecipientsRefused({invitation.email: (550, b"unknown")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert mail_invitations(timezone.now()) == 0
    assert f"Invitation {invitation.pk}" in caplog.text
    assert invitation.email not in caplog.text


def test_an_invitation_is_mailed_once(invitation):
    assert [mail_invitations(timezone.now()) for _ in range(3)] == [1, 0, 0]
    assert mail.outbox[0].to == ["wenning@example.cn"]
    assert unsigned(invitation) in mail.outbox[0].body


def test_a_name_with_a_line_break_adds_no_header(firm, manager):
    Enterprise.objects.update(name="甲\r\nBcc: x@example.cn")
    invite_colleague(firm, name="x", email="a@example.cn", role=Role.STAFF, by=manager, now=timezone.now())
    mail_invitations(timezone.now())
    assert "Bcc" not in mail.outbox[0].extra_headers
    assert "\n" not in mail.outbox[0].subject


def test_acting_for_one_of_several(firm, manager, signed_in):
    second = EnterpriseFactory(name="自贡市釜江酒店有限公司", manager=manager)
    client = signed_in(manager)
    assert firm.name in client.get("/").content.decode()
    client.post("/enterprises/acting/", {"enterprise": second.credit_code})
    assert second.name in client.get("/").content.decode()
    Representative.objects.filter(enterprise=second).update(ended_at=timezone.now())
    assert firm.name in client.get("/").content.decode()


def test_nobody_acts_for_a_foreign_firm(firm, manager, signed_in):
    client = signed_in(manager)
    assert client.post("/enterprises/acting/", {"enterprise": EnterpriseFactory().credit_code}).status_code == 400
    assert (
        client.post("/enterprises/acting/", {"enterprise": firm.credit_code, "next": "//evil.example"}).url
        == firm.get_absolute_url()
    )
