"""One router: its configuration, its daemons, its faults. `link` joins two of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from xunwei.lab.frr.namespace import Namespace, NamespaceError

DAEMONS = "/usr/lib/frr"
FAULTS = ("link_down", "bgp_wrong_as", "daemon_stopped", "config_unsaved")
WRONG_AS = 65530
UNSAVED = "ip route 203.0.113.99/32 blackhole"


@dataclass
class Link:
    """One end of a link. `network` is a /30; `address` ours, `peer` theirs, `peer_as` their autonomous system."""

    name: str
    address: str
    peer: str
    peer_as: int
    peer_name: str


@dataclass
class Router:
    """A router of the lab. `number` counts from 1."""

    name: str
    number: int
    asn: int
    prefix: str
    daemons: tuple[str, ...]
    bfd: bool
    space: Namespace
    links: list[Link] = field(default_factory=list)
    faults: dict[str, Any] = field(default_factory=dict)
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    problem: str = ""  # of the last switch of a fault

    @property
    def router_id(self) -> str:
        return f"198.51.100.{self.number}"

    def configuration(self) -> str:
        """The configuration file it starts with."""
        lines = ["frr defaults traditional", f"hostname {self.name}", "log file /var/log/frr/frr.log informational"]
        lines += ["service integrated-vtysh-config", f"ip route {self._announced()} blackhole", "!"]
        for link in self.links:
            lines += [f"interface {link.name}", f" description to {link.peer_name}", " ip ospf area 0"]
            lines += [" ip ospf bfd"] if self.bfd else []
            lines += [
                " ip ospf hello-interval 1",
                " ip ospf dead-interval 4",
                " ip ospf network point-to-point",
                "exit",
                "!",
            ]
        lines += [f"router bgp {self.asn}", f" bgp router-id {self.router_id}"]
        for link in self.links:
            lines += [
                f" neighbor {link.peer} remote-as {link.peer_as}",
                f" neighbor {link.peer} description {link.peer_name}",
            ]
            lines += [f" neighbor {link.peer} bfd"] if self.bfd else []
            lines += [f" neighbor {link.peer} timers 3 9", f" neighbor {link.peer} timers connect 1"]
        lines += [" !", " address-family ipv4 unicast", "  redistribute static"]
        for link in self.links:
            lines += [f"  neighbor {link.peer} route-map all in", f"  neighbor {link.peer} route-map all out"]
        lines += [" exit-address-family", "exit", "!", "router ospf", f" ospf router-id {self.router_id}", "exit", "!"]
        return "\n".join([*lines, "route-map all permit 10", "exit", "!", "end", ""])

    def _announced(self) -> str:
        return f"{self.prefix.rsplit('.', 1)[0]}.{self.number * 10}/32"

    # -- life ----------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Writes the configuration and starts the daemons. The links must be there."""
        enabled = "".join(
            f"{d}={'yes' if d in self.daemons else 'no'}\n" for d in ("bgpd", "ospfd", "bfdd", "vrrpd", "isisd")
        )
        files = {
            "frr.conf": self.configuration(),
            "vtysh.conf": "service integrated-vtysh-config\n",
            "daemons": enabled,
        }
        for name, text in files.items():
            await self.space.run(
                "sh", "-c", f"umask 027; cat >/etc/frr/{name}; chown frr:frr /etc/frr/{name}", text=text
            )
        await self.space.run("chmod", "644", "/etc/frr/vtysh.conf", "/etc/frr/daemons")
        for link in self.links:
            await self.space.run("ip", "addr", "add", f"{link.address}/30", "dev", link.name)
        for daemon in self.daemons:
            await self._daemon(daemon)
        await self.space.run("vtysh", "-b")
        # so that the file holds the lines in the daemons' own words, as after any change saved by an operator
        await self.space.run("vtysh", "-c", "write memory")

    async def _daemon(self, name: str) -> None:
        await self.space.run(f"{DAEMONS}/{name}", "-d", "-A", "127.0.0.1", "-F", "traditional")

    async def vtysh(self, *commands: str) -> str:
        """Runs commands in vtysh and returns what it printed."""
        return await self.space.run("vtysh", *(word for c in commands for word in ("-c", c)), check=False)

    async def settled(self) -> bool:
        """Whether every neighbour is there: OSPF full, BGP established, on every link."""
        bgp = _json(await self.vtysh("show bgp summary json")).get("ipv4Unicast", {}).get("peers", {})
        ospf = _json(await self.vtysh("show ip ospf neighbor json")).get("neighbors", {})
        full = [n for items in ospf.values() for n in items if str(n.get("nbrState", "")).startswith("Full")]
        established = [p for p in bgp.values() if p.get("state") == "Established"]
        return len(full) == len(established) == len(self.links)

    async def close(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        await self.space.close()

    # -- faults --------------------------------------------------------------------------------------------------------

    def set_fault(self, name: str, value: Any) -> None:
        """Starts to switch a fault; it takes effect within about a second. ValueError for what is not known."""
        if name not in FAULTS:
            raise ValueError(f"unknown fault {name!r}; known: {', '.join(FAULTS)}")
        on = value is not None and value is not False
        target = self._target(name, value) if on else str(self.faults.get(name, ""))
        if on:
            self.faults[name] = target
        elif self.faults.pop(name, None) is None:
            return
        switch: Mapping[str, Callable[[str, bool], Coroutine[Any, Any, None]]] = {
            "link_down": self._link_down,
            "bgp_wrong_as": self._wrong_as,
            "daemon_stopped": self._daemon_stopped,
            "config_unsaved": self._unsaved,
        }
        task = asyncio.get_running_loop().create_task(self._switch(switch[name], target, on))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _target(self, name: str, value: Any) -> str:
        if name == "config_unsaved":
            return UNSAVED
        known = list(self.daemons) if name == "daemon_stopped" else [link.name for link in self.links]
        known = [d for d in known if d not in ("zebra", "staticd")]
        if not known:
            raise ValueError(f"{self.name} has no link")
        chosen = ("bgpd" if name == "daemon_stopped" and "bgpd" in known else known[0]) if value is True else str(value)
        if chosen not in known:
            raise ValueError(f"{self.name} has no {chosen!r}; known: {', '.join(known)}")
        return chosen

    async def _switch(self, action: Callable[[str, bool], Coroutine[Any, Any, None]], target: str, on: bool) -> None:
        async with self.queue:
            try:
                await action(target, on)
                self.problem = ""
            except NamespaceError as err:
                self.problem = str(err.strerror)

    async def _link_down(self, name: str, on: bool) -> None:
        await self.space.run("ip", "link", "set", name, "down" if on else "up")

    async def _wrong_as(self, name: str, on: bool) -> None:
        link = next(link for link in self.links if link.name == name)
        asn = WRONG_AS if on else link.peer_as
        await self.vtysh("configure terminal", f"router bgp {self.asn}", f"neighbor {link.peer} remote-as {asn}")
        await self.vtysh(f"clear bgp {link.peer}")

    async def _daemon_stopped(self, name: str, on: bool) -> None:
        if on:
            await self.space.run("sh", "-c", f"kill -9 $(cat /run/frr/{name}.pid)")
            return
        await self._daemon(name)
        await self.space.run("vtysh", "-b", "-d", name, check=False)

    async def _unsaved(self, line: str, on: bool) -> None:
        await self.vtysh("configure terminal", line if on else f"no {line}")


async def link(one: Router, other: Router, number: int) -> None:
    """Joins two routers by a /30 of 198.18.0.0/15 (RFC 2544); the interfaces are made inside their namespaces."""
    base = f"198.18.{number // 64}."
    low = number % 64 * 4
    mine, theirs = f"{base}{low + 1}", f"{base}{low + 2}"
    ours, its = f"eth{len(one.links) + 1}", f"eth{len(other.links) + 1}"
    peer = ["type", "veth", "peer", "name", its, "netns", str(other.space.pid)]
    # without --pid, so that the other's process number means the same inside
    words = ["nsenter", f"--target={one.space.pid}", "--net", "--", "ip", "link", "add", ours, *peer]
    process = await asyncio.create_subprocess_exec(*words, stderr=asyncio.subprocess.PIPE)
    _, problem = await process.communicate()
    if process.returncode:
        raise NamespaceError(1, f"{one.name}: no link to {other.name}: {problem.decode('utf-8', 'replace').strip()}")
    one.links.append(Link(ours, mine, theirs, other.asn, other.name))
    other.links.append(Link(its, theirs, mine, one.asn, one.name))
    await one.space.run("ip", "link", "set", ours, "up")
    await other.space.run("ip", "link", "set", its, "up")


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
