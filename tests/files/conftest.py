"""A model with files that belongs to no app of the portal."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.db.models.signals import post_delete

from liaison.accounts.models import User
from liaison.files.checks import accept_upload
from liaison.files.models import StoredFile, forget_bytes
from tests.files.s3 import s3_server  # noqa: F401 - a fixture


class Paper(StoredFile):
    """What an upper app would declare."""

    remark = models.CharField(max_length=20, blank=True)

    class Meta:
        app_label = "paper"


@pytest.fixture
def papers(db):
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    post_delete.connect(forget_bytes, sender=Paper)
    yield Paper
    post_delete.disconnect(forget_bytes, sender=Paper)


@pytest.fixture
def sender(db):
    return User.objects.create_user("sender", name="Sender")


@pytest.fixture
def checked():
    return accept_upload(SimpleUploadedFile("营业执照“副本”.txt", b"words"))
