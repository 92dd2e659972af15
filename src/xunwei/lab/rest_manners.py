"""How the REST products of the lab log in, refuse and page. By the vendors' REST references, not by recordings."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
import time
from abc import ABC, abstractmethod
from typing import Any, NamedTuple

from xunwei.lab.web import PASSWORD, USER, Reply

Tree = dict[str, Any]


class Request(NamedTuple):
    """What was asked: path without query, header names in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


class Manners(ABC):
    """One product's way. `sessions`: token → when it was last used."""

    timeout = 1200.0

    def __init__(self, state: dict[str, Any]) -> None:
        self.user = str(state.get("user") or USER)
        self.password = str(state.get("password") or PASSWORD)
        self.own: dict[str, Any] = state.get("login") or {}
        self.sessions: dict[str, float] = {}

    @abstractmethod
    def is_login(self, path: str) -> bool:
        """Whether this path is about sessions."""

    @abstractmethod
    def login(self, request: Request, *, allowed: bool) -> Reply:
        """Make or end a session."""

    @abstractmethod
    def refusal(self, request: Request) -> Reply | None:
        """What a request without a good session gets, None when it may be answered."""

    @abstractmethod
    def answer(self, request: Request, tree: Tree) -> Reply:
        """The answer to a request that may be answered."""

    def right(self, user: str, password: str) -> bool:
        """Whether these are the lab's user and password."""
        same = hmac.compare_digest(user.encode(), self.user.encode())
        return hmac.compare_digest(password.encode(), self.password.encode()) and same

    def opened(self) -> str:
        """A new token."""
        token = secrets.token_hex(24)
        self.sessions[token] = time.monotonic()
        return token

    def knows(self, token: str | None) -> bool:
        """Whether the token is of a session that has not run out; using it keeps it alive."""
        now = time.monotonic()
        self.sessions = {t: used for t, used in self.sessions.items() if now - used < self.timeout}
        for known in self.sessions:
            if token is not None and hmac.compare_digest(known, token):
                self.sessions[known] = now
                return True
        return False


class OceanStor(Manners):
    """DeviceManager: everything is HTTP 200 with an error object; token in iBaseToken, session cookie beside it."""

    base = re.compile(r"/deviceManager/rest/([^/]+)/(.*)")

    def is_login(self, path: str) -> bool:
        return path.endswith("/sessions")

    def login(self, request: Request, *, allowed: bool) -> Reply:
        if request.method == "DELETE":
            self.sessions.pop(request.headers.get("ibasetoken", ""), None)
            return self._ok({})
        try:
            data = json.loads(request.body)
            user, password, scope = data["username"], data["password"], str(data["scope"])
        except (ValueError, KeyError, TypeError):
            return self._error(50331651, "The entered parameter is incorrect.")
        if not (allowed and scope == "0" and isinstance(user, str) and self.right(user, str(password))):
            return self._error(1077949061, "The User name or password is incorrect.")
        token = self.opened()
        told = {"accountstate": 1, "deviceid": self.own["deviceid"], "iBaseToken": token, "level": 3, "userscope": "0"}
        reply = self._ok({**told, **(self.own.get("answer") or {})})
        reply.headers.append(("Set-Cookie", f"session=ismsession={token[::-1]}; Path=/; Secure; HttpOnly"))
        return reply

    def refusal(self, request: Request) -> Reply | None:
        token = request.headers.get("ibasetoken")
        cookie = f"ismsession={(token or '')[::-1]}" in request.headers.get("cookie", "")
        if not self.knows(token) or not cookie:
            return self._error(-401, "This operation fails to be performed because of the unauthorized REST.")
        match = self.base.fullmatch(request.path)
        if match is None or match.group(1) != self.own["deviceid"]:
            return self._error(50331651, "The entered parameter is incorrect.")
        return None

    def answer(self, request: Request, tree: Tree) -> Reply:
        match = self.base.fullmatch(request.path)
        name = match.group(2) if match else ""
        if request.method != "GET" or name not in tree:
            return self._error(1077949004, "The operation is not supported.")
        data = tree[name]["data"]
        pages = re.search(r"range=\[(\d+)-(\d+)\]", request.query)
        if isinstance(data, list) and pages and not name.endswith("_port"):
            first, end = int(pages.group(1)), int(pages.group(2))
            if end - first > 100:
                return self._error(50331651, "The entered parameter is incorrect.")
            data = data[first:end]
        if data == []:  # an empty list is left out
            return Reply(200, {"error": {"code": 0, "description": "0"}})
        return self._ok(data)

    @staticmethod
    def _ok(data: Any) -> Reply:
        return Reply(200, {"data": data, "error": {"code": 0, "description": "0"}})

    @staticmethod
    def _error(code: int, text: str) -> Reply:
        return Reply(200, {"data": {}, "error": {"code": code, "description": text, "suggestion": ""}})


