"""One simulated device: configuration, files, accounts, faults, clock, and the state its answers are rendered from."""

from __future__ import annotations

import copy
import logging
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

import jinja2

from xunwei.errors import InputError
from xunwei.lab import content, effects, faults
from xunwei.lab.configure import Edit, apply
from xunwei.lab.content import DeviceSpec, State
from xunwei.lab.family import Family, family
from xunwei.lab.grammar import Seq, compile_pattern, conceal
from xunwei.lab.tree import Node, adopt, parse
from xunwei.lab.views import Command

log = logging.getLogger(__name__)
UNSAVED_LINE = {
    "vrp": "ip route-static 198.51.100.0 255.255.255.0 NULL0",
    "comware": "ip route-static 198.51.100.0 24 NULL0",
}


@dataclass
class Account:
    """A login. Level 3 may do everything; level 1 may look, except at configurations."""

    password: str
    level: int


@dataclass
class Journal:
    """What was seen of the clients. `commands`: (user, line as typed), oldest first; `open`: sessions now."""

    connections: int = 0
    logins: int = 0
    refused: int = 0
    open: int = 0
    commands: list[tuple[str, str]] = field(default_factory=list)

    def as_json(self) -> State:
        return {
            "connections": self.connections,
            "logins": self.logins,
            "refused": self.refused,
            "open": self.open,
            "commands": [list(c) for c in self.commands],
        }


def accounts() -> dict[str, Account]:
    """The lab's public demonstration accounts."""
    return {"inspector": Account("lab-inspector-1", 3), "guest": Account("lab-guest-1", 1)}


