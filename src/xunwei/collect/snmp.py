"""Ask an SNMP agent (v3 authPriv or authNoPriv, v2c; v1 only when the inventory says so).

A section asks with lines `walk OID…` (everything below each OID), `get OID…` (instances), `next OID…` (the first object
below each OID), `also OID…` (walked only when something was found before, and not counted as found: names to go with
values) and `session:security` (how this session itself is protected). The raw answer is net-snmp's numeric form
(see `xunwei.parse.snmp`); what is not there stays in it as `… = No Such Object …`.

Settings (`asset_…`): snmp_version (3 when snmp_user is set, else 2c), snmp_community, snmp_user, snmp_auth_key,
snmp_priv_key, snmp_auth_protocol (md5 sha sha224 sha256 sha384 sha512; default sha), snmp_priv_protocol (des aes aes192
aes256 …; default aes), snmp_context, snmp_retries (2), snmp_max_repetitions (40), snmp_max_objects (50000 per section).

Statuses: collected; unsupported (none of it is there); denied (user, key, level or view refused); timed_out (stopped
half way: the part is kept, but it is never `collected`); unparsed (OIDs that do not increase, errors, too much);
unreachable (no answer at all: SNMP is silent to a wrong community and to unlisted clients).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xunwei.collect import snmp_text
from xunwei.collect.access import Access
from xunwei.collect.snmp_client import AUTH, PRIV, Client, DeniedError, MalformedError, NoAnswerError, SetupError, Way
from xunwei.collect.snmp_text import Oid
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

SECURITY = "session:security"
FIRST_SIZE, LARGEST_SIZE, GET_SIZE = 10, 40, 20
MAX_OBJECTS, MAX_CHARACTERS = 50_000, 8_000_000
CALM = 6  # answers in a row that arrived, before more is asked for at once again
STRIKES = 2  # sections in a row that timed out before the device counts as hanging
PROBE: list[Oid] = [(1, 3, 6, 1, 2, 1, 1, 2, 0), (1, 3, 6, 1, 2, 1, 1, 3, 0)]
WELL_KNOWN = ("public", "private", "admin", "cisco", "huawei", "h3c", "snmp", "community", "monitor")


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """One answer per section, in order (`xunwei.collect.access.Ask`)."""
    return asyncio.run(collect(way_of(access), sections, deadline=deadline, limits=Limits.of(access)))


@dataclass(frozen=True)
class Limits:
    """Bounds. `repetitions`: most objects asked for at once; `objects`, `characters`: most of one section."""

    repetitions: int = LARGEST_SIZE
    objects: int = MAX_OBJECTS
    characters: int = MAX_CHARACTERS

    @classmethod
    def of(cls, access: Access) -> Limits:
        """From the asset's settings; words that are no numbers are the defaults."""
        return cls(
            _number(access, "snmp_max_repetitions", LARGEST_SIZE), _number(access, "snmp_max_objects", MAX_OBJECTS)
        )


def way_of(access: Access) -> Way:
    """The way to the agent that the asset's settings name."""
    user = access.setting("snmp_user")
    return Way(
        address=access.address,
        port=access.port or 161,
        version=access.setting("snmp_version", "3" if user else "2c").lower().removeprefix("v"),
        community=access.setting("snmp_community"),
        user=user,
        auth_key=access.setting("snmp_auth_key"),
        priv_key=access.setting("snmp_priv_key"),
        auth=_protocol(access.setting("snmp_auth_protocol", "sha"), "sha1", "sha"),
        priv=_protocol(access.setting("snmp_priv_protocol", "aes"), "", ""),
        context=access.setting("snmp_context"),
        timeout=min(max(access.timeout / 3, 1.0), 5.0),
        retries=min(_number(access, "snmp_retries", 2), 10),
    )


def _protocol(word: str, alias: str, name: str) -> str:
    plain = word.lower().replace("-", "").replace("_", "")
    return name if plain == alias else plain


def _number(access: Access, name: str, default: int) -> int:
    word = access.setting(name)
    return int(word) if word.isdecimal() and int(word) > 0 else default


async def collect(
    way: Way, sections: Sequence[Section], *, deadline: float, limits: Limits | None = None
) -> list[Answer]:
    """One answer per section, in order; never raises for what a device does. `deadline`: time.monotonic()."""
    session = _Session(way, limits or Limits(), deadline)
    try:
        async with Client(way) as client:
            trouble = await session.open(client)
            if trouble is not None:
                return [_answer(s, *trouble) for s in sections]
            return [await session.section(client, s) for s in sections]
    except SetupError as exc:
        return [_answer(s, Status.UNREACHABLE, str(exc)) for s in sections]


