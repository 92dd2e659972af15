"""The connection to a Redfish service (DMTF DSP0266): login, bounded GETs with a cache, logout."""

from __future__ import annotations

import contextlib
import json
import re
import time
from types import TracebackType
from typing import Any

import httpx

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

__all__ = ["Got", "Json", "Limits", "Link", "LostError", "OutOfTimeError", "Target"]

ROOT = "/redfish/v1/"
LOGOUT_SECONDS = 5.0


class Link(Channel):
    """The connection, the session and what was read over it. Use as a context manager: leaving logs out."""

    def __init__(self, target: Target, limits: Limits, deadline: float) -> None:
        super().__init__(target, limits, deadline)
        self.remark = ""
        self._method = ""
        self._refused: Got | None = None
        self._token = ""
        self._session = ""
        self._cache: dict[str, Got] = {}

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        try:
            if self._client is not None and self._session:
                with contextlib.suppress(httpx.HTTPError, httpx.InvalidURL):
                    self._client.delete(self._session, timeout=min(LOGOUT_SECONDS, self.target.timeout))
        finally:
            super().__exit__(kind, exc, tb)

    def open(self) -> Got:
        """Connect, read the service root, log in. Raises LostError, OutOfTimeError."""
        self.connect({"Accept": "application/json", "OData-Version": "4.0"})
        root = self.get(ROOT, self.deadline)
        if root.kind == "ok" and not isinstance(root.body, dict):
            return Got("unparsed", None, root.http, "the service root is not a JSON object")
        if root.kind == "ok":
            self._log_in(root.body)
        return root

    def login(self) -> Json:
        """How the run is logged in: {"method": session | basic}. Never a token."""
        return {"method": self._method, "refused": self._refused.reason if self._refused else None}

    def get(self, path: str, until: float) -> Got:
        """The resource at `path`, from the cache when it was read before. Raises LostError, OutOfTimeError."""
        if path in self._cache:
            return self._cache[path]
        if path != ROOT and self._refused is not None:
            return self._refused
        if not re.match(r"/redfish/v1(/|$)", path) or "#" in path or ".." in path:
            return Got("unparsed", None, None, f"not a link into this service: {path[:120]}")
        if self.spent:
            return Got("unparsed", None, None, self.spent)
        got = self._read(self.send("GET", path, until))
        self._cache[path] = got
        return got

    def without_secrets(self, text: str) -> str:
        """`text` with this run's token and password taken out, should the device have echoed them."""
        return without(text, [self._token, self.target.password])

    def _log_in(self, root: Json) -> None:
        path = _session_path(root)
        if not path:
            self._basic()
            return
        body = {"UserName": self.target.user, "Password": self.target.password}
        response, text = self.send("POST", path, self.deadline, body)
        if isinstance(text, str):
            raise LostError(f"login: {text}")
        token = response.headers.get("X-Auth-Token", "")
        if response.status_code in (200, 201) and re.fullmatch(r"[\x21-\x7e]+", token):
            self._method, self._token = "session", token
            self._session = _own_path(response.headers.get("Location", ""), text)
            self.client.headers["X-Auth-Token"] = token
        elif response.status_code in (204, 404, 405, 501):  # 204: nothing refused, but no session made either
            self._basic()
        else:
            message = _message(text)
            reason = f"login refused: HTTP {response.status_code}{': ' + message if message else ''}"
            self._method, self._refused = "none", Got("denied", None, response.status_code, reason)

    def _basic(self) -> None:
        """Only for a service without sessions: a refused password is never tried a second time."""
        self._method, self.remark = "basic", "basic authentication: the device has no session service"
        self.client.auth = httpx.BasicAuth(self.target.user, self.target.password)

    def _read(self, answer: tuple[httpx.Response, bytes | str]) -> Got:
        response, content = answer
        code = response.status_code
        if isinstance(content, str):
            return Got("unparsed", None, None, content)
        text = content.decode("utf-8", errors="replace")
        if code != 200:
            message = _message(text)
            reason = f"HTTP {code}{': ' + message if message else ''}"
            return Got(KINDS.get(code, "unparsed"), None, code, reason, text[:KEPT_TEXT] if not message else "")
        try:
            body = read_json(content)
        except ValueError:
            return Got("unparsed", None, code, "not JSON", text[:KEPT_TEXT])
        return Got("ok", body, code, "", "", round(time.time(), 1))


def _session_path(root: Json) -> str:
    """Where sessions are made, by the service root (DSP0266, session login); '' when the service has none."""
    links = root.get("Links")
    sessions = links.get("Sessions") if isinstance(links, dict) else None
    path = sessions.get("@odata.id") if isinstance(sessions, dict) else None
    if isinstance(path, str) and re.fullmatch(r"/redfish/v1/[A-Za-z0-9_/-]+", path):
        return path
    return f"{ROOT}SessionService/Sessions" if root.get("SessionService") is not None else ""


def _own_path(location: str, text: bytes | str) -> str:
    """The new session's path: of the Location header (absolute or not), else of the body."""
    path: Any = re.sub(r"^https?://[^/]*", "", location)
    if not path:
        try:
            path = json.loads(text).get("@odata.id")
        except (ValueError, AttributeError, RecursionError):
            path = None
    return path if isinstance(path, str) and path.startswith(ROOT) else ""


def _message(text: bytes | str) -> str:
    """The first message id and text of a Redfish error body, '' when there is none."""
    try:
        error = json.loads(text)["error"]
        first = next(iter(error.get("@Message.ExtendedInfo") or [{}]))
        words = [first.get("MessageId") or error.get("code"), first.get("Message") or error.get("message")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
    return one_line(" ".join(str(w) for w in words if w))
