"""The session with a REST service whose manners are data: login, error objects, paging, logout.

Everything a product does its own way stands in its pack's `options` (see `Recipe`); nothing here names a product.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx

from xunwei.collect.access import Access
from xunwei.collect.https import (
    KEPT_TEXT,
    KINDS,
    Channel,
    Got,
    Json,
    Limits,
    LostError,
    OutOfTimeError,
    Target,
    one_line,
    read_json,
    without,
)

LOGOUT_SECONDS = 5.0
CLIPPED = "@xunwei.clipped"
_FIELD = re.compile(r"\{(?:setting:)?([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")


@dataclass(frozen=True)
class Recipe:
    """`options` of a pack with collector rest.

    `port`: the product's own. `headers`: of every request. `base`: put before a path that does not begin with `/`.
    `login`: {method, path, body, headers, take: {name: "body:a.b" or "header:X"}, public: [names that are no secret],
    refused, words: paths of a login error's code and words, where they are not those of `errors`, send: headers of all
    later requests, basic: true for basic authentication instead, logout: {method, path}}.
    `errors`: {code: path (or paths) of the error code in a body, text: path of its words, required: whether every answer has a
    code, ok: [codes], denied: […], unsupported: […], expired: [… of a session that must be made anew]}.
    `paging`: name → {query or headers: with {first}, {next}, {size}; size; items: path of the list, or * for the only
    list; total: path of the number of all items, or more: path of a flag} or {follow: path of the next page's link, items}.
    Templates know {user}, {password}, {password_base64}, {password_sha256}, {setting:name|default} and what was taken.
    """

    port: int = 443
    headers: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    login: Json = field(default_factory=dict)
    errors: Json = field(default_factory=dict)
    paging: Mapping[str, Json] = field(default_factory=dict)

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Recipe:
        """The recipe in a pack's options; unknown keys are an error of the pack."""
        return cls(**options)


class Session(Channel):
    """One login and what was read with it. Use as a context manager: leaving logs out."""

    def __init__(self, access: Access, recipe: Recipe, limits: Limits, deadline: float) -> None:
        super().__init__(Target.of(access, recipe.port), limits, deadline)
        self.access = access
        self.recipe = recipe
        self.refused: Got | None = None  # why nobody is logged in
        self.told: Json = {}  # what the login answer told that is no secret
        self._values: dict[str, str] = {}
        self._secrets: list[str] = access.secrets()
        self._cache: dict[str, Got] = {}
        self._again = False  # whether the session was made anew already

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        logout = self.recipe.login.get("logout")
        try:
            if self._client is not None and self._values and logout and self.refused is None:
                with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL, KeyError):
                    url = self.fill(logout["path"])
                    self._client.request(
                        logout["method"], url, headers=self._sent(), timeout=min(LOGOUT_SECONDS, self.target.timeout)
                    )
        finally:
            super().__exit__(kind, exc, tb)

    def open(self) -> Got:
        """Connect and log in. Kind ok, or why not. Raises LostError, OutOfTimeError."""
        self.connect({k: self.fill(v) for k, v in self.recipe.headers.items()})
        return self._log_in()

    def fill(self, text: str) -> str:
        """A template with its values. Raises KeyError for a value there is none of."""
        return _FIELD.sub(lambda m: self._value(m.group(1), m.group(2)), text)

    def url(self, path: str) -> str:
        """The whole path of what is asked."""
        path = self.fill(path)
        return path if path.startswith("/") else self.fill(self.recipe.base) + path

    def get(self, path: str, until: float, *, method: str = "GET", paging: str = "", body: str = "") -> Got:
        """The resource at `path`, all its pages as one; from the cache when it was read before.

        `body`: what is posted with a query, as JSON text. Raises LostError, OutOfTimeError.
        """
        if self.refused is not None:
            return self.refused
        known = f"{method} {path}#{paging} {body}"
        if known not in self._cache:
            got = self._pages(method, path, self.recipe.paging[paging], until) if paging else None
            self._cache[known] = got or self._ask(method, path, until, {}, body)
        return self._cache[known]

    def without_secrets(self, text: str) -> str:
        """`text` without this run's password, tokens and cookies, should the service have echoed them."""
        return without(text, [*self._secrets, *(v for _, v in self._cookies())])

    # -- login ---------------------------------------------------------------------------------------------------------

    def _value(self, name: str, default: str | None) -> str:
        password = self.target.password.encode()
        own = {
            "user": self.target.user,
            "password": self.target.password,
            "password_base64": base64.b64encode(password).decode(),
            "password_sha256": hashlib.sha256(password).hexdigest(),
            **self._values,
        }
        if default is not None:
            return self.access.setting(name, default)
        return own[name]

    def _cookies(self) -> Iterator[tuple[str, str]]:
        if self._client is not None:
            yield from ((c.name, c.value or "") for c in self._client.cookies.jar)

    def _sent(self) -> dict[str, str]:
        return {k: self.fill(v) for k, v in (self.recipe.login.get("send") or {}).items()} if self._values else {}

    def _log_in(self) -> Got:
        login = self.recipe.login
        self._secrets += [self._value("password_base64", None), self._value("password_sha256", None)]
        if login.get("basic"):
            self.client.auth = httpx.BasicAuth(self.target.user, self.target.password)
            return Got("ok", {})
        if not login:
            return Got("ok", {})
        headers = {k: self.fill(v) for k, v in (login.get("headers") or {}).items()}
        body = self._filled(login.get("body"))
        answer = self.send(login["method"], self.fill(login["path"]), self.deadline, body, headers)
        got = self._read(answer, ok=(200, 201, 204))
        if got.kind == "ok":
            got = self._take(got, answer[0].headers)
        if got.kind != "ok":
            # An error that the service gives a code is its no to this login; anything else was no answer to it.
            refused = got.kind == "expired" or (got.kind == "unparsed" and got.reason.startswith("error "))
            got = Got("denied" if refused else got.kind, None, got.http, f"login: {got.reason}", got.text)
            self.refused = got
        return got

    def _take(self, got: Got, headers: httpx.Headers) -> Got:
        login = self.recipe.login
        code = pick(got.body, login.get("refused", ""))
        if code is not None:
            words = pick(got.body, login.get("words", ""))
            return Got("denied", None, got.http, one_line(f"error {code}: {words or ''}").rstrip(": "))
        taken: dict[str, str] = {}
        for name, place in (login.get("take") or {}).items():
            where, _, key = place.partition(":")
            value = headers.get(key) if where == "header" else pick(got.body, key)
            if not isinstance(value, str | int) or str(value) == "" or not str(value).isprintable():
                return Got("unparsed", None, got.http, f"there is no {key} in the answer")
            taken[name] = str(value)
        self._values = taken
        public = login.get("public") or []
        self._secrets += [v for k, v in taken.items() if k not in public]
        self.told = {k: pick(got.body, v) for k, v in (login.get("tell") or {}).items()}
        return got

    def _filled(self, body: Any) -> Any:
        if isinstance(body, dict):
            return {k: self._filled(v) for k, v in body.items()}
        return self.fill(body) if isinstance(body, str) else body

    # -- one answer ----------------------------------------------------------------------------------------------------

    def _ask(self, method: str, path: str, until: float, headers: Mapping[str, str], posted: str = "") -> Got:
        if self.spent:
            return Got("unparsed", None, None, self.spent)
        body: Json | None = json.loads(posted or "{}") if method == "POST" else None
        got = self._read(self.send(method, path, until, body, {**self._sent(), **headers}))
        if got.kind == "expired" and not self._again and self.recipe.login.get("path"):
            self._again = True
            before = self._values
            if self._log_in().kind != "ok":
                return self.refused or got
            path = self._moved(path, before)
            got = self._read(self.send(method, path, until, body, {**self._sent(), **headers}))
        return Got("denied", None, got.http, got.reason, got.text) if got.kind == "expired" else got

    def _moved(self, path: str, before: Mapping[str, str]) -> str:
        """The same path for the new session: a device id may be another one."""
        for name, value in before.items():
            path = path.replace(f"/{value}/", f"/{self._values.get(name, value)}/")
        return path

    def _read(self, answer: tuple[httpx.Response, bytes | str], ok: tuple[int, ...] = (200,)) -> Got:
        response, content = answer
        code = response.status_code
        if isinstance(content, str):
            return Got("unparsed", None, None, content)
        text = content.decode("utf-8", errors="replace")
        try:
            body: Any = read_json(content) if content.strip() else {}
        except ValueError:
            if code in ok:
                return Got("unparsed", None, code, "not JSON", text[:KEPT_TEXT])
            return Got(KINDS.get(code, "unparsed"), None, code, f"HTTP {code}", text[:KEPT_TEXT])
        problem = self._problem(body)
        if problem is None and code in ok:
            return Got("ok", body, code, "", "", round(time.time(), 1))
        kind, reason = problem or ("unparsed", f"HTTP {code}")
        if kind == "unparsed" and code not in ok:  # the code says nothing; the HTTP status does
            kind = "expired" if code == 401 else KINDS.get(code, "unparsed")
        return Got(kind, None, code, reason, "" if problem else text[:KEPT_TEXT])

    def _problem(self, body: Any) -> tuple[str, str] | None:
        """(kind, reason) when the body is the service's own error object."""
        errors = self.recipe.errors
        if not errors:
            return None
        paths = [errors["code"]] if isinstance(errors["code"], str) else errors["code"]
        told = (pick(body, path) for path in paths)
        code = next((c for c in told if isinstance(c, str | int)), None)
        if code is None:
            return ("unparsed", "an answer without a result code") if errors.get("required") else None
        if str(code) in {str(c) for c in errors.get("ok", ())}:
            return None
        words = pick(body, errors.get("text", ""))
        reason = one_line(f"error {code}: {words if isinstance(words, str) else ''}").rstrip(": ")
        for kind in ("expired", "denied", "unsupported"):
            if str(code) in {str(c) for c in errors.get(kind, ())}:
                return kind, reason
        return "unparsed", reason

    # -- pages ---------------------------------------------------------------------------------------------------------

    def _pages(self, method: str, path: str, rule: Json, until: float) -> Got:
        """All pages of a list as one resource; a failed page fails all of it."""
        whole: Got | None = None
        items: list[Any] = []
        first, link, size = 0, path, int(rule.get("size", 100))
        for _ in range(self.limits.pages):
            url, headers = self._page(link, rule, first, size)
            got = self._ask(method, url, until, headers)
            if got.kind != "ok":
                return got
            page = _list(got.body, rule)
            whole = whole or got
            if page is None or (page and page == items[-len(page) :]):  # no list; or the service does not page it
                return whole
            items += page
            link, more = _following(got.body, rule, path, len(page), len(items), size)
            if not more:
                return _joined(whole, rule, items)
            first += size
        return _joined(whole, rule, items, clipped=True) if whole is not None else Got("unparsed", reason="no page")

    def _page(self, link: str, rule: Json, first: int, size: int) -> tuple[str, dict[str, str]]:
        values = {"first": str(first), "next": str(first + size), "size": str(size)}
        query = _insert(rule.get("query", ""), values)
        joint = "&" if "?" in link else "?"
        url = f"{link}{joint}{query}" if query and "follow" not in rule else link
        return url, {k: _insert(v, values) for k, v in (rule.get("headers") or {}).items()}