class FusionCompute(Manners):
    """VRM: user and SHA-256 of the password as headers, token in a header, errorCode and errorDes in a body."""

    timeout = 600.0

    def is_login(self, path: str) -> bool:
        return path == "/service/session"

    def login(self, request: Request, *, allowed: bool) -> Reply:
        if request.method == "DELETE":
            self.sessions.pop(request.headers.get("x-auth-token", ""), None)
            return Reply(200, {})
        if request.method != "POST":
            return self._error(405, "10000004", "The method is not supported.")
        if f"version={self.own['version']}" not in request.headers.get("accept", ""):
            return self._error(401, "10000022", "The version is incorrect.")
        key = request.headers.get("x-auth-key", "")
        hashed = request.headers.get("x-encrypt-algorithm", "0") == "0"
        right = hashlib.sha256(self.password.encode()).hexdigest() if hashed else self.password
        if not allowed or request.headers.get("x-auth-user") != self.user or not hmac.compare_digest(key, right):
            return self._error(401, "10000034", "The user name or password is incorrect.")
        return Reply(200, {}, [("X-Auth-Token", self.opened())])

    def refusal(self, request: Request) -> Reply | None:
        if request.path == "/service/versions" or self.knows(request.headers.get("x-auth-token")):
            return None
        return self._error(401, "10000040", "The session has expired. Log in again.")

    def answer(self, request: Request, tree: Tree) -> Reply:
        wanted = "POST" if request.path.endswith("/activeAlarms") else "GET"
        if request.path not in tree:
            return self._error(404, "10000003", "The resource does not exist.")
        if request.method != wanted:
            return self._error(405, "10000004", "The method is not supported.")
        body = tree[request.path]
        limit, offset = (re.search(rf"{word}=(\d+)", request.query) for word in ("limit", "offset"))
        lists = [k for k, v in body.items() if isinstance(v, list)]
        if "total" in body and lists:
            items = body[lists[0]]
            first, size = int(offset.group(1)) if offset else 0, int(limit.group(1)) if limit else 100
            return Reply(200, {**body, "total": len(items), lists[0]: items[first : first + size]})
        return Reply(200, body)

    @staticmethod
    def _error(status: int, code: str, text: str) -> Reply:
        return Reply(status, {"errorCode": code, "errorDes": text})


class Commvault(Manners):
    """Web server of a CommServe: password in Base64, token in the header Authtoken, lists paged by headers."""

    base = "/webconsole/api"

    def is_login(self, path: str) -> bool:
        return path in (f"{self.base}/Login", f"{self.base}/Logout")

    def login(self, request: Request, *, allowed: bool) -> Reply:
        if request.path.endswith("/Logout"):
            self.sessions.pop(request.headers.get("authtoken", "").removeprefix("QSDK "), None)
            return Reply(200, text="User logged out", content_type="text/plain")
        try:
            data = json.loads(request.body)
            password = base64.b64decode(data["password"], validate=True).decode()
            right = self.right(str(data["username"]), password)
        except (ValueError, KeyError, TypeError, binascii.Error):
            right = False
        if not (allowed and right and request.method == "POST"):
            text = "Username/Password are incorrect."
            return Reply(200, {"errList": [{"errorCode": 1127, "errLogMessage": text}], "loginAttempts": 1})
        return Reply(200, {"token": f"QSDK {self.opened()}", "userName": self.user, "aliasName": "3", "errList": []})

    def refusal(self, request: Request) -> Reply | None:
        if self.knows(request.headers.get("authtoken", "").removeprefix("QSDK ")):
            return None
        return Reply(401, {"errorMessage": "Access denied. Invalid or expired token.", "errorCode": 5})

    def answer(self, request: Request, tree: Tree) -> Reply:
        name = request.path.removeprefix(f"{self.base}/")
        if name not in tree or request.method != "GET":
            return Reply(404, {"errorMessage": "No HTTP resource was found.", "errorCode": 404})
        body = tree[name]
        if "totalRecordsWithoutPaging" in body:
            size, first = int(request.headers.get("limit", "20")), int(request.headers.get("offset", "0"))
            jobs = body["jobs"]
            return Reply(200, {"totalRecordsWithoutPaging": len(jobs), "jobs": jobs[first : first + size]})
        return Reply(200, body)


