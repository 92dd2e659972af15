"""Collect one inventory host and what lives on it: choose the way by the pack's collector, redact, hand over."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import importlib
import os
import re
import secrets
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from xunwei import inventory
from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.collect.access import Access, Ask
from xunwei.collect.redact import Redactor, load_key
from xunwei.errors import InputError
from xunwei.flow.assess import DERIVED
from xunwei.model import Answer, Asset, Json
from xunwei.pack import Pack, Section
from xunwei.parse.engine import parse
from xunwei.record.files import read_json
from xunwei.record.lock import holders
from xunwei.words import Status

Answers = list[tuple[Asset, list[Answer]]]
Execute = Callable[[bytes], str]
SCRIPT_SECONDS = 90.0
SHORTEST_SECRET = 8  # shorter ones would cut holes into ordinary words
GRACE_SECONDS = 30.0


# What Ansible puts before the words of ssh itself.
_PREFACE = re.compile(
    r"^(?:Data could not be sent to .*? over ssh: |Failed to connect to the host via ssh: )(?:ssh: )?"
)


class HostLost(Exception):
    """The host could not be asked; the message is the reason, `status` what its sections get."""

    def __init__(self, reason: str, status: Status = Status.UNREACHABLE) -> None:
        super().__init__(_PREFACE.sub("", " ".join(reason.split()))[:300])
        self.status = status


def warm(state: Path) -> None:
    """Load what the run that this process holds the lock of will need, before Ansible forks a worker per host.

    Loading packs and clients costs more than asking a host does; a fork shares what its parent has loaded. Whatever
    goes wrong here goes wrong again in the worker, where it is said properly.
    """
    with contextlib.suppress(Exception):
        run = next(holder["run_id"] for _, holder in holders(state) if holder.get("pid") == os.getpid())
        platforms = {row["platform"] for row in read_json(state / "runs" / run / "expected.json")}
        Redactor(b"").clean("password")
        for pack in map(packs.load, platforms):
            if pack.collector == "sh":
                pack.script()
            elif pack.collector != DERIVED:
                collector(pack.collector)
    # What a worker's garbage collector looks at, the kernel copies: leave it out of every look.
    gc.collect()
    gc.freeze()


def collector(name: str) -> Ask:
    """`ask` of the module that collects this way. Raises InputError when there is none."""
    try:
        module = importlib.import_module(f"xunwei.collect.{name}")
    except ModuleNotFoundError as exc:
        raise InputError(f"collector {name!r} cannot be loaded: no module {exc.name}") from None
    ask: Ask = module.ask
    return ask


def sections_of(asset: Asset, pack: Pack) -> list[Section]:
    """The sections this asset is asked."""
    return [s for s in pack.sections.values() if s.is_for(asset.asset_class, asset.variant)]


def lost(asset: Asset, reason: str, status: Status, seconds: float) -> list[Answer]:
    """Every section of an asset that could not be asked, with the reason."""
    began = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    sections = sections_of(asset, packs.load(asset.platform))
    spent = round(seconds / max(1, len(sections)), 3)
    return [Answer(s.name, status, "", reason, s.ask, None, began, spent) for s in sections]


def by_shell(host: str, variables: Mapping[str, Any], execute: Execute, since: float) -> Answers:
    """Collect a host and its instances by one script. `execute` sends stdin to /bin/sh -s and returns stdout.

    Never raises for what a host does: HostLost from `execute` becomes an answer of every section.
    """
    asset = inventory.asset_of(host, variables)
    on_it = [(a, row) for a, row in inventory.instances_of(host, variables) if packs.load(a.platform).collector == "sh"]
    members: list[tuple[Asset, Mapping[str, Any]]] = [(asset, variables), *on_it]
    parts = [_part(member, settings) for member, settings in members]
    mark, limit = secrets.token_hex(12), float(variables.get("inspection_script_seconds") or SCRIPT_SECONDS)
    now, started = dt.datetime.now(dt.UTC), time.monotonic()
    try:
        with alarm(limit + GRACE_SECONDS):
            text = execute(shell.build(parts, mark=mark, since=since, limit=limit))
    except (HostLost, OutOfTime) as exc:
        status = exc.status if isinstance(exc, HostLost) else Status.TIMED_OUT
        spent = time.monotonic() - started
        return [(member, lost(member, str(exc), status, spent)) for member, _ in members]
    found = shell.split(text, parts, mark=mark, now=now)
    return [(member, found[member.name]) for member, _ in members]


def by_themselves(
    host: str, variables: Mapping[str, Any], make: Callable[[Asset, Pack, Json], Access], deadline: float
) -> Answers:
    """Collect the instances of a host that are not asked through its shell, each by its own pack's collector."""
    found: Answers = []
    for asset, row in inventory.instances_of(host, variables):
        pack = packs.load(asset.platform)
        if pack.collector != "sh":
            found.append((asset, ask(make(asset, pack, row), pack, deadline)))
    return found


