"""Settings from the environment, with types: an unknown or missing value refuses to start."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def env_text(name: str, default: str | None = None) -> str:
    """Return the text of ``name``, or of the file that ``name_FILE`` names (for secrets of a container)."""
    if file_name := os.environ.get(f"{name}_FILE"):
        return Path(file_name).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        message = f"{name} is not set. / 环境变量 {name} 未设置。"
        raise ImproperlyConfigured(message)
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """Return a yes-or-no setting; anything but the eight known words is refused."""
    value = env_text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    message = f"{name} must be one of 1/0/true/false/yes/no/on/off, not {value!r}."
    raise ImproperlyConfigured(message)


def env_int(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """Return a whole number between ``least`` and ``most``."""
    value = env_text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        message = f"{name} must be a whole number from {least} to {most}, not {value!r}."
        raise ImproperlyConfigured(message)
    return int(value)


def env_list(name: str, default: str | None = None) -> list[str]:
    """Return the comma-separated parts of ``name``."""
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def env_database(name: str) -> dict[str, object]:
    """Turn ``postgresql://user:password@host:port/name?host=/socket`` into Django's form."""
    url = urlsplit(env_text(name))
    if url.scheme not in {"postgresql", "postgres"}:
        message = f"{name} must start with postgresql:// – no other database is supported."
        raise ImproperlyConfigured(message)
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or options.pop("user", "")),
        "PASSWORD": unquote(url.password or options.pop("password", "")),
        "HOST": options.pop("host", url.hostname or ""),
        "PORT": str(url.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def env_redis(name: str) -> str:
    """Return the broker's address; off loopback a password is compulsory."""
    url = env_text(name)
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "redis+socket"}:
        message = f"{name} must start with redis://, rediss:// or redis+socket://."
        raise ImproperlyConfigured(message)
    local = parts.scheme == "redis+socket" or parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not local and not parts.password:
        message = f"{name}: Redis on another machine must have a password. / 非本机 Redis 必须设置密码。"
        raise ImproperlyConfigured(message)
    return url
