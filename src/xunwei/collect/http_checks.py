"""The checks an inventory declares for an application (`asset_checks`), and the verdict on one answer.

asset_checks:
  - {name: query, url: /api/items?page=1, expect_status: 200, expect_text: 事项, max_ms: 2000}
  - {name: api, url: /api/state, method: POST, body: {q: 1}, headers: {X-Key: …}, expect_json: {data.0.state: ok}}
  - {name: portal, url: "https://portal.example/", expect_regex: "<title>.+</title>", follow_redirects: true, certificate: true}
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xunwei.collect.http_client import Reply

Json = dict[str, Any]
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_KEYS = {
    "name", "url", "method", "expect_status", "expect_text", "expect_regex", "expect_json", "max_ms", "body", "headers",
    "follow_redirects", "certificate",
}  # fmt: skip
# Only a word or a number of an answer is shown when it is not the expected one: never what may be business data.
_HARMLESS = re.compile(r"[A-Za-z_]{1,20}|-?\d{1,6}(\.\d{1,3})?")


@dataclass(frozen=True)
class Check:
    """One declared check; `statuses` are the good ones."""

    name: str
    url: str
    method: str = "GET"
    statuses: tuple[int, ...] = (200,)
    text: str = ""
    regex: str = ""
    json: Mapping[str, Any] = field(default_factory=dict)
    max_ms: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    follow_redirects: bool = False
    certificate: bool = False

    def secrets(self) -> list[str]:
        """Values that must not be in an answer: what the headers carry."""
        return list(self.headers.values())


def checks_of(value: Any) -> list[Check]:
    """The declared checks; the home page when none is declared. Raises ValueError naming what is wrong."""
    if value in (None, "", []):
        return [Check("home", "/", follow_redirects=True)]
    if not isinstance(value, list | tuple):
        raise ValueError("asset_checks is not a list")
    found = [_check(row) for row in value]
    names = [c.name for c in found]
    double = sorted({n for n in names if names.count(n) > 1})
    if double:
        raise ValueError(f"asset_checks has two checks named {double[0]!r}")
    return found


def _check(row: Any) -> Check:
    if not isinstance(row, Mapping) or not row.get("name") or not row.get("url"):
        raise ValueError("a check of asset_checks needs name and url")
    name, unknown = str(row["name"]), sorted(set(row) - _KEYS)
    if unknown:
        raise ValueError(f"check {name!r}: unknown word {unknown[0]!r}")
    method = str(row.get("method") or "GET").upper()
    if method not in METHODS:
        raise ValueError(f"check {name!r}: method {method!r} is none of {', '.join(METHODS)}")
    statuses = row.get("expect_status") or 200
    regex = str(row.get("expect_regex") or "")
    try:
        re.compile(regex)
        wanted = tuple(int(s) for s in (statuses if isinstance(statuses, list | tuple) else [statuses]))
        limit = None if row.get("max_ms") in (None, "") else int(row["max_ms"])
    except (re.error, TypeError, ValueError) as exc:
        raise ValueError(f"check {name!r}: {exc}") from None
    for key in ("expect_json", "headers"):
        if not isinstance(row.get(key) or {}, Mapping):
            raise ValueError(f"check {name!r}: {key} is not a mapping")
    return Check(
        name, str(row["url"]), method, wanted, str(row.get("expect_text") or ""), regex, dict(row.get("expect_json") or {}),
        limit, row.get("body"), {str(k): str(v) for k, v in (row.get("headers") or {}).items()},
        bool(row.get("follow_redirects")), bool(row.get("certificate")),
    )  # fmt: skip


def judge(check: Check, reply: Reply) -> Json:
    """The row that is kept. `available` is null when only the certificate kept us from asking."""
    answered = reply.outcome == "answered"
    verdicts = _json_verdicts(check, reply) if answered else []
    text = readable(reply.text)
    text_ok = check.text in text if answered and check.text else None
    regex_ok = re.search(check.regex, text) is not None if answered and check.regex else None
    asked = [v for v in (text_ok, regex_ok, *(v["ok"] for v in verdicts)) if v is not None]
    status_ok = reply.status in check.statuses if answered else None
    return {
        "name": check.name,
        "method": check.method,
        "url": re.sub(r"=[^&#]*", "=…", check.url),
        "outcome": reply.outcome,
        "reason": reply.reason,
        "available": None if reply.outcome == "certificate" else answered,
        "status": reply.status,
        "expected_status": list(check.statuses),
        "status_ok": status_ok,
        "content_ok": all(asked) if asked else None,
        "expected_text": check.text or None,
        "text_ok": text_ok,
        "regex_ok": regex_ok,
        "json": verdicts,
        "ms": reply.ms if answered else None,
        "max_ms": check.max_ms,
        "attempts": reply.attempts,
        "hops": reply.hops,
        "bytes": len(reply.content) if answered else None,
        "digest": reply.digest if answered else None,
        "title": title(reply.text) if answered else None,
        "not_after": None,
        "good": answered and bool(status_ok) and all(asked),
    }


def _json_verdicts(check: Check, reply: Reply) -> list[Json]:
    if not check.json:
        return []
    try:
        data: Any = json.loads(reply.text)
    except (ValueError, RecursionError):
        data = None
    rows = []
    for path, wanted in check.json.items():
        found = step(data, str(path))
        shown = "true" if found is True else "false" if found is False else str(found)
        harmless = isinstance(found, str | int | float) and _HARMLESS.fullmatch(shown) is not None
        same = found == wanted and isinstance(found, bool) == isinstance(wanted, bool)
        rows.append({"path": str(path), "expected": str(wanted), "found": shown if harmless else None, "ok": same})
    return rows


def readable(text: str) -> str:
    """The text, and when it is JSON also with its `\\uXXXX` read: expectations are written in plain characters."""
    if "\\u" not in text:
        return text
    try:
        return text + "\n" + json.dumps(json.loads(text), ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def step(data: Any, path: str) -> Any:
    """The value at a dotted path; numbers are indexes of lists. None when there is none."""
    for word in path.split("."):
        if isinstance(data, Mapping):
            data = data.get(word)
        elif isinstance(data, list) and word.isdigit() and int(word) < len(data):
            data = data[int(word)]
        else:
            return None
    return data


def title(text: str) -> str | None:
    """The page's title, at most 80 characters; long numbers are masked."""
    match = re.search(r"<title[^>]*>(.*?)</title>", text[:65536], re.IGNORECASE | re.DOTALL)
    if match is None:
        return None
    return re.sub(r"\d{7,}", "#", " ".join(html.unescape(match[1]).split()))[:80] or None