class Rubrik(Manners):
    """CDM: a service account's client id and secret give a bearer token; lists tell hasMore."""

    def is_login(self, path: str) -> bool:
        return path in ("/api/client_token", "/api/v1/session/me")

    def login(self, request: Request, *, allowed: bool) -> Reply:
        if request.method == "DELETE":
            self.sessions.pop(request.headers.get("authorization", "").removeprefix("Bearer "), None)
            return Reply(204)
        try:
            data = json.loads(request.body)
            right = data["grant_type"] == "client_credentials" and self.right(data["client_id"], data["client_secret"])
        except (ValueError, KeyError, TypeError, AttributeError):
            right = False
        if not (allowed and right):
            return Reply(401, {"errorType": "user_error", "message": "Incorrect client id or secret"})
        return Reply(200, {"client_id": self.user, "access_token": self.opened(), "expires_in": 43200})

    def refusal(self, request: Request) -> Reply | None:
        if self.knows(request.headers.get("authorization", "").removeprefix("Bearer ")):
            return None
        return Reply(401, {"errorType": "user_error", "message": "Supplied authentication is not valid"})

    def answer(self, request: Request, tree: Tree) -> Reply:
        if request.path not in tree or request.method != "GET":
            return Reply(
                404, {"errorType": "user_error", "message": f"The requested resource {request.path} was not found."}
            )
        body = tree[request.path]
        limit, offset = (re.search(rf"\b{word}=(\d+)", request.query) for word in ("limit", "offset"))
        key = next((k for k in ("data", "jobMonitoringInfoList") if isinstance(body.get(k), list)), "")
        if not key:
            return Reply(200, body)
        first, size = int(offset.group(1)) if offset else 0, int(limit.group(1)) if limit else 100
        page = body[key][first : first + size]
        return Reply(200, {**body, key: page, "hasMore": first + size < len(body[key])})


class Pacific(Manners):
    """OceanStor Pacific: token in a header; `result` is an object on newer interfaces, a number on older ones."""

    def is_login(self, path: str) -> bool:
        return path == "/api/v2/aa/sessions"

    def login(self, request: Request, *, allowed: bool) -> Reply:
        if request.method == "DELETE":
            self.sessions.pop(request.headers.get("x-auth-token", ""), None)
            return Reply(200, {"data": {}, "result": {"code": 0, "description": ""}})
        try:
            data = json.loads(request.body)
            right = self.right(data["user_name"], data["password"]) and str(data["scope"]) == "0"
        except (ValueError, KeyError, TypeError, AttributeError):
            right = False
        if not (allowed and right):
            return self._error(1077949061, "The user name or password is incorrect.")
        told = {"x_auth_token": self.opened(), "x_csrf_token": secrets.token_hex(16), "password_status": 1}
        return Reply(200, {"data": told, "result": {"code": 0, "description": ""}})

    def refusal(self, request: Request) -> Reply | None:
        if self.knows(request.headers.get("x-auth-token")):
            return None
        return self._error(-401, "Unauthorized. Log in first.")

    def answer(self, request: Request, tree: Tree) -> Reply:
        path = request.path
        if path not in tree or request.method != ("POST" if "/hwm/" in path else "GET"):
            return self._error(1077949004, "The operation is not supported.")
        body = tree[path]
        if "/hwm/" not in path:
            return Reply(200, body)
        try:
            wanted = set(json.loads(request.body)["server_list"])
        except (ValueError, KeyError, TypeError):
            return self._error(50331651, "The entered parameter is incorrect.")
        return Reply(200, {**body, "data": [row for row in body["data"] if wanted & set(row["management_ips"])]})

    @staticmethod
    def _error(code: int, text: str) -> Reply:
        return Reply(200, {"data": {}, "result": {"code": code, "description": text, "suggestion": ""}})


MANNERS: dict[str, type[Manners]] = {
    "oceanstor": OceanStor, "fusioncompute": FusionCompute, "commvault": Commvault, "rubrik": Rubrik,
    "pacific": Pacific,
}  # fmt: skip