class Device:
    """A device with a command line. Not thread safe: it lives on the lab's event loop."""

    def __init__(self, spec: DeviceSpec) -> None:
        self.name = spec.name
        self.base = spec.state
        self.family: Family = family(str(spec.state.get("family", "")))
        self.looks = 0  # how often the interfaces were shown while errors_growing is on
        self.cleared: set[str] = set()  # interfaces whose counters were reset by command
        self.answers = [_answer(command, source) for command, source in sorted(spec.answers.items())]
        shows = ("display interface", "show interfaces", "show interface")
        self._counting = {id(t) for c, (_, t) in zip(sorted(spec.answers), self.answers, strict=True) if c in shows}
        self.accounts = accounts()
        self.faults: State = {}
        self.journal = Journal()
        self.zone = _zone(str(self.base.get("timezone", "+08:00")), spec.name)
        startup = self.base.get("startup")
        startup = startup if isinstance(startup, dict) else {}
        self.startup_next: str = str(startup.get("next") or self.family.startup_file)
        self.startup_current = str(startup.get("current") or self.startup_next)
        self.taught = self._power_on()
        self.files: dict[str, Node] = {self.startup_next: self.taught.copy()}
        extra = self.base.get("files")
        if isinstance(extra, dict):
            self.files |= {str(name): parse(str(text)) for name, text in extra.items()}
        self.running = self.taught.copy()
        self.history: list[Node] = []  # configurations before each commit, oldest first
        self.trial: tuple[Node, float] | None = None  # what a trial commit goes back to, and when (monotonic)
        self.version = 0
        self.booted = time.monotonic()
        base = self.base.get("uptime", self.base.get("uptime_seconds", 0))
        self.up_before = float(base) if isinstance(base, (int, float)) else 0.0
        self._uptime_lost = 0.0
        self._cache: tuple[int, State] | None = None
        for name, value in spec.faults.items():
            self.set_fault(name, value)

    def _power_on(self) -> Node:
        """The initial configuration, with the name the lab gives this device."""
        tree = parse(str(self.base.get("config") or ""))
        line = f"sysname {self.base.get('hostname', self.name)}"
        named = tree.starting("sysname")
        if named:
            named[0].line = line
        else:
            tree.insert(Node(line, sep=True, indent=self.family.root_indent), 0)
        return tree

    # -- clock ---------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return datetime.now(self.zone)

    def uptime(self) -> float:
        return self.up_before + time.monotonic() - self.booted

    # -- configuration -------------------------------------------------------------------------------------------------

    def changed(self) -> None:
        self.version += 1

    @property
    def saved(self) -> Node | None:
        return self.files.get(self.startup_next)

    def unsaved(self) -> bool:
        return self.saved is None or self.saved.text() != self.running.text()

    def set_running(self, tree: Node) -> None:
        self.history = [*self.history[-79:], self.running]
        self.running = tree
        self.changed()

    def edit(self, edit: Edit) -> str:
        problem = apply(self.running, edit, self.family)
        self.changed()
        return problem

    def save(self, file: str = "") -> bool:
        """Writes the running configuration to a file (default: the next startup file). False: no space."""
        if "disk_full_on_save" in self.faults:
            return False
        self.files[file or self.startup_next] = self.running.copy()
        self.changed()
        return True

    def reboot(self) -> None:
        """Everything that was not saved is lost. Without a startup file the device comes up empty."""
        startup = self.saved
        empty = parse(f"#\n{' ' * self.family.root_indent}sysname {self.family.default_name}\n#\nreturn\n")
        self.running = startup.copy() if startup is not None else empty
        self.history, self.trial = [], None
        self.startup_current = self.startup_next
        self.booted, self.up_before = time.monotonic(), 0.0
        if "config_unsaved" in self.faults:
            del self.faults["config_unsaved"]
        self.changed()

    def check_trial(self) -> None:
        """A trial commit whose time is over is taken back."""
        if self.trial is not None and time.monotonic() > self.trial[1]:
            self.running, self.trial = self.trial[0], None
            self.changed()

    # -- accounts ------------------------------------------------------------------------------------------------------

    def login(self, user: str, password: str) -> bool:
        """Whether the pair opens a session: a password set by configuration on this lab counts before the built-in
        one.
        """
        stored = self._stored(user)
        if stored is not None:
            return any(stored == conceal(kind, password) for kind in ("secret", "cipher", "hashed"))
        account = self.accounts.get(user)
        return account is not None and account.password == password

    def _stored(self, user: str) -> str | None:
        """The concealed password of a local user, when it was set in the lab (others cannot be checked)."""
        for line in self.running.render():
            matched = re.match(rf"\s*local-user {re.escape(user)} password \S+ (\S*lab\.\S+)$", line)
            if matched:
                return matched[1]
        block = self.running.find(f"local-user {user} class manage")
        hashes = (
            [n.line.split()[-1] for n in block.kids if n.line.startswith("password hash $h$6$lab.")] if block else []
        )
        return hashes[0] if hashes else None

    def level(self, user: str) -> int:
        if user in self.accounts:
            return self.accounts[user].level
        text = "\n".join(self.running.render())
        matched = re.search(rf"local-user {re.escape(user)} privilege level (\d+)", text)
        return 3 if matched is None or int(matched[1]) >= 3 else int(matched[1])

    # -- faults --------------------------------------------------------------------------------------------------------

    def set_fault(self, name: str, value: Any) -> None:
        """Switches a fault. InputError when the device has no such part."""
        kept = faults.check(name, value)
        if name == "port_down" and kept is not None:
            full = self.family.interface(str(kept), self.interfaces())
            if full not in self.interfaces():
                raise InputError(f"device {self.name} has no interface {kept!r}")
        if name in ("fan_failed", "power_failed") and kept is not None and not self._own_fault(name):
            _failed(self.base, "fans" if name == "fan_failed" else "power", kept, self.name)
        if name in effects.effects() and kept is not None and not self._own_fault(name):
            self._affect(copy.deepcopy(self.base), name, kept)
        if name == "config_unsaved":
            self._unsaved_line(kept is not None)
        if name == "reboot":
            self._restarted(kept is not None)
        if name == "errors_growing":
            self.looks = 0
        if kept is None:
            self.faults.pop(name, None)
        else:
            self.faults[name] = kept
        self.changed()

    def _affect(self, state: State, name: str, value: Any) -> None:
        """The effect of a fault on a state. InputError, naming the device, when it has no such part."""
        meant = self.family.interface(value, self.interfaces()) if isinstance(value, str) else None
        try:
            effects.apply(name, state, meant or value, self.now())
        except InputError as err:
            raise InputError(f"device {self.name} cannot have the fault {name}: {err.what}") from None

    def _restarted(self, on: bool) -> None:
        """Restart now, or take the restart back: the uptime is what it was before, plus what has passed since."""
        if on and "reboot" not in self.faults:
            before = self.uptime()
            self.reboot()
            self._uptime_lost = before
        elif not on and "reboot" in self.faults:
            self.up_before = self._uptime_lost

    def _own_fault(self, name: str) -> bool:
        own = self.base.get("on_fault")
        return isinstance(own, dict) and name in own

    def _unsaved_line(self, on: bool) -> None:
        line = UNSAVED_LINE["comware" if self.family.name == "comware7" else "vrp"]
        found = self.running.find(line)
        if on and found is None:
            adopt(self.running, line, depth=0, root_indent=self.family.root_indent, block=False)
        elif not on and found is not None:
            self.running.remove(found)

    # -- state ---------------------------------------------------------------------------------------------------------

    def interfaces(self) -> list[str]:
        """Full names of all interfaces, from the state and from the configuration."""
        names = [self.family.long_name(str(name)) for name in _named(self.base.get("interfaces"))]
        blocks = [n.line.split(" ", 1)[1] for n in self.running.starting("interface") if " " in n.line]
        return list(dict.fromkeys([*names, *blocks]))

    def hostname(self) -> str:
        found = self.running.starting("sysname")
        return found[0].line.split(" ", 1)[-1] if found else str(self.base.get("hostname", self.family.default_name))

    def state(self) -> State:
        """What answers are rendered from: the initial state, changed by configuration and faults. Do not change it."""
        self.check_trial()
        if self._cache is None or self._cache[0] != self.version:
            self._cache = (self.version, self._derive())
        uptime = self.uptime()
        return self._cache[1] | {"uptime": int(uptime), "booted": self.now() - timedelta(seconds=uptime)}

    def _derive(self) -> State:
        d: State = copy.deepcopy({k: v for k, v in self.base.items() if k not in ("config", "on_fault")})
        d["hostname"] = self.hostname()
        d["looks"] = self.looks
        effects.clear(p for p in effects.ports(d) if self.family.long_name(str(p["name"])) in self.cleared)
        self._derive_interfaces(d)
        own = self.base.get("on_fault")
        for name, value in self.faults.items():
            if isinstance(own, dict) and name in own:
                d = content.merge(d, own[name])
            elif name in ("fan_failed", "power_failed"):
                item = _failed(d, "fans" if name == "fan_failed" else "power", value, self.name)
                item.update(
                    {"failed": True}
                    | {k: "Abnormal" for k in ("state", "status") if k in item}
                    | {k: 0 for k in ("speed",) if k in item}
                )
            elif name in effects.effects():
                self._affect(d, name, value)
        d["faults"] = dict(self.faults)
        d["running"] = self.running.text()
        d["saved"] = self.saved.text() if self.saved is not None else ""
        d["unsaved"] = d["running"] != d["saved"]
        startup = d.get("startup")
        d["startup"] = (startup if isinstance(startup, dict) else {}) | {
            "current": self.startup_current,
            "next": self.startup_next,
        }
        d["files"] = {name: len(tree.text()) for name, tree in self.files.items()}
        return d

    def _derive_interfaces(self, d: State) -> None:
        down = self.faults.get("port_down")
        lost = self.family.interface(str(down), self.interfaces()) if down else None
        initial = {n.line for n in self.taught.starting("interface") if n.find("shutdown")}
        for name, item in _named(d.get("interfaces")).items():
            full = self.family.long_name(name)
            block = self.running.find(f"interface {full}")
            shut = block is not None and block.find("shutdown") is not None
            about = [n.line.split(" ", 1)[1] for n in block.kids if n.line.startswith("description ")] if block else []
            was_block = self.taught.find(f"interface {full}")
            if about:
                item["description"] = about[0]
            elif was_block is not None and was_block.starting("description"):
                item["description"] = ""
            item["shutdown"] = shut
            item.setdefault("phy", "up")
            if shut:
                item["phy"] = "*down"
            elif item["phy"] == "*down":
                item["phy"] = "up" if f"interface {full}" in initial else item["phy"]
            if full == lost and not shut:
                item["phy"] = "down"
            if item["phy"] != "up" and not str(item["phy"]).startswith("up"):
                item["protocol"] = "down"
            elif "protocol" not in item or (f"interface {full}" in initial and item["protocol"] == "down"):
                item["protocol"] = "up"

    # -- answers -------------------------------------------------------------------------------------------------------

    def answer(self, template: jinja2.Template, args: Mapping[str, str]) -> str:
        """An answer from its template; a template that fails says so instead of looking like an answer."""
        if "errors_growing" in self.faults and id(template) in self._counting:
            self.looks += 1
            self.changed()
        try:
            return content.render(template, self.state(), self.now(), args).rstrip("\n")
        except (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as err:
            log.error("device %s: answer failed: %s", self.name, err)
            return f"Error: the lab cannot render this answer: {type(err).__name__}: {err}"


@lru_cache(maxsize=4096)
def _answer(command: str, source: str) -> tuple[Command, jinja2.Template]:
    """A command and what it answers. Devices of one personality share them: compiling takes most of a device's start."""
    return _answer_command(command), content.environment().from_string(source)


def _answer_command(command: str) -> Command:
    pattern = re.sub(r"\{(\w+)\}", lambda m: f"<{m[1]}>" if m[1] == "interface" else f"<{m[1]}:word>", command)
    seq: Seq = compile_pattern(pattern)
    return Command("$", seq, target="answer")


def _zone(text: str, device: str) -> timezone:
    matched = re.fullmatch(r"([+-])(\d\d):(\d\d)", text)
    if matched is None:
        raise InputError(f"device {device}: timezone {text!r} is not like +08:00")
    offset = timedelta(hours=int(matched[2]), minutes=int(matched[3]))
    return timezone(offset if matched[1] == "+" else -offset)


def _named(interfaces: Any) -> dict[str, State]:
    """Interfaces by name, from a mapping or from a list of mappings with `name`."""
    if isinstance(interfaces, dict):
        return {str(k): v for k, v in interfaces.items() if isinstance(v, dict)}
    if isinstance(interfaces, list):
        return {str(i["name"]): i for i in interfaces if isinstance(i, dict) and "name" in i}
    return {}


def _failed(state: State, part: str, which: Any, device: str) -> State:
    """The fan or power supply that fails: the first (True), or the one with that index, name, slot or id."""
    items = state.get(part)
    if isinstance(items, dict):
        listed = [(str(k), v) for k, v in items.items() if isinstance(v, dict)]
        hit = [v for k, v in listed if which is True or k == str(which)]
    else:
        listed_items = items if isinstance(items, list) else []
        index = 0 if which is True else content.find_item(listed_items, int(which) if str(which).isdecimal() else which)
        if index is None and which is not True:
            index = content.find_item(listed_items, str(which))
        hit = (
            [listed_items[index]]
            if index is not None and index < len(listed_items) and isinstance(listed_items[index], dict)
            else []
        )
    if not hit:
        raise InputError(f"device {device} has no {part} {'at all' if which is True else repr(which)}")
    item: State = hit[0]
    return item
