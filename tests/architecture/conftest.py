from tests.issues.conftest import district  # noqa: F401
