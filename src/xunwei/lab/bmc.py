"""A simulated server BMC: an iBMC of an RH2288H V3 that speaks Redfish over real HTTPS, strictly and with faults.

Read only. Only sessions can be made and deleted. Semantics by DMTF DSP0266 1.x: session login, token needed for
everything but the service root, Redfish error bodies, ETag, OData-Version, Allow; at most so many sessions.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.lab.bmc_state import FAULTS, State
from xunwei.lab.tls import Identity, identity
from xunwei.lab.web import MAX_BODY, PASSWORD, USER, Reply, WebDevice

Json = dict[str, Any]
ROOT = "/redfish/v1/"
SESSIONS = f"{ROOT}SessionService/Sessions"
_OPEN = ("/redfish", ROOT)
_MESSAGES = {
    400: ("Base.1.0.MalformedJSON", "The request body submitted was malformed JSON."),
    401: ("Base.1.0.NoValidSession", "There is no valid session established with the implementation."),
    404: ("Base.1.0.ResourceMissingAtURI", "The resource at the URI %1 was not found."),
    405: ("Base.1.0.OperationNotAllowed", "The HTTP method is not allowed on this resource."),
    412: ("Base.1.0.PreconditionFailed", "The OData-Version header is not supported."),
    413: ("Base.1.0.PayloadTooLarge", "The request body is too large."),
    503: ("Base.1.0.SessionLimitExceeded", "The session establishment failed due to the number of sessions."),
}


@dataclass
class Session:
    """One login."""

    user: str
    token: str
    used: float


def error(status: int, message_id: str = "", message: str = "", headers: list[tuple[str, str]] | None = None) -> Reply:
    """A Redfish error answer (DSP0266, error responses)."""
    known_id, known = _MESSAGES.get(status, ("Base.1.0.GeneralError", "A general error has occurred."))
    info = {
        "@odata.type": "#Message.v1_0_0.Message",
        "MessageId": message_id or known_id,
        "Message": message or known,
        "MessageArgs": [],
        "Severity": "OK" if status < 300 else "Critical",
        "Resolution": "None",
    }
    text = "A general error has occurred. See ExtendedInfo for more information."
    return Reply(
        status,
        {"error": {"code": "Base.1.0.GeneralError", "message": text, "@Message.ExtendedInfo": [info]}},
        headers or [],
    )


class Bmc(WebDevice):
    """The running device (see WebDevice)."""

    known_faults = FAULTS
    garbage = "<html><body>iBMC is busy, try again\x07</body></html>"
    common_headers = (("OData-Version", "4.0"), ("Cache-Control", "no-cache"))

    def __init__(self, device: Json, own: Identity) -> None:
        super().__init__(own)
        self.device = State(device)
        self.faults = self.device.faults  # one mapping: the tree and the transport look at the same faults
        self.user = str(device.get("user") or USER)
        self.password = str(device.get("password") or PASSWORD)
        self.certificate, self.fingerprint = own.certificate, own.fingerprint
        self.sessions: dict[str, Session] = {}
        self._failures: dict[str, tuple[int, float]] = {}
        self._number = 0
        for name, value in (device.get("faults") or {}).items():
            self.set_fault(name, value)

    def set_fault(self, name: str, value: Any) -> None:
        """Turn a fault on or off (value False or None). Raises ValueError for a name that is none."""
        self.device.set_fault(name, value)

    def state(self) -> Json:
        """Parts and faults, as plain data."""
        return {**self.device.data, "faults": dict(self.faults)}

    def is_open(self, path: str) -> bool:
        """The service root and the sessions answer even when the rest is broken."""
        return path in _OPEN or path.startswith(f"{ROOT}SessionService")

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The answer by DSP0266."""
        path = ROOT if path == ROOT.rstrip("/") else path
        refusal = self._precondition(headers, body)
        if refusal is not None:
            return refusal
        if method == "POST" and path == SESSIONS and self.device.data["sessions"]["service"]:
            return self._log_in(body)
        if path not in _OPEN and not self._known(headers):
            return error(401, headers=[("WWW-Authenticate", 'Basic realm="Redfish"')])
        if path.startswith(f"{SESSIONS}/") and method in ("DELETE", "GET", "HEAD"):
            return self._session(method, path.rpartition("/")[2])
        return self._get(method, path, headers)

    @staticmethod
    def _precondition(headers: dict[str, str], body: bytes) -> Reply | None:
        if headers.get("odata-version", "4.0") != "4.0":
            return error(412)
        return error(413) if len(body) > MAX_BODY else None

    def _get(self, method: str, path: str, headers: dict[str, str]) -> Reply:
        resource = self._resource(path)
        if resource is None:
            return error(404, message=_MESSAGES[404][1].replace("%1", path))
        if method not in ("GET", "HEAD"):
            return error(405, headers=[("Allow", "GET, HEAD")])
        digest = hashlib.sha256(json.dumps(resource, sort_keys=True).encode()).hexdigest()[:8]
        etag = ("ETag", f'W/"{digest}"')
        if headers.get("if-none-match") == etag[1]:
            return Reply(304, headers=[etag])
        return Reply(200, resource, [etag, ("Allow", "GET, HEAD")])

    def _resource(self, path: str) -> Json | None:
        if path == "/redfish":
            return {"v1": ROOT}
        if path == SESSIONS and self.device.data["sessions"]["service"]:
            links = [{"@odata.id": f"{SESSIONS}/{number}"} for number in self.sessions]
            return {
                "@odata.id": SESSIONS,
                "@odata.type": "#SessionCollection.SessionCollection",
                "Name": "Session Collection",
                "Members@odata.count": len(links),
                "Members": links,
            }
        return self.device.resource(path)

    def _known(self, headers: dict[str, str]) -> bool:
        """A valid session token, or basic authentication."""
        now = time.monotonic()
        timeout = self.device.data["sessions"]["timeout"]
        self.sessions = {n: s for n, s in self.sessions.items() if now - s.used < timeout}
        token = headers.get("x-auth-token")
        if token is not None:
            for session in self.sessions.values():
                if hmac.compare_digest(session.token, token):
                    session.used = now
                    return True
            return False
        scheme, _, value = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            user, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return self._accepts(user, password) is None

    def _accepts(self, user: str, password: str) -> Reply | None:
        """None when the password is right and the account not locked, else the refusal."""
        lockout = self.device.data["lockout"]
        count, since = self._failures.get(user, (0, 0.0))
        if count >= lockout["threshold"] > 0 and time.monotonic() - since < lockout["minutes"] * 60:
            return error(401, "iBMC.1.0.UserLocked", "The user is locked.")
        right = hmac.compare_digest(user.encode(), self.user.encode())
        right = hmac.compare_digest(password.encode(), self.password.encode()) and right
        if not right or "login_refused" in self.device.faults:
            self._failures[user] = (count + 1, time.monotonic())
            return error(401, "iBMC.1.0.LoginFailed", "The user name or password is incorrect.")
        self._failures.pop(user, None)
        return None

    def _log_in(self, body: bytes) -> Reply:
        try:
            data = json.loads(body)
        except ValueError:
            return error(400)
        for name in ("UserName", "Password"):
            if not isinstance(data, dict) or not isinstance(data.get(name), str):
                text = f"The property {name} is required and must be included in the request."
                return error(400, "Base.1.0.PropertyMissing", text)
        refusal = self._accepts(data["UserName"], data["Password"])
        if refusal is not None:
            return refusal
        if len(self.sessions) >= self.device.data["sessions"]["limit"]:
            return error(503)
        self._number += 1
        number, token = f"{self._number:04x}", secrets.token_hex(16)
        self.sessions[number] = Session(data["UserName"], token, time.monotonic())
        path = f"{SESSIONS}/{number}"
        return Reply(201, _session_resource(number, data["UserName"]), [("X-Auth-Token", token), ("Location", path)])

    def _session(self, method: str, number: str) -> Reply:
        if number not in self.sessions:
            return error(404)
        if method == "DELETE":
            del self.sessions[number]
            return error(200, "Base.1.0.Success", "Successfully Completed Request")
        return Reply(200, _session_resource(number, self.sessions[number].user))


async def start(device: Json, host: str, port: int, state_dir: Path) -> Bmc:
    """Start a BMC on `host`:`port` (0: any free port).

    `device`: name, optional user, password, state (laid over personalities/ibmc/device.yml), faults. Its certificate
    is kept as `state_dir/lab/<name>.pem`.
    """
    own = await asyncio.to_thread(identity, state_dir / "lab", str(device.get("name") or "bmc"), host)
    bmc = Bmc(device, own)
    await bmc.listen(host, port)
    return bmc


def _session_resource(number: str, user: str) -> Json:
    path = f"{SESSIONS}/{number}"
    kind = "#Session.v1_0_2.Session"
    return {"@odata.id": path, "@odata.type": kind, "Id": number, "Name": "User Session", "UserName": user}
