"""Kind `snmp`: SNMP agents (v2c and v3; v1 when a device says so), one UDP port each, all on the lab's event loop.

A personality is a folder:

    personalities/<name>/device.yml           state; every key can be overridden in lab.yml
    personalities/<name>/device.snmprec.j2    Jinja template of the objects (several `*.snmprec.j2` are joined by name)

device.yml:

    kind: snmp
    agent:                       # optional; these are the defaults
      versions: ["2c", "3"]      # also "1"
      community: lab-read-1
      user: inspector            # v3 authPriv: SHA-1 and AES-128; keys as passphrases
      auth_protocol: sha         # sha | sha256
      auth_key: lab-inspector-1
      priv_key: lab-inspector-1
      max_size: 1472             # octets of the largest answer
      max_repetitions: 50        # more is cut, as agents do
      without: []                # OIDs whose subtrees this device does not show (`No Such Object`)
    faults:                      # faults of this personality: name → what it is (for people); the template acts on them
      fan_failed: fan tray 2 stands still
    hostname: fw-lab-1           # anything else is up to the template
    fans: [{name: Fan 1, ok: true}]

device.snmprec.j2: lines `OID|tag|value` (snmpsim's form): tag 2 INTEGER, 4 OCTET STRING, 4x the same in hexadecimal, 6 OID,
64 IpAddress, 65 Counter32, 66 Gauge32, 67 TimeTicks, 70 Counter64, 5 NULL; `65:numeric|initial=1000,rate=50` grows by 50 a
second (65, 66, 67, 70). Any order; blank lines and `#` lines are skipped; an OID given twice is an error. In scope: the
state's keys, `name` (the device's name in the lab), `faults` (those that are on: `{% if faults.fan_failed %}`; an unknown
one is false), `f` (filters as functions: `f.hex(text)`), and `{% import "mib.j2" as mib %}` with
`mib.system(descr, oid, name, uptime=seconds)`, `mib.interfaces(list)`, `mib.cpu(list)`, `mib.storage(list)`: see
snmp_mib.j2 beside this file.
A changed state or fault is rendered again, and is what the next request sees.

Faults every device has: `slow` (seconds before each answer), `hang` (no answer at all), `stall_after` (no answer any more
after N objects), `wrong_answer` (octets that are no SNMP), `truncated` (answers cut in the middle), `loop` (GETNEXT and
GETBULK begin again at the first object), `drop` (every Nth request is lost), `denied` (community or keys are not accepted).

Why not snmpsim: it notices a changed recording by its time in whole seconds, so that a fault switched on and off again
soon can be missed, and rebuilds its index while every device waits; each of its ports answers every device's community;
and it cannot send wrong or truncated answers, go round in circles or stall half way.
Verified with net-snmp's snmpwalk, snmpget and snmpbulkwalk (v1, v2c, v3 authPriv) and by a client on pysnmp.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2

from xunwei.lab.kinds import Device, Server, State
from xunwei.lab.kinds.snmp_agent import Agent, Settings
from xunwei.lab.kinds.snmp_objects import Objects

COMMON = {
    "slow": "seconds before each answer",
    "hang": "no answer",
    "stall_after": "no answer any more after N objects",
    "wrong_answer": "octets that are no SNMP",
    "truncated": "answers cut in the middle",
    "loop": "GETNEXT and GETBULK begin again",
    "drop": "every Nth request is lost",
    "denied": "community and keys are not accepted",
}
OWN_KEYS = ("kind", "agent", "faults")


async def start(
    devices: Sequence[Device],
    address: str,
    ports: Mapping[str, int],
    folder: Path,  # noqa: ARG001
) -> Mapping[str, Server]:
    """Start all agents. Raises OSError (port), ValueError (personality that does not render)."""
    running: dict[str, Server] = {}
    try:
        for device in devices:
            server = SnmpServer(device)
            await server.open(address, ports.get(device.name, 0))
            running[device.name] = server
    except BaseException:
        await asyncio.gather(*(server.close() for server in running.values()))
        raise
    return running


class SnmpServer(asyncio.DatagramProtocol):
    """One device: its objects, its faults, its socket."""

    def __init__(self, device: Device) -> None:
        self.port = 0
        self._device = device
        self._own = dict(device.state.get("faults") or {})
        self._faults: State = {}
        self._templates = _templates(device.path)
        self._began = time.monotonic()
        self._seen = 0
        self._objects = Objects("", ())
        self._agent = Agent(Settings.of(device.name, device.state.get("agent") or {}), lambda: self._objects)
        self._transport: asyncio.DatagramTransport | None = None
        for name, value in device.faults.items():
            self._check(name)
            self._faults[name] = value
        self._render()

    async def open(self, address: str, port: int) -> None:
        """Begin to serve."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(address, port))
        self.port = int(self._transport.get_extra_info("sockname")[1])

    def set_fault(self, name: str, value: Any) -> None:
        """See Server."""
        self._check(name)
        before = dict(self._faults)
        if value is None or value is False:
            self._faults.pop(name, None)
        else:
            self._faults[name] = value
        try:
            self._render()
        except ValueError:
            self._faults = before
            raise
        self._seen = self._agent.told = 0

    def state(self) -> State:
        """See Server."""
        return {**self._device.state, "faults": dict(self._faults)}

    def info(self) -> dict[str, str]:
        """Community and v3 user with its keys: public, for demonstration."""
        settings = self._agent.settings
        return {
            "transport": "udp",
            "community": settings.community,
            "user": settings.user,
            "auth": f"{settings.auth_protocol} {settings.auth_key}",
            "priv": f"aes {settings.priv_key}",
        }

    async def close(self) -> None:
        """See Server."""
        if self._transport is not None:
            self._transport.close()

    def _check(self, name: str) -> None:
        known = sorted({*COMMON, *self._own})
        if name not in known:
            raise ValueError(f"{self._device.name} has no fault {name!r}; there are: {', '.join(known)}")

    def _render(self) -> None:
        state = {k: v for k, v in self._device.state.items() if k not in OWN_KEYS}
        try:
            scope = {**state, "name": self._device.name, "faults": _Faults(self._faults), "f": {"hex": _hex}}
            text = "\n".join(t.render(scope) for t in self._templates)
            hidden = (self._device.state.get("agent") or {}).get("without") or ()
            self._objects = Objects(text, hidden, began=self._began)
        except (jinja2.TemplateError, ValueError) as err:
            raise ValueError(f"{self._device.personality}: {err}") from None

    # -- traffic -------------------------------------------------------------------------------------------------------

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Answer one request, or fail to in the way a fault says."""
        self._seen += 1
        drop = int(self._faults.get("drop") or 0)
        if self._faults.get("hang") or (drop and self._seen % drop == 0):
            return
        if self._faults.get("wrong_answer"):
            self._send(b"\x30\x82\xff\xff garbage \x00" * 3, addr)
            return
        stall = self._faults.get("stall_after")
        if stall and self._agent.told >= int(stall):
            return
        self._agent.loop, self._agent.refuse = bool(self._faults.get("loop")), bool(self._faults.get("denied"))
        answer = self._agent.answer(data)
        if not stall:
            self._agent.told = 0
        if answer is None:
            return
        if self._faults.get("truncated"):
            answer = answer[: len(answer) * 2 // 3]
        slow = float(self._faults.get("slow") or 0)
        if slow:
            asyncio.get_running_loop().call_later(slow, self._send, answer, addr)
        else:
            self._send(answer, addr)

    def _send(self, answer: bytes, addr: Any) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(answer, addr)


class _Faults(dict[str, Any]):
    """The faults that are on; any other is False in a template."""

    def __missing__(self, key: str) -> bool:
        return False


def _hex(text: str) -> str:
    return str(text).encode("utf-8").hex()


def _templates(folder: Path) -> list[jinja2.Template]:
    here = Path(__file__).resolve().parent
    loader = jinja2.FunctionLoader(
        lambda name: (here / f"snmp_{name}").read_text("utf-8") if name == "mib.j2" else None
    )
    env = jinja2.Environment(undefined=jinja2.StrictUndefined, loader=loader, autoescape=False)  # noqa: S701 - no HTML
    env.trim_blocks = env.lstrip_blocks = True
    found = [env.from_string(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.snmprec.j2"))]
    if not found:
        raise ValueError(f"{folder.name}: no *.snmprec.j2")
    return found
