"""Text messages: one number, one short text, by the provider that the settings describe."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from liaison.notifications.outcomes import AddressRefused, Later, Undeliverable
from liaison.notifications.outside import USUAL_WAIT, post
from liaison.settings.sms import SmsProvider

MAINLAND: Final = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
ABROAD: Final = re.compile(r"\+(?!86)[1-9]\d{6,14}")


def mobile_of(text: str) -> str:
    """A number that can take text messages, written one way; empty for a telephone on a desk or for no number."""
    plain = re.sub(r"[\s\-]", "", text, flags=re.ASCII)
    if found := MAINLAND.fullmatch(plain):
        return found[1]
    return plain if ABROAD.fullmatch(plain) else ""


def provider() -> SmsProvider | None:
    """The provider, where there is one."""
    found: SmsProvider | None = settings.SMS
    return found


def send(phone: str, text: str, once: str) -> None:
    """Send; returns when the provider said that all is well. ``once`` is the same at every try of one message."""
    sms = provider()
    if sms is None:
        raise Undeliverable("no provider of text messages is set up")
    known = {"phone": phone, "text": text, "sign": sms.sign, "template": sms.template, "key": sms.key, "id": once}
    headers = {name: _filled(value, known) for name, value in sms.headers}
    answer = post(sms.url, _body(sms, known), {**headers, "Content-Type": _kind(sms)}, inner=True)
    path, well = sms.ok
    code = answer.at(path)
    if code in well:
        return
    words = f"sms {code[:20]}"
    if code in sms.bad_number:
        raise AddressRefused(words)
    if code in sms.limited:
        raise Later(words, after=USUAL_WAIT, limited=True, whole_way=True)
    if code in sms.refused:
        raise Undeliverable(words)
    raise Later(words)


def _kind(sms: SmsProvider) -> str:
    return f"application/{'json' if sms.is_json else 'x-www-form-urlencoded'}; charset=utf-8"


def _body(sms: SmsProvider, known: Mapping[str, str]) -> bytes:
    """Filled in after the template was read: a text cannot add a field of its own."""
    if sms.is_json:
        return json.dumps(_leaves(json.loads(sms.body), known), ensure_ascii=False).encode()
    fields = parse_qsl(sms.body, keep_blank_values=True)
    return urlencode([(name, _filled(value, known)) for name, value in fields]).encode()


def _leaves(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _leaves(each, known) for key, each in value.items()}
    if isinstance(value, list):
        return [_leaves(each, known) for each in value]
    return _filled(value, known) if isinstance(value, str) else value


def _filled(text: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), text)
