"""What is stored, whose it is, and that nothing is left behind or lost."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from liaison.files import actions, tasks
from liaison.files.checks import accept_upload
from liaison.files.holder import Holder
from liaison.files.models import MOST_KEPT, PendingUpload
from liaison.files.refusals import FileRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(sender):
    return Holder(user_id=sender.pk)


@pytest.fixture
def pending(holder, checked):
    return PendingUpload.keep(checked, holder)


def aged(pending, days):
    PendingUpload.objects.filter(pk=pending.pk).update(created_at=timezone.now() - timedelta(days=days))


def test_a_stored_file_knows_what_the_check_found(papers, sender, checked):
    paper = papers.store(checked, by=sender, remark="licence")

    paper.refresh_from_db()
    assert (paper.name, paper.size, paper.media_type, paper.remark) == (checked.name, 5, "text/plain; charset=utf-8", "licence")
    assert paper.file.open().read() == b"words"


def test_the_place_says_nothing(papers, sender, checked):
    place = papers.store(checked, by=sender).file.name
    assert set(place) <= set("0123456789abcdef/")


def test_only_our_own_account_may_read_the_disk(papers, sender, checked):
    path = Path(papers.store(checked, by=sender).file.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_kept_file_is_handed_over_without_being_copied(papers, sender, pending):
    paper = papers.store(pending, by=sender)

    assert paper.file.name == pending.file.name
    assert paper.file.open().read() == b"words"


def test_a_kept_file_is_handed_over_once(papers, sender, pending):
    papers.store(pending, by=sender)

    with pytest.raises(FileRefused) as refused, transaction.atomic():
        papers.store(pending, by=sender)

    assert refused.value.code == "gone"
    assert papers.objects.count() == 1


def test_a_step_that_fails_leaves_the_file_kept(papers, sender, pending):
    with transaction.atomic():
        papers.store(pending, by=sender)
        transaction.set_rollback(True)

    assert papers.store(pending, by=sender).file.open().read() == b"words"


def test_a_deleted_row_takes_its_bytes_along(papers, sender, pending, django_capture_on_commit_callbacks):
    paper = papers.store(pending, by=sender)

    with django_capture_on_commit_callbacks(execute=True):
        papers.objects.filter(pk=paper.pk).delete()

    assert not default_storage.exists(paper.file.name)


def test_waiting_files_go_after_seven_days(pending):
    aged(pending, days=8)

    assert tasks.purge_pending() == 1
    assert tasks.purge_pending() == 0
    assert not default_storage.exists(pending.file.name)


def test_younger_files_stay(pending):
    aged(pending, days=6)
    assert tasks.purge_pending() == 0
    assert default_storage.exists(pending.file.name)


def test_the_purge_spares_what_was_handed_over(papers, sender, pending):
    paper = papers.store(pending, by=sender)
    aged(pending, days=8)

    assert tasks.purge_pending() == 1
    assert paper.file.open().read() == b"words"


def test_one_file_that_cannot_be_removed_does_not_keep_the_others(holder, pending, monkeypatch):
    other = PendingUpload.keep(accept_upload(SimpleUploadedFile("b.txt", b"b")), holder)
    aged(pending, days=9)
    aged(other, days=8)
    real = default_storage.delete

    def delete(storage, place):
        if place == pending.file.name:
            raise OSError
        real(place)

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", delete)

    assert actions.purge_pending(timezone.now()) == 1
    assert PendingUpload.objects.get() == pending


def test_a_file_that_is_gone_from_the_disk_is_no_error(pending):
    default_storage.delete(pending.file.name)
    aged(pending, days=8)
    assert tasks.purge_pending() == 1


def test_nobody_fills_the_disk_with_files_that_wait(holder, checked):
    kept = [PendingUpload.keep(checked, holder) for _ in range(MOST_KEPT + 2)]

    assert actions.purge_surplus(holder) == 2
    assert not PendingUpload.objects.filter(pk__in=[kept[0].pk, kept[1].pk]).exists()


def test_files_of_others_are_not_mine(pending):
    assert not PendingUpload.objects.held_by(Holder(session="x")).exists()
    assert not PendingUpload.objects.held_by(Holder(user_id=pending.owner_id + 1)).exists()


def test_a_visitor_gets_a_session_for_the_first_file(rf):
    request = rf.get("/")
    request.session = SessionStore()
    request.user = type("Visitor", (), {"is_authenticated": False})()

    holder = Holder.of(request)

    assert holder.user_id is None
    assert holder == Holder.of(request) == Holder(session=request.session.session_key)


def test_a_person_is_known_by_account(rf, sender):
    request = rf.get("/")
    request.user = sender
    assert Holder.of(request) == Holder(user_id=sender.pk)
