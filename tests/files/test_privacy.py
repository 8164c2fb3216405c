"""R22: the portal does not start on a folder that others can read."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from liaison.files.privacy import check_media_root


@pytest.fixture
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DEMO = False
    (tmp_path / "files").mkdir(mode=0o700)
    return tmp_path / "files"


def faults():
    return [error.id for error in check_media_root()]


def test_a_private_folder_is_fine(root):
    assert faults() == []


def test_a_folder_that_is_not_there_yet_is_fine(root):
    root.rmdir()
    assert faults() == []


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o705, 0o777])
def test_a_folder_that_others_can_read_is_refused(root, mode):
    root.chmod(mode)

    assert faults() == ["files.E002"]
    with pytest.raises(ImproperlyConfigured, match="chmod 700"):
        apps.get_app_config("files").ready()


@pytest.mark.parametrize("inside", ["static", "static/files", ""])
def test_files_do_not_lie_among_public_ones(root, settings, inside):
    settings.MEDIA_ROOT = root.parent / inside
    assert "files.E001" in faults()


def test_object_storage_has_no_folder(root, settings):
    root.chmod(0o777)
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    assert faults() == []
