"""The text message provider: any that takes an HTTP POST and answers JSON (docs/delivery.md has examples)."""

import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

from liaison.settings.env import env_list, env_text

LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
BODY: Final = '{"phone": "{phone}", "text": "{text}", "sign": "{sign}", "template": "{template}", "id": "{id}"}'
AUTHORIZATION: Final = "Authorization: Bearer {key}"


@dataclass(frozen=True)
class SmsProvider:
    """How one provider is spoken to. {phone} {text} {sign} {template} {key} {id} are filled in."""

    url: str
    key: str
    headers: tuple[tuple[str, str], ...]
    body: str
    "JSON, or fields of a form: phone={phone}&text={text}."
    sign: str
    template: str
    ok: tuple[str, frozenset[str]]
    "Where the answer says how it went, and the values that mean well."
    bad_number: frozenset[str]
    limited: frozenset[str]
    refused: frozenset[str]

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON, not a form."""
        return self.body.lstrip().startswith(("{", "["))


def env_sms() -> SmsProvider | None:
    """The provider that the environment describes; none without LIAISON_SMS_URL."""
    url = env_text("LIAISON_SMS_URL", "")
    if not url:
        return None
    path, _, values = env_text("LIAISON_SMS_OK", "code=0").partition("=")
    provider = SmsProvider(
        url=safe_url("LIAISON_SMS_URL", url),
        key=env_text("LIAISON_SMS_KEY", ""),
        headers=tuple(_header(line) for line in env_text("LIAISON_SMS_HEADERS", AUTHORIZATION).split("|") if line.strip()),
        body=env_text("LIAISON_SMS_BODY", BODY),
        sign=env_text("LIAISON_SMS_SIGN", ""),
        template=env_text("LIAISON_SMS_TEMPLATE", ""),
        ok=(path, frozenset(part.strip() for part in values.split(",") if part.strip())),
        bad_number=frozenset(env_list("LIAISON_SMS_BAD_NUMBER", "")),
        limited=frozenset(env_list("LIAISON_SMS_LIMITED", "")),
        refused=frozenset(env_list("LIAISON_SMS_REFUSED", "")),
    )
    _check(provider)
    return provider


def safe_url(name: str, url: str) -> str:
    """https, or plain http on this machine only."""
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        message = f"{name} must be https://… (http:// only on this machine). / {name} 须以 https:// 开头。"
        raise ImproperlyConfigured(message)
    return url


def env_gateways(name: str) -> list[str]:
    """Origins (https://gateway.example:8443) that stand in for the providers' own."""
    return [safe_url(name, origin).rstrip("/") for origin in env_list(name, "")]


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        message = "LIAISON_SMS_HEADERS: write Name: value, several with | between them."
        raise ImproperlyConfigured(message)
    return name.strip(), value.strip()


def _check(provider: SmsProvider) -> None:
    """A body that cannot be read, or that names no number, is found at the start and not at the first message."""
    try:
        if provider.is_json:
            json.loads(provider.body)
        else:
            parse_qsl(provider.body, strict_parsing=True)
    except ValueError:
        message = "LIAISON_SMS_BODY must be JSON or fields of a form. / 短信报文模板须为 JSON 或表单字段。"
        raise ImproperlyConfigured(message) from None
    if "{phone}" not in provider.body or "{text}" not in provider.body:
        message = "LIAISON_SMS_BODY must contain {phone} and {text}. / 短信报文模板须含 {phone} 和 {text}。"
        raise ImproperlyConfigured(message)
    if not provider.ok[0] or not provider.ok[1]:
        message = "LIAISON_SMS_OK must be path=value, such as code=0. / LIAISON_SMS_OK 须写作 路径=值。"
        raise ImproperlyConfigured(message)