def ask(access: Access, pack: Pack, deadline: float) -> list[Answer]:
    """Every section of one asset, by its pack's collector, within the time there is."""
    if pack.collector == DERIVED:
        return []  # made when all other assets are assessed
    try:
        with alarm(max(1.0, deadline - time.monotonic()) + GRACE_SECONDS):
            return collector(pack.collector)(access, pack, sections_of(access.asset, pack), deadline=deadline)
    except OutOfTime as exc:
        return lost(access.asset, str(exc), Status.TIMED_OUT, 0.0)
    except Exception as exc:  # noqa: BLE001 - a collector's defect costs its asset, with the reason, and nobody else
        return lost(access.asset, f"the collector failed: {type(exc).__name__}: {exc}", Status.UNREACHABLE, 0.0)


def _part(asset: Asset, settings: Mapping[str, Any]) -> shell.Part:
    pack = packs.load(asset.platform)
    if pack.collector != "sh":
        raise InputError(f"platform {asset.platform} is not collected by shell", where=f"asset {asset.name}")
    parameters = {}
    for variable, spec in pack.parameters.items():
        name, _, default = spec.partition("=")
        value = settings.get(name)
        # A list reaches the shell as lines.
        lines = "\n".join(map(str, value)) if isinstance(value, list) else value
        parameters[variable] = default if lines in (None, "") else str(lines)
    return shell.Part(asset.name, pack.script(), sections_of(asset, pack), parameters)


def keep(
    state: Path, answers: Answers, put: Callable[[Asset, list[Answer]], None] | None, secrets: Iterable[str] = ()
) -> Answers:
    """Redact every answer, and hand each asset to `put` (the writer) when there is one.

    `secrets`: what was used to log in; none of it may come back in an answer.
    """
    key = load_key(state)
    own = [re.compile(rf"(?<![\w-])(?P<secret>{re.escape(s)})(?![\w-])") for s in secrets if len(s) >= SHORTEST_SECRET]
    for asset, rows in answers:
        redactor = Redactor(key, [*own, *packs.load(asset.platform).redact])
        for answer in rows:
            answer.raw = redactor.clean(answer.raw)
            answer.reason = redactor.clean(answer.reason)
        if put is not None:
            put(asset, rows)
    return answers


def facts_of(asset: Asset, rows: list[Answer]) -> Json:
    """{section: {status, reason, facts}}: what a user's own playbook gets."""
    pack = packs.load(asset.platform)
    found: Json = {}
    for answer in rows:
        status, facts, reason = answer.status, None, answer.reason
        if status in (Status.COLLECTED, Status.EMPTY):
            status, facts, reason = parse(pack, answer.section, answer.raw)
        found[answer.section] = {"status": status.value, "reason": reason, "facts": facts}
    return found


class OutOfTime(Exception):
    """The controller's own limit for one asset."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise OutOfTime after `seconds` of wall time, whatever the process is waiting in (POSIX timers, main thread)."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTime(f"no answer within {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
