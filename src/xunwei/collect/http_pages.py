"""What is kept of an application's pages: header words, cookie flags, the login form, the health of dependencies."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from xunwei.collect.http_checks import title
from xunwei.collect.http_client import Reply

Json = dict[str, Any]
NO_SUCH_PAGE = "xunwei-inspection-no-such-page"
# Headers that protect the users of a page (OWASP Secure Headers Project); values are kept, they hold no data.
PROTECTING = (
    "strict-transport-security", "content-security-policy", "x-content-type-options", "x-frame-options",
    "referrer-policy", "permissions-policy", "cache-control",
)  # fmt: skip
TELLING = ("server", "x-powered-by", "x-aspnet-version", "x-generator", "via")
_WORD = re.compile(r"[A-Za-z][A-Za-z_ -]{0,19}")
_NAME = re.compile(r"[\w.\-/ ()]{1,60}")
_TRACE = re.compile(
    r"(?m)^\s*at [\w$.<>]+\([\w$]+\.java:\d+\)|Traceback \(most recent call last\)|ORA-\d{5}|SQLSTATE|\bstack trace\b"
    r"|in /[\w./-]+\.php on line"
)
_VERSION = re.compile(
    r"(?i)\b(nginx|apache|tomcat|openresty|tengine|jetty|undertow|iis|weblogic|tongweb|php|openssl)[/ ]\d+(\.\d+)+"
)
_DEPTH = 4  # levels of nested health components


def headers(reply: Reply) -> list[Json]:
    """One row per protecting or telling header."""
    rows = []
    for name in (*PROTECTING, *TELLING):
        value = reply.headers.get(name)
        kind = "protecting" if name in PROTECTING else "telling"
        rows.append({"name": name, "kind": kind, "value": None if value is None else " ".join(value.split())[:200]})
    return rows


def cookies(reply: Reply) -> list[Json]:
    """Names and flags of the cookies; a value never leaves here."""
    rows = []
    for cookie in reply.cookies:
        name, _, rest = cookie.partition("=")
        flags = {w.strip().partition("=")[0].lower(): w.strip().partition("=")[2] for w in rest.split(";")[1:]}
        same = flags.get("samesite")
        rows.append(
            {
                "name": re.sub(r"[^\w.\-]", "?", name.strip())[:60],
                "secure": "secure" in flags,
                "http_only": "httponly" in flags,
                "same_site": same.lower() if same in ("Lax", "Strict", "None", "lax", "strict", "none") else None,
            }
        )
    return rows


def login(reply: Reply, wanted: str, scheme: str) -> Json:
    """Whether the login page is one: a password field, sent over TLS, the expected words."""
    forms = re.findall(r"<form\b[^>]*>", reply.text, re.IGNORECASE)
    actions = [m[1] for f in forms if (m := re.search(r"""action\s*=\s*["']?([^"'\s>]+)""", f, re.IGNORECASE))]
    plain = any(a.lower().startswith("http://") for a in actions) or scheme != "https"
    return {
        "status": reply.status,
        "ms": reply.ms,
        "title": title(reply.text),
        "expected_text": wanted or None,
        "text_ok": wanted in reply.text if wanted else None,
        "password_field": re.search(r"""<input\b[^>]*type\s*=\s*["']?password""", reply.text, re.IGNORECASE)
        is not None,
        "sent_in_clear": plain,
        "captcha": re.search(r"captcha|验证码|verifycode|滑块", reply.text, re.IGNORECASE) is not None,
    }


def method(name: str, reply: Reply) -> Json:
    """What the server says to a method that pages do not need."""
    allowed = reply.headers.get("allow") or reply.headers.get("access-control-allow-methods") or ""
    words = sorted({w.strip().upper() for w in allowed.split(",") if re.fullmatch(r"\s*[A-Za-z]{1,16}\s*", w)})
    echoed = name == "TRACE" and reply.status == 200 and "TRACE " in reply.text[:200]
    return {"method": name, "status": reply.status, "allowed": words, "echoed": echoed}


def error_page(reply: Reply) -> Json:
    """What a page that does not exist tells a stranger."""
    version = _VERSION.search(reply.text)
    return {
        "status": reply.status,
        "stack_trace": _TRACE.search(reply.text) is not None,
        "version": version[0] if version else None,
    }


def health(reply: Reply) -> list[Json]:
    """One row for the whole and one per dependency of a JSON health answer. Raises ValueError when it is none.

    Read are Spring Boot Actuator (`components`, `details` of 1.x and 2.x), MicroProfile (`checks`), and a plain list or mapping
    called `dependencies`. Details beside the state are not kept.
    """
    try:
        data = json.loads(reply.text)
    except (ValueError, RecursionError):
        raise ValueError(f"the health endpoint gave HTTP {reply.status} and no JSON") from None
    if not isinstance(data, Mapping) or _state(data) is None:
        raise ValueError("the health answer has no status")
    rows: list[Json] = []
    for key in ("components", "details", "dependencies", "checks"):
        if data.get(key) is not None:
            _dependencies(data[key], "", rows, _DEPTH)
    whole = {"name": "", "kind": "whole", "state": _state(data), "http": reply.status, "ms": reply.ms}
    return [whole, *rows]


def _dependencies(data: Any, above: str, rows: list[Json], depth: int) -> None:
    entries: list[tuple[str, Any]] = []
    if isinstance(data, Mapping):
        entries = [(str(k), v) for k, v in data.items()]
    elif isinstance(data, list):
        entries = [(str(v.get("name", "?")), v) for v in data if isinstance(v, Mapping)]
    for name, value in entries:
        shown = f"{above}.{name}" if above else name
        if not _NAME.fullmatch(shown):
            shown = "?"
        state = _state(value)
        if isinstance(value, Mapping) and depth > 1 and isinstance(value.get("components"), Mapping):
            _dependencies(value["components"], shown, rows, depth - 1)
        elif state is not None or isinstance(value, Mapping):
            rows.append({"name": shown, "kind": "dependency", "state": state, "http": None, "ms": None})


def _state(value: Any) -> str | None:
    """UP, DOWN … in capitals; true and false as UP and DOWN; None when it is no word."""
    if isinstance(value, Mapping):
        value = value.get("status", value.get("state", value.get("healthy")))
    if isinstance(value, Mapping):  # Actuator of Spring Boot 1: {"status": {"code": …}}
        value = value.get("code")
    if isinstance(value, bool):
        return "UP" if value else "DOWN"
    return value.strip().upper() if isinstance(value, str) and _WORD.fullmatch(value.strip()) else None
