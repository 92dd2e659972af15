"""Kind `vsphere`: a vCenter that answers the Web Services API at /sdk over HTTPS (personality vcenter)."""

from __future__ import annotations

import asyncio
import datetime as dt
import hmac
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xunwei.lab import tls
from xunwei.lab.kinds import Device, Server
from xunwei.lab.vsphere_content import FAULTS, Content, check, service_content
from xunwei.lab.vsphere_model import Inventory
from xunwei.lab.vsphere_soap import Service, versions_xml
from xunwei.lab.web import PASSWORD, USER, WEB_FAULTS, Reply, WebDevice

_VERSIONS = "/sdk/vimServiceVersions.xml"
_COOKIE = re.compile(r'vmware_soap_session="?([0-9a-f]+)"?')


class Vcenter(WebDevice):
    """One server. Fault `no_rights`: the account may log in and sees nothing."""

    known_faults = (*WEB_FAULTS, *FAULTS, "no_rights")
    content_type = "text/xml; charset=utf-8"

    def __init__(self, own: tls.Identity, state: dict[str, Any], faults: Mapping[str, Any]) -> None:
        super().__init__(own)
        self.content = state
        self._made: Inventory | None = None
        self.service = Service(service_content(state), self.inventory, self._accepts)
        self.service.blind = lambda: "no_rights" in self.faults
        for name, value in faults.items():
            self.set_fault(name, value)

    def inventory(self) -> Inventory:
        """What is there now; made anew after a fault was switched."""
        if self._made is None:
            self._made = Content(self.content, self.faults, dt.datetime.now(dt.UTC).replace(microsecond=0)).build()
        return self._made

    def set_fault(self, name: str, value: Any) -> None:
        """See WebDevice; a value that means nothing is a ValueError too."""
        if name in FAULTS and value is not None and value is not False:
            check(self.content, name, value)
        super().set_fault(name, value)
        self._made = None

    def state(self) -> dict[str, Any]:
        """Faults, sessions, and the names of what is there."""
        names = {kind: [e["name"] for e in self.content[kind]] for kind in ("hosts", "datastores", "vms")}
        return {**super().state(), "sessions": len(self.service.sessions), "logins": self.service.logins, **names}

    def is_open(self, path: str) -> bool:
        """The list of versions is spared by transport faults, so that they meet the API itself."""
        return path == _VERSIONS

    def _accepts(self, user: str, password: str) -> bool:
        right = hmac.compare_digest(user.encode(), USER.encode())
        right = hmac.compare_digest(password.encode(), PASSWORD.encode()) and right
        return right and "login_refused" not in self.faults

    def reply(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The list of versions, or an API call; anything else is not there."""
        if path == _VERSIONS and method in ("GET", "HEAD"):
            return Reply(200, text=versions_xml())
        if path != "/sdk":
            return Reply(404, text="404 Not Found", content_type="text/plain")
        if method != "POST":
            return Reply(405, text="", headers=[("Allow", "POST")])
        cookie = _COOKIE.search(headers.get("cookie", ""))
        status, document, session = self.service.answer(body, cookie.group(1) if cookie else "")
        cookies = [("Set-Cookie", f'vmware_soap_session="{session}"; Path=/; HttpOnly; Secure')] if session else []
        return Reply(status, text=document, headers=cookies)


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
) -> Mapping[str, Server]:
    """Start all servers; certificates are kept as `folder/lab/<name>.pem`. Raises OSError, ValueError."""
    running: dict[str, Server] = {}
    try:
        for device in devices:
            own = await asyncio.to_thread(tls.identity, folder / "lab", device.name, address)
            server = Vcenter(own, dict(device.state), device.faults)
            await server.listen(address, ports.get(device.name, 0))
            running[device.name] = server
    except BaseException:
        await asyncio.gather(*(server.close() for server in running.values()))
        raise
    return running