@dataclass
class _Session:
    way: Way
    limits: Limits
    deadline: float
    strikes: int = 0
    size: int = FIRST_SIZE
    most: int = LARGEST_SIZE
    calm: int = 0
    empty: list[tuple[Oid, Oid]] = field(default_factory=list)  # (from, to): nothing between them was there

    def __post_init__(self) -> None:
        self.most = self.limits.repetitions

    async def open(self, client: Client) -> tuple[Status, str] | None:
        """Whether anybody answers; None when somebody does."""
        client.until = self.deadline
        place = f"{self.way.address}:{self.way.port}"
        try:
            await client.get(PROBE)
        except NoAnswerError:
            hint = "" if self.way.version == "3" else " (not running, a wrong community, or this host is not allowed)"
            return Status.UNREACHABLE, f"no SNMPv{self.way.version} answer from {place}{hint}"
        except DeniedError as exc:
            return Status.DENIED, f"{place}: {exc}"
        except MalformedError as exc:
            return Status.UNREACHABLE, f"{place} does not speak SNMPv{self.way.version}: {exc}"
        return None

    async def section(self, client: Client, section: Section) -> Answer:
        """One section, whatever happens."""
        if self.strikes >= STRIKES:
            return _answer(section, Status.TIMED_OUT, "the device had stopped answering")
        began, started = time.monotonic(), _now()
        client.until = min(began + section.timeout, self.deadline)
        walk = _Walk(self, client)
        status, reason = Status.COLLECTED, ""
        try:
            for line in section.asks:
                await walk.ask(line)
            if not walk.found:
                status, reason = Status.UNSUPPORTED, "the device has none of these objects"
        except NoAnswerError as exc:
            status, reason = Status.TIMED_OUT, f"stopped answering after {walk.found} objects: {exc}"
        except DeniedError as exc:
            status, reason = Status.DENIED, str(exc)
        except (MalformedError, snmp_text.UnknownTypeError) as exc:
            status, reason = Status.UNPARSED, str(exc)
        self.strikes = self.strikes + 1 if status is Status.TIMED_OUT else 0
        raw = "".join(line + "\n" for line in walk.lines.values())
        return _answer(section, status, reason, "" if status is Status.UNSUPPORTED else raw, started, began)

    def learn(self, wanted: int, size: int, *, full: bool) -> None:
        """How many objects to ask for next: fewer when `wanted` at once got lost or was too big, more after some calm."""
        if size < wanted:
            self.most, self.calm = size, 0
            return
        self.calm += 1
        if self.calm >= CALM:
            self.most, self.calm = min(self.most * 2, self.limits.repetitions), 0
        if full:
            self.size = min(wanted * 2, self.limits.repetitions)

    def nothing_in(self, base: Oid) -> bool:
        """Whether an earlier answer showed that there is nothing below `base`."""
        end = (*base[:-1], base[-1] + 1)
        return any(first <= base and end <= last for first, last in self.empty)


@dataclass
class _Walk:
    """Collects the lines of one section."""

    session: _Session
    client: Client
    lines: dict[Oid, str] = field(default_factory=dict)
    found: int = 0
    characters: int = 0

    async def ask(self, line: str) -> None:
        """One line of a section's `ask`."""
        if line.strip() == SECURITY:
            self._security()
            return
        how, *words = line.split()
        oids = [tuple(map(int, w.strip(".").split("."))) for w in words]
        if how == "get":
            for start in range(0, len(oids), GET_SIZE):
                await self._get(oids[start : start + GET_SIZE])
        elif how in ("walk", "next"):
            for oid in oids:
                await self._walk(oid, only_first=how == "next")
        elif how == "also":
            found = self.found
            for oid in oids if found else ():
                await self._walk(oid, only_first=False)
            self.found = found
        else:
            raise MalformedError(f"unknown ask {line!r}")

    def _security(self) -> None:
        way = self.client.way
        told = {"version": way.version, "level": way.level}
        if way.version == "3":
            told |= {"auth": AUTH[way.auth][0] if way.auth_key else "none"}
            told |= {"priv": PRIV[way.priv][0] if way.priv_key else "none"}
        else:
            told |= {"well_known_community": "yes" if way.community.lower() in WELL_KNOWN else "no"}
            told |= {"short_community": "yes" if len(way.community) < 8 else "no"}
        for number, (key, value) in enumerate(told.items()):
            self.lines[(0, number)] = f"{key}={value}"
        self.found += 1

    async def _get(self, oids: list[Oid]) -> None:
        wanted = list(dict.fromkeys(o for o in oids if o not in self.lines))
        if not wanted:
            return
        for oid, value in await self.client.get(wanted):
            self._keep(oid, value)

    async def _walk(self, base: Oid, *, only_first: bool) -> None:
        session, at, some = self.session, base, False
        while not session.nothing_in(base):
            wanted = 1 if only_first else min(session.size, session.most)
            got, size = await self.client.after(at, wanted)
            session.learn(wanted, size, full=not only_first and len(got) >= size)
            if not got:
                raise MalformedError("an answer without objects")
            last = await self._take(base, at, got, only_first=only_first)
            some = some or last != at
            if last == at or only_first or got[-1][0] != last:
                break
            at = last
        if not some and base not in self.lines:
            self.lines[base] = f"{snmp_text.name(base)} = {snmp_text.NO_OBJECT}"

    async def _take(self, base: Oid, at: Oid, got: list[tuple[Oid, Any]], *, only_first: bool) -> Oid:
        """Keep what is below `base`; the last OID kept. Notes where nothing was. Raises MalformedError."""
        for oid, value in got:
            if snmp_text.exception(value):
                self.session.empty.append((at, (2**32,)))
                return at
            if oid <= at:
                raise MalformedError(f"OID not increasing: {snmp_text.name(at)} >= {snmp_text.name(oid)}")
            if oid[: len(base)] != base:
                self.session.empty.append((at, oid))
                return at
            self._keep(oid, value)
            at = oid
            if only_first:
                break
        return at

    def _keep(self, oid: Oid, value: Any) -> None:
        if oid in self.lines and not self.lines[oid].endswith(snmp_text.NO_OBJECT):
            return
        line = snmp_text.line(oid, value)
        self.lines[oid] = line
        self.found += not snmp_text.exception(value)
        self.characters += len(line)
        limits = self.session.limits
        if self.found > limits.objects or self.characters > limits.characters:
            raise MalformedError(
                f"more than {limits.objects} objects or {limits.characters} characters: not read to the end"
            )


def _answer(
    section: Section, status: Status, reason: str = "", raw: str = "", started: str = "", began: float | None = None
) -> Answer:
    seconds = 0.0 if began is None else round(time.monotonic() - began, 3)
    return Answer(
        section.name, status, raw, " ".join(reason.split())[:200], section.ask, None, started or _now(), seconds
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
