"""Personalities: what a simulated device is and what it answers.

`personalities/<name>/device.yml` is the initial state, a mapping. Keys the engine itself reads:

- `family`: vrp5, vrp8, usg, comware7 or ibmc
- `hostname`, `config` (the running and saved configuration at power-on, as text)
- `interfaces`: mapping name → {phy, protocol, description, …}, or a list of mappings that have `name`
- `fans`, `power`: list or mapping of mappings; the faults fan_failed and power_failed change the first (or the
  named) one
- `on_fault`: fault name → overrides merged into the state while the fault is on, instead of the engine's own change
- `uptime`: seconds the device had been up when the lab started; `timezone`: default "+08:00"
- `banner` (text before the first prompt), `prompt_prefix` (e.g. HRP_M), `password_expired`, `risk_prompt`,
  `timestamps`: booleans
- `startup`: {current: file, next: file}; `reboot_seconds`: how long the device is away, default 2
- `files`: extra file names shown by `dir`, name → configuration text

`personalities/<name>/answers/<command>.txt.j2` is the answer to a command: spaces written `_`, slashes `~`. A word
in braces is
a parameter, `display_interface_{interface}.txt.j2` gets `args.interface`. Templates are rendered with

- `d`: the state after configuration changes and faults. The engine keeps these right: `hostname`, `interfaces.*.phy`
  (`*down` when shut down, `down` under port_down), `interfaces.*.protocol`, `interfaces.*.shutdown`,
  `interfaces.*.description`,
  `uptime` (seconds), `booted` (datetime), `unsaved` (bool), `startup`, `faults` (name → value), `files` (name → size),
  `running` and `saved` (configuration text)
- `now`: aware datetime in the device's zone; `ago(seconds)`: an earlier one; `args`: parameters of the command
- filter `duration`: seconds → "1 week, 2 days, 3 hours, 4 minutes" (0 weeks is written "0 week")
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jinja2
import yaml

from xunwei.errors import InputError

State = dict[str, Any]
HERE = Path(__file__).resolve().parent
DEFINITION = HERE / "lab.yml"
ESTATE = HERE / "estate.yml"
PERSONALITIES = HERE / "personalities"


@dataclass(frozen=True)
class DeviceSpec:
    """One device of lab.yml. `state`: the personality's with the overrides merged in; for a BMC the overrides only."""

    name: str
    personality: str
    offset: int
    state: State
    answers: dict[str, str] = field(default_factory=dict)  # command words → template source
    faults: State = field(default_factory=dict)
    kind: str = ""  # module of xunwei.lab.kinds that serves it; "": an SSH device of this engine
    path: Path = Path()  # the personality's folder


def merge(base: Any, over: Any) -> Any:
    """`over` merged into a copy of `base`: mappings key by key; a mapping over a list replaces items by index or
    `name`.
    """
    if isinstance(base, dict) and isinstance(over, Mapping):
        out = dict(base)
        for key, value in over.items():
            out[key] = merge(base[key], value) if key in base else copy.deepcopy(value)
        return out
    if isinstance(base, list) and isinstance(over, Mapping):
        items = list(base)
        for key, value in over.items():
            index = find_item(items, key)
            if index is None:
                raise InputError(f"no item {key!r} in the list to override")
            items[index] = merge(items[index], value)
        return items
    return copy.deepcopy(over)


def find_item(items: list[Any], key: object) -> int | None:
    """Index of the item with that index, or whose name, slot or id is `key`."""
    if isinstance(key, int) and not isinstance(key, bool) and 0 <= key < len(items):
        return key
    for index, item in enumerate(items):
        if isinstance(item, dict) and str(key) in {str(item.get(k)) for k in ("name", "slot", "id") if k in item}:
            return index
    return None


