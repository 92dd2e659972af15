"""Simulated devices with an IOS-like command line (Cisco IOS-XE, Ruijie RGOS): configuration, clock, faults, state.

Their SSH side, terminal, faults and accounts are those of the other simulated devices; what differs is the language:
`show`, `no`, `configure terminal`, a configuration that closes with `end`. The words of each vendor are a `Dialect`.
"""

from __future__ import annotations

import copy
import hashlib
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jinja2

from xunwei.errors import InputError
from xunwei.lab import content, faults
from xunwei.lab.content import DeviceSpec, State
from xunwei.lab.device import Account, Journal, _failed, _zone, accounts
from xunwei.lab.grammar import Seq, compile_pattern

KNOWN = (
    *("login_refused", "slow", "think_ms", "dropped_mid_command", "truncated_output", "unknown_firmware_text"),
    *("garbage_banner", "hang", "fan_failed", "power_failed", "port_down", "config_unsaved", "disk_full_on_save"),
)
UNSAVED_LINE = "ip route 203.0.113.0 255.255.255.0 Null0"
ENABLE_PASSWORD = "lab-enable-1"  # noqa: S105  the lab's public demonstration account


@dataclass(frozen=True)
class Dialect:
    """What differs between the vendors. `lines`: view → (mark, pattern): `=` replaces by its keywords, `+` adds,
    `>view` opens a view. `texts`: sentences by key."""

    name: str
    lines: Mapping[str, tuple[tuple[str, Seq], ...]]
    texts: Mapping[str, str]
    kinds: tuple[str, ...]  # interface types
    created: tuple[str, ...]  # types that configuration may create
    more: str
    erase: str
    blank: str = ""  # between type and number of an interface
    header: tuple[str, ...] = ()
    saved_header: tuple[str, ...] = ()

    def interface(self, typed: str, known: Iterable[str]) -> str | None:
        """The full name of an interface as typed (`gi1/0/1`), among `known` or one that can be created."""
        matched = re.fullmatch(r"([A-Za-z-]+) ?(\d[\d/.]*)", typed)
        if matched is None:
            return None
        word, number = matched[1].lower(), matched[2]
        for kind in (k for k in self.kinds if k.lower().startswith(word)):
            name = f"{kind}{self.blank}{number}"
            if name in known or (kind in self.created and number.isdecimal()):
                return name
        return None


def view(table: str) -> tuple[tuple[str, Seq], ...]:
    """Lines of a table: a mark, a blank, a pattern (`xunwei.lab.grammar`)."""
    rows = [line.strip().split(" ", 1) for line in table.splitlines() if line.strip()]
    return tuple((mark, compile_pattern(pattern)) for mark, pattern in rows)


@dataclass
class Block:
    """One configuration line with the lines below it."""

    line: str
    kids: list[str] = field(default_factory=list)


def parse(text: str) -> list[Block]:
    """A configuration from text: lines that begin with a blank belong to the one above."""
    blocks: list[Block] = []
    for raw in text.splitlines():
        if not raw.strip() or raw.strip() in ("!", "end"):
            continue
        if raw.startswith(" ") and blocks:
            blocks[-1].kids.append(raw.strip())
        else:
            blocks.append(Block(raw.strip()))
    return blocks


def render(blocks: list[Block]) -> list[str]:
    """The lines of a configuration, `!` around blocks, `end` at the end."""
    out: list[str] = ["!"]
    for block in blocks:
        if block.kids and out[-1] != "!":
            out.append("!")
        out.append(block.line)
        out += [f" {kid}" for kid in block.kids]
        out += ["!"] if block.kids else []
    return [*out, *([] if out[-1] == "!" else ["!"]), "end"]


