"""Start the FRR routers of a lab, joined in a row, each behind its own SSH port."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xunwei.lab.frr.door import USER, Door
from xunwei.lab.frr.namespace import Namespace, NamespaceError
from xunwei.lab.frr.router import DAEMONS, Router, link
from xunwei.lab.kinds import Device
from xunwei.lab.ssh import key_file

SETTLE_SECONDS = 20.0
PROGRAMS = ("unshare", "nsenter", "setpriv", "ip", "vtysh")


def missing() -> str:
    """Why routers cannot be started here, in one line; '' when they can."""
    if os.geteuid() != 0:
        return "FRR routers need root"
    lost = [p for p in PROGRAMS if shutil.which(p) is None]
    lost += [d for d in ("zebra", "ospfd", "bgpd") if not os.access(f"{DAEMONS}/{d}", os.X_OK)]
    return f"FRR routers need {', '.join(lost)} (packages frr, iproute2, util-linux)" if lost else ""


class FrrServer:
    """A running router as the estate sees it."""

    def __init__(self, router: Router, door: Door, address: str, keys: Path) -> None:
        self.router, self.door, self.address, self.keys = router, door, address, keys

    @property
    def port(self) -> int:
        return self.door.port

    def set_fault(self, name: str, value: Any) -> None:
        """link_down (an interface), bgp_wrong_as (an interface), daemon_stopped (a daemon), config_unsaved, login_refused."""
        if name != "login_refused":
            self.router.set_fault(name, value)
        elif value in (None, False):
            self.router.faults.pop(name, None)
        else:
            self.router.faults[name] = True

    def state(self) -> dict[str, Any]:
        """What is asked of it: links, faults, and the problem of the last switch, if there was one."""
        r = self.router
        links = [vars(one) for one in r.links]
        return {"name": r.name, "asn": r.asn, "router_id": r.router_id, "links": links} | {
            "daemons": list(r.daemons),
            "faults": dict(r.faults),
            "switching": bool(r.tasks),
            "problem": r.problem,
        }

    def info(self) -> dict[str, str]:
        """How to log in: inspector, by the lab's key; the host key is in a file of its own."""
        return {
            "ansible_user": USER,
            "ansible_ssh_private_key_file": str(self.keys / "id_ed25519"),
            "ansible_ssh_common_args": f"-o UserKnownHostsFile={self._known()} -o GlobalKnownHostsFile=/dev/null",
            "ansible_connection": "ssh",
            "host_key": self.host_key(),
        }

    def host_key(self) -> str:
        """The line of known_hosts."""
        words = self.door.host_key.export_public_key("openssh").decode("ascii").split()
        return f"[{self.address}]:{self.port} {words[0]} {words[1]}"

    def _known(self) -> Path:
        return self.keys / f"known_hosts_{self.router.name}"

    def announce(self) -> None:
        """Writes the file of its host key."""
        self._known().write_text(self.host_key() + "\n", encoding="ascii")

    async def close(self) -> None:
        await self.door.close()
        await self.router.close()


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path, settle: float = SETTLE_SECONDS
) -> dict[str, FrrServer]:
    """All routers with their links, once every neighbour is there. NamespaceError (an OSError) says why not."""
    problem = missing()
    if problem:
        raise NamespaceError(1, problem)
    keys = folder / "lab"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    client = key_file(keys / "id_ed25519", "inspector@lab")
    routers = [_router(device, n) for n, device in enumerate(devices, start=1)]
    servers: dict[str, FrrServer] = {}
    try:
        for router in routers:
            await router.space.open()
        for number, (one, other) in enumerate(itertools.pairwise(routers)):
            await link(one, other, number)
        await asyncio.gather(*(router.start() for router in routers))
        for router in routers:
            host = key_file(keys / f"host_{router.name}", router.name)
            door = Door(router.space, host, client, lambda r=router: "login_refused" in r.faults)  # type: ignore[misc]
            await door.open(address, ports.get(router.name, 0))
            servers[router.name] = FrrServer(router, door, address, keys)
            servers[router.name].announce()
        await _settle(routers, settle)
        for device in devices:
            for name, value in device.faults.items():
                servers[device.name].set_fault(name, value)
    except BaseException:
        for server in servers.values():
            await server.door.close()
        for router in routers:
            await router.close()
        raise
    return servers


def _router(device: Device, number: int) -> Router:
    state = device.state
    return Router(
        name=device.name,
        number=number,
        asn=int(state.get("asn", 65001)) + number - 1,
        prefix=str(state.get("prefix", "192.0.2.0")),
        daemons=tuple(state.get("daemons") or ("zebra", "staticd", "ospfd", "bgpd", "bfdd")),
        bfd=bool(state.get("bfd", True)),
        space=Namespace(device.name),
    )


async def _settle(routers: Sequence[Router], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not all([await router.settled() for router in routers]):
        if time.monotonic() > end:
            raise NamespaceError(1, f"the routers have not found each other within {seconds:.0f} s")
        await asyncio.sleep(0.3)