def load_yaml(path: Path) -> State:
    """A YAML mapping from a file, or InputError naming the file."""
    try:
        # the C loader is the same safe loader, ten times as fast
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except OSError as err:
        raise InputError(f"cannot read: {err.strerror}", where=str(path)) from None
    except yaml.YAMLError as err:
        raise InputError(f"not valid YAML: {err}", where=str(path)) from None
    if not isinstance(data, dict):
        raise InputError("is not a mapping", where=str(path))
    return data


def load_personality(folder: Path) -> tuple[State, dict[str, str]]:
    """(initial state, command → template source) of one personality folder; a template that does not compile is
    InputError.
    """
    state = load_yaml(folder / "device.yml")
    answers: dict[str, str] = {}
    for path in sorted((folder / "answers").glob("*.txt.j2")):
        command = path.name.removesuffix(".txt.j2").replace("_", " ").replace("~", "/")
        source = path.read_text(encoding="utf-8")
        try:
            environment().parse(source)
        except jinja2.TemplateSyntaxError as err:
            raise InputError(f"line {err.lineno}: {err.message}", where=str(path)) from None
        answers[command] = source
    return state, answers


def load_lab(
    definition: Path = DEFINITION, personalities: Path = PERSONALITIES, names: Iterable[str] | None = None
) -> list[DeviceSpec]:
    """The devices of a lab file, or only the named ones.

    InputError for an unknown personality or device, a double name or a double port offset.
    """
    entries = load_yaml(definition).get("devices")
    if not isinstance(entries, list) or not entries:
        raise InputError("`devices` is not a list", where=str(definition))
    wanted = None if names is None else set(names)
    specs: list[DeviceSpec] = []
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise InputError(f"a device has no name: {entry!r}", where=str(definition))
        if wanted is None or entry["name"] in wanted:
            specs.append(_spec(entry, definition, personalities))
    missing = (wanted or set()) - {s.name for s in specs}
    if missing:
        raise InputError(f"no device {sorted(missing)[0]!r}", where=str(definition))
    for what, values in (("name", [s.name for s in specs]), ("offset", [str(s.offset) for s in specs])):
        double = {v for v in values if values.count(v) > 1}
        if double:
            raise InputError(f"two devices with {what} {sorted(double)[0]}", where=str(definition))
    return specs


def _spec(entry: State, definition: Path, personalities: Path) -> DeviceSpec:
    name = entry["name"]
    unknown = set(entry) - {"name", "personality", "offset", "state", "faults", "title"}
    if unknown:
        raise InputError(f"device {name}: unknown keys {sorted(unknown)}", where=str(definition))
    personality = str(entry.get("personality", ""))
    overrides = dict(entry.get("state") or {})
    folder = personalities / personality
    if not (folder / "device.yml").is_file():
        raise InputError(f"device {name}: no personality {personality!r} in {personalities}", where=str(definition))
    state, answers = load_personality(folder)
    kind = str(state.get("kind") or "")
    offset, faults = int(entry.get("offset", 0)), dict(entry.get("faults") or {})
    merged = merge(state, overrides if kind else {"hostname": name} | overrides)
    return DeviceSpec(name, personality, offset, merged, answers, faults, kind, folder)


def duration(seconds: float) -> str:
    """Seconds as both vendors write an uptime: `2 weeks, 1 day, 0 hour, 5 minutes`."""
    minutes = int(seconds) // 60
    parts = (
        (minutes // 10080, "week"),
        (minutes // 1440 % 7, "day"),
        (minutes // 60 % 24, "hour"),
        (minutes % 60, "minute"),
    )
    return ", ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in parts)


def environment() -> jinja2.Environment:
    """The Jinja environment of answers: undefined names are errors."""
    env = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  the output is terminal text
    )
    env.filters["duration"] = duration
    return env


def render(template: jinja2.Template, state: State, now: datetime, args: Mapping[str, str]) -> str:
    """One answer. Raises jinja2.TemplateError (or what the template's expressions raise)."""
    return template.render(d=state, now=now, args=dict(args), ago=lambda seconds: now - timedelta(seconds=seconds))