class CiscoLike:
    """One device. Not thread safe: it lives on the lab's event loop."""

    def __init__(self, spec: DeviceSpec, dialect: Dialect) -> None:
        self.name, self.base, self.dialect = spec.name, spec.state, dialect
        self.family = dialect  # what the terminal asks for: more, erase
        env = content.environment()
        env.filters["ios_duration"] = ios_duration
        self.answers = [
            (compile_pattern(command), env.from_string(text)) for command, text in sorted(spec.answers.items())
        ]
        self.accounts: dict[str, Account] = accounts()
        self.faults: State = {}
        self.journal = Journal()
        self.zone = _zone(str(self.base.get("timezone", "+08:00")), spec.name)
        self.running = parse(str(self.base.get("config") or ""))
        self._set_hostname(str(self.base.get("hostname") or spec.name))
        self.taught = copy.deepcopy(self.running)
        self.startup: list[Block] | None = copy.deepcopy(self.running)
        self.booted = time.monotonic()
        self.up_before = float(self.base.get("uptime", 0))
        for name, value in spec.faults.items():
            self.set_fault(name, value)

    def _set_hostname(self, name: str) -> None:
        found = self.find("hostname")
        if found is None:
            self.running.insert(0, Block(f"hostname {name}"))
        else:
            found.line = f"hostname {name}"

    # -- configuration -------------------------------------------------------------------------------------------------

    def find(self, head: str) -> Block | None:
        """The block whose line is `head`, or begins with it and a blank."""
        return next((b for b in self.running if b.line == head or b.line.startswith(head + " ")), None)

    def block(self, line: str) -> Block:
        """The block of exactly that line, made where it is missing."""
        found = next((b for b in self.running if b.line == line), None)
        if found is None:
            found = Block(line)
            at = [i for i, b in enumerate(self.running) if b.line.partition(" ")[0] == line.partition(" ")[0]]
            self.running.insert(at[-1] + 1 if at else len(self.running), found)
        return found

    def hostname(self) -> str:
        found = self.find("hostname")
        return found.line.split()[1] if found is not None else str(self.base.get("default_name", "Switch"))

    def running_text(self) -> str:
        body = "\n".join(render(self.running))
        return "\n".join([*(line.format(size=len(body)) for line in self.dialect.header), body])

    def startup_text(self) -> str:
        if self.startup is None:
            return self.dialect.texts["no_startup"]
        body = "\n".join(render(self.startup))
        return "\n".join([*(line.format(size=len(body)) for line in self.dialect.saved_header), body])

    def unsaved(self) -> bool:
        return self.startup is None or render(self.startup) != render(self.running)

    def save(self) -> bool:
        """The running configuration becomes the one of the next start. False: no space."""
        if "disk_full_on_save" in self.faults:
            return False
        self.startup = copy.deepcopy(self.running)
        return True

    def reboot(self) -> None:
        """Everything that was not saved is lost."""
        self.running = copy.deepcopy(self.startup) if self.startup is not None else []
        self.booted, self.up_before = time.monotonic(), 0.0
        self.faults.pop("config_unsaved", None)

    # -- accounts and clock --------------------------------------------------------------------------------------------

    def login(self, user: str, password: str) -> bool:
        account = self.accounts.get(user)
        return account is not None and account.password == password

    def level(self, user: str) -> int:
        return 15 if user in self.accounts and self.accounts[user].level >= 3 else 1

    def now(self) -> datetime:
        return datetime.now(self.zone)

    # -- faults --------------------------------------------------------------------------------------------------------

    def set_fault(self, name: str, value: Any) -> None:
        """Switches a fault. InputError when the device has no such part."""
        kept = faults.check(name, value)
        if name == "port_down" and kept is not None:
            full = self.dialect.interface(str(kept), self.interfaces())
            if full not in self.interfaces():
                raise InputError(f"device {self.name} has no interface {kept!r}")
        if name in ("fan_failed", "power_failed") and kept is not None:
            _failed(copy.deepcopy(self.base), "fans" if name == "fan_failed" else "power", kept, self.name)
        if kept is not None and name not in (*KNOWN, *effects(), *self.base.get("on_fault", {})):
            raise InputError(f"device {self.name} cannot have the fault {name}")
        if name in effects() and kept is not None:
            effects()[name](self.state(), kept)
        if name == "config_unsaved":
            self.running = [b for b in self.running if b.line != UNSAVED_LINE]
            if kept is not None:
                self.block(UNSAVED_LINE)
        if kept is None:
            self.faults.pop(name, None)
        else:
            self.faults[name] = kept

    # -- state ---------------------------------------------------------------------------------------------------------

    def interfaces(self) -> list[str]:
        configured = [b.line.split(" ", 1)[1] for b in self.running if b.line.startswith("interface ")]
        return list(dict.fromkeys([*self.base.get("interfaces", {}), *configured]))

    def state(self) -> State:
        """What answers are rendered from: the initial state, changed by configuration and faults."""
        d: State = copy.deepcopy({k: v for k, v in self.base.items() if k not in ("config", "on_fault")})
        d["hostname"], d["faults"] = self.hostname(), dict(self.faults)
        self._interfaces(d)
        for part, fault in (("fans", "fan_failed"), ("power", "power_failed")):
            for item in d.get(part, []):
                item["failed"] = False
            if fault in self.faults:
                _failed(d, part, self.faults[fault], self.name).update({"failed": True, "speed": 0})
        for rows in ("neighbours", "ospf", "bgp"):
            for row in d.get(rows, []):
                row["up"] = d["interfaces"].get(row.get("port"), {}).get("phy", "up") == "up"
        for name, value in self.faults.items():
            if name in effects():
                effects()[name](d, value)
            own = self.base.get("on_fault", {}).get(name)
            d = content.merge(d, own) if own else d
            d["faults"][name] = value
        return d | self._configured() | self._uptime()

    def _uptime(self) -> State:
        seconds = self.up_before + time.monotonic() - self.booted
        seconds = seconds if "reboot" not in self.faults else min(seconds, 60.0)
        return {"uptime": int(seconds), "booted": self.now() - timedelta(seconds=seconds)}

    def _configured(self) -> State:
        """What answers say that follows from the configuration."""
        lines = [b.line for b in self.running]

        def has(pattern: str) -> bool:
            return any(re.match(pattern, line) for line in lines)

        return {
            "lldp": has(r"lldp (?:run|enable)$") and not has(r"no lldp"),
            "ntp": has(r"ntp server "),
            "bpdu_guard": has(r"spanning-tree portfast (?:edge )?bpduguard default|spanning-tree portfast bpduguard"),
            "ssh_two": has(r"ip ssh version 2"),
            "telnet": has(r"enable service telnet-server"),
            "http": has(r"ip http server|enable service web-server"),
            "snmp": has(r"snmp-server "),
            "loghosts": [
                m[1] for line in lines if (m := re.match(r"logging (?:host |server )?(\d+\.\d+\.\d+\.\d+)", line))
            ],
            "unsaved": self.unsaved(),
            "running": self.running_text(),
            "saved": self.startup_text(),
        }

    def _interfaces(self, d: State) -> None:
        down = self.faults.get("port_down")
        lost = self.dialect.interface(str(down), self.interfaces()) if down else None
        blocks = {b.line.split(" ", 1)[1]: b for b in self.running if b.line.startswith("interface ")}
        d["failed_ports"] = []
        for name, item in d.setdefault("interfaces", {}).items():
            kids = blocks[name].kids if name in blocks else []
            item["description"] = next((k.split(" ", 1)[1] for k in kids if k.startswith("description ")), "")
            item["shutdown"] = "shutdown" in kids
            item.setdefault("phy", "up")
            if item["shutdown"] or name == lost:
                item["phy"] = "down"
            if name == lost and not item["shutdown"]:
                d["failed_ports"].append(name)
            item["protocol"] = item["phy"]

    def answer(self, template: jinja2.Template, args: Mapping[str, str]) -> str:
        """An answer from its template; a template that fails says so instead of looking like an answer."""
        try:
            return content.render(template, self.state(), self.now(), args).rstrip("\n")
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as err:
            return f"% Error: the lab cannot render this answer: {type(err).__name__}: {err}"