def pick(body: Any, path: str) -> Any:
    """The value at a dotted path, None when there is none."""
    for word in path.split(".") if path else ():
        if isinstance(body, list) and word.isdigit() and int(word) < len(body):
            body = body[int(word)]
        elif isinstance(body, dict):
            body = body.get(word)
        else:
            return None
    return body if path else None


def _insert(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(first|next|size)\}", lambda m: values[m.group(1)], text)


def _key(body: Any, rule: Json) -> str:
    if rule.get("items", "*") != "*":
        return str(rule["items"])
    lists = [k for k, v in body.items() if isinstance(v, list)] if isinstance(body, dict) else []
    return lists[0] if len(lists) == 1 else ""


def _list(body: Any, rule: Json) -> list[Any] | None:
    found = pick(body, _key(body, rule))
    return found if isinstance(found, list) else None


def _following(body: Any, rule: Json, path: str, page: int, read: int, size: int) -> tuple[str, bool]:
    """Where the next page is, and whether there is one."""
    if "follow" in rule:
        link = pick(body, rule["follow"])
        link = re.sub(r"^https?://[^/]*", "", link) if isinstance(link, str) else ""
        return link, link.startswith("/")
    if "more" in rule and isinstance(more := pick(body, rule["more"]), bool):
        return path, more and bool(page)
    total = pick(body, rule.get("total", ""))
    if isinstance(total, int) and not isinstance(total, bool):
        return path, bool(page) and read < total
    return path, page == size


def _joined(whole: Got, rule: Json, items: list[Any], *, clipped: bool = False) -> Got:
    body = json.loads(json.dumps(whole.body))
    words = _key(body, rule).split(".")
    holder = pick(body, ".".join(words[:-1])) if len(words) > 1 else body
    holder[words[-1]] = items
    if clipped:
        body[CLIPPED] = len(items)
    return Got("ok", body, whole.http, "", "", whole.received)


__all__ = ["CLIPPED", "Got", "Limits", "LostError", "OutOfTimeError", "Recipe", "Session", "pick"]