def effects() -> Mapping[str, Callable[[State, Any], None]]:
    """What further faults do to the state; a device without the part is an InputError."""
    return {
        "cpu_high": lambda d, v: d["cpu"].update(five=v, minute=v, minutes=v),
        "memory_high": lambda d, v: d["memory"].update(used=int(d["memory"]["total"] * float(v) / 100)),
        "temperature_high": lambda d, v: d["temperature"].update({next(iter(d["temperature"])): v}),
        "ntp_unsynced": lambda d, _: d.update(ntp_lost=True),
        "bgp_down": lambda d, _: d["bgp"][0].update(up=False),
        "ospf_down": lambda d, _: d["ospf"][0].update(state="EXSTART" if d.get("dialect") == "ios" else "ExStart"),
        "optics_low": _dim,
        "errors_growing": _errors,
        "reboot": lambda d, _: d.update(rebooted=True),
    }


def _chosen(d: State, value: Any, part: str) -> State:
    """The interface that is meant: the named one, or the first that has the part and is up."""
    rows: dict[str, State] = d["interfaces"]
    fit = [
        i for name, i in rows.items() if (name == value if isinstance(value, str) else i["phy"] == "up") and part in i
    ]
    if not fit:
        raise InputError(
            f"no interface {value!r} with {part}" if isinstance(value, str) else f"no interface with {part}"
        )
    return fit[0]


def _dim(d: State, value: Any) -> None:
    _chosen(d, value, "rx")["rx"] = -16.5


def _errors(d: State, value: Any) -> None:
    # more at every look: one error for each second the fault may have been on
    _chosen(d, value, "speed").update(in_errors=int(time.monotonic() * 100), crc=int(time.monotonic() * 100))


def ios_duration(seconds: float) -> str:
    """Seconds as IOS writes an uptime: `14 weeks, 1 day, 2 hours, 5 minutes`."""
    minutes = int(seconds) // 60
    parts = [(minutes // 524160, "year"), (minutes // 10080 % 52, "week"), (minutes // 1440 % 7, "day")]
    parts += [(minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    shown = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n or word == "minute"]
    return ", ".join(shown)


def conceal(line: str, *, vendor: str) -> str:
    """A line as configuration keeps it: passwords are not kept in clear text."""

    def hidden(found: re.Match[str]) -> str:
        digest = hashlib.sha256(f"lab:{found['word']}".encode()).hexdigest()[:24]
        if found["kind"] == "secret":
            return f"secret 9 $9$lab.{digest}" if vendor == "ios" else f"secret 5 $1$lab.{digest}"
        return f"password 7 {digest[:16]}"

    return re.sub(r"(?<![\w-])(?P<kind>secret|password) (?!\d )(?P<word>\S+)$", hidden, line)
