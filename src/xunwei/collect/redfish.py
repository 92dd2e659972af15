"""Ask a BMC over Redfish (DMTF DSP0266): one login, links walked by need, every resource fetched once.

A section asks for resource patterns. `/redfish/v1/Systems/*/Storage/*/Drives/*` is walked from the service root by
the links the device itself gives: a word is a property (also in `Links` and `Oem`, also by the last word of a link:
iBMC calls `Storage` `Storages`), `*` the members of a collection or of a list of links. `?last=N` keeps the N most
telling members; `a|b` walks b only when a leads nowhere. `tls:certificate` and `session:login` are answered from the
connection itself. The raw answer is JSON: `{"<path>": resource, …}`. A member that could not be read stays in it, as
`{"@xunwei.failed": {"kind": …, "http": …, "reason": …}}`: it must not look as if it did not exist.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from xunwei.collect.access import Access
from xunwei.collect.redfish_http import Got, Json, Limits, Link, LostError, OutOfTimeError, Target
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

__all__ = ["Limits", "SectionAsk", "Target", "collect"]

ROOT = "/redfish/v1/"
FAILED = "@xunwei.failed"
RECEIVED = "@xunwei.received"
STRIKES = 2  # sections in a row that timed out before the device counts as hanging
_SEVERITY = {"Critical": 2, "Warning": 1}
# Line breaks for str.splitlines that JSON leaves as they are; evidence is cited by line.
_BREAKS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class SectionAsk(Protocol):
    """What the collector needs to know of a section. `ask`: patterns, as a list or divided by blanks or `;`."""

    @property
    def name(self) -> str: ...
    @property
    def ask(self) -> str | Sequence[str]: ...
    @property
    def timeout(self) -> float: ...


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """Log in once and walk everything (`xunwei.collect.access.Ask`)."""
    target = Target.of(access)
    return collect(target, sections, deadline=deadline)


def collect(
    target: Target, sections: Iterable[SectionAsk], *, deadline: float, limits: Limits | None = None
) -> list[Answer]:
    """One answer per section, in order; never raises for what a device does.

    `deadline` is a time.monotonic() value. Statuses: collected, empty (the collection has no members), unsupported
    (no such link, HTTP 404), denied (401, 403), timed_out, unparsed (not JSON, cut off, HTTP 5xx; raw kept),
    unreachable (no connection, or the certificate is not the expected one). Tokens and passwords are in no answer.
    """
    asked = list(sections)
    with Link(target, limits or Limits(), deadline) as link:
        try:
            root = link.open()
        except LostError as exc:
            return [_answer(s, Status.UNREACHABLE, reason=str(exc)) for s in asked]
        except OutOfTimeError as exc:
            return [_answer(s, Status.TIMED_OUT, reason=str(exc)) for s in asked]
        if root.kind != "ok":
            status = Status.UNREACHABLE if (root.http or 0) >= 500 else _status(root.kind)
            raw = _dump({ROOT: root.as_raw()}, link)
            return [_answer(s, status, raw, f"no Redfish service at {ROOT}: {root.reason}") for s in asked]
        return _ask_all(link, asked)


def _ask_all(link: Link, sections: list[SectionAsk]) -> list[Answer]:
    answers: list[Answer] = []
    strikes, lost = 0, ""
    for section in sections:
        if lost:
            answers.append(_answer(section, Status.UNREACHABLE, reason=lost))
            continue
        if strikes >= STRIKES:
            answers.append(_answer(section, Status.TIMED_OUT, reason="the device had stopped answering"))
            continue
        answer = _ask(link, section)
        if answer.status is Status.UNREACHABLE:
            lost = answer.reason
        strikes = strikes + 1 if answer.status is Status.TIMED_OUT else 0
        answers.append(answer)
    return answers


def _ask(link: Link, section: SectionAsk) -> Answer:
    """Walk all patterns of one section and sum up what became of it."""
    began, started = time.monotonic(), _now()
    walk = _Walk(link, until=min(began + section.timeout, link.deadline))
    status, reason = Status.COLLECTED, ""
    try:
        for pattern in _patterns(section.ask):
            walk.pattern(pattern)
        status, reason = walk.result()
    except OutOfTimeError as exc:
        status, reason = Status.TIMED_OUT, str(exc)
    except LostError as exc:
        status, reason = Status.UNREACHABLE, str(exc)
    raw = _dump(walk.found, link) if walk.found else ""
    return _answer(section, status, raw, reason, started, time.monotonic() - began)


@dataclass
class _Node:
    """A place on the way: a path to fetch, or a resource that came with its collection (`inline`)."""

    path: str
    inline: Json | None = None


@dataclass
class _Walk:
    """Collects the resources of one section."""

    link: Link
    until: float
    found: Json = field(default_factory=dict)
    failures: list[tuple[str, Got]] = field(default_factory=list)  # on the way: the section as a whole is not known
    members: list[Got] = field(default_factory=list)  # at the end of a pattern
    empty: set[str] = field(default_factory=set)

    def pattern(self, pattern: str) -> None:
        """Follow one pattern to its ends. Raises OutOfTimeError, LostError."""
        for way in pattern.split("|"):
            if self._way(way):
                return

    def _way(self, pattern: str) -> bool:
        """Whether the pattern led to anything other than dead links."""
        if pattern in ("tls:certificate", "session:login"):
            told = self.link.certificate() if pattern.startswith("tls") else Got("ok", self.link.login())
            self._keep(pattern, told)
            return True
        failures = len(self.failures)
        path, _, options = pattern.partition("?")
        last = int(options.removeprefix("last=")) if options.startswith("last=") else 0
        nodes = [_Node(ROOT)]
        words = [w for w in path.removeprefix(ROOT.rstrip("/")).split("/") if w]
        for word in words:
            nodes = [after for node in nodes for after in self._step(node, word, last)]
        kinds = [got.kind for _, got in self.failures[failures:]]
        for node in nodes:
            got = self._load(node)
            kinds.append(got.kind)
            self._keep(node.path, got)
        return any(kind != "unsupported" for kind in kinds)

    def _keep(self, path: str, got: Got) -> None:
        self.members.append(got)
        self.found[path] = _stamped(got) if got.kind == "ok" else {FAILED: got.as_raw()}

    def result(self) -> tuple[Status, str]:
        """Status and reason over everything walked."""
        for path, got in self.failures:
            self.found[path] = {FAILED: got.as_raw()}
        for _, got in self.failures:
            if got.kind != "unsupported":
                return _status(got.kind), got.reason
        if any(got.kind == "ok" for got in self.members):
            return Status.COLLECTED, self.link.remark
        for kind in ("denied", "unparsed", "unsupported"):
            for got in self.members:
                if got.kind == kind:
                    return _status(kind), got.reason
        if self.empty:
            return Status.EMPTY, f"no members in {', '.join(sorted(self.empty))}"
        return Status.UNSUPPORTED, next((g.reason for _, g in self.failures), "the device has no such resource")

    def _load(self, node: _Node) -> Got:
        if node.inline is not None:
            return Got("ok", node.inline)
        return self.link.get(node.path, self.until)

    def _step(self, node: _Node, word: str, last: int) -> list[_Node]:
        got = self._load(node)
        if got.kind != "ok":
            self.failures.append((node.path, got))
            return []
        if not isinstance(got.body, dict):
            self.failures.append((node.path, Got("unparsed", None, got.http, "not a JSON object")))
            return []
        if word != "*":
            return _follow(got.body, node.path, word)
        return self._members(node.path, got.body, last)

    def _members(self, path: str, collection: Json, last: int) -> list[_Node]:
        """Members of a collection over all its pages; [] with a failure noted when a page cannot be read."""
        entries, complete = self._pages(path, collection)
        if not entries and complete:
            self.empty.add(path)
        total, newest_first = len(entries), _descending(entries)
        count = collection.get("Members@odata.count")
        complete = complete and not (isinstance(count, int) and total < count)
        if last and total > last:
            entries = sorted(entries, key=_weight, reverse=True)[:last]
        if total > len(entries) or not complete:
            clip = {"kept": len(entries), "read": total, "complete": complete, "newest_first": newest_first}
            self.found[f"{path}?clipped"] = clip
        return entries

    def _pages(self, path: str, collection: Json) -> tuple[list[_Node], bool]:
        """All members, and whether the last page was reached."""
        entries: list[_Node] = []
        page, seen = collection, {path}
        while True:
            members = page.get("Members")
            following = page.get("Members@odata.nextLink")
            if not isinstance(members, list) or not isinstance(following, str | None):
                self.failures.append((path, Got("unparsed", None, None, "a collection without a list of members")))
                return [], False
            entries.extend(_list(members, path))
            if following is None:
                return entries, True
            if following in seen or len(seen) >= self.link.limits.pages:
                return entries, False
            seen.add(following)
            got = self.link.get(following, self.until)
            if got.kind == "ok" and not isinstance(got.body, dict):
                got = Got("unparsed", None, got.http, "not a JSON object")
            if got.kind != "ok":
                self.failures.append((following, got))
                return [], False
            page = got.body


def _list(members: list[Any], path: str) -> Iterable[_Node]:
    """Members as nodes; one that is no link at all becomes a failed fetch, nothing."""
    for index, member in enumerate(members):
        target = member.get("@odata.id") if isinstance(member, dict) else None
        whole = isinstance(member, dict) and ("Id" in member or "MemberId" in member)
        yield _Node(target if isinstance(target, str) else f"{path}#/Members/{index}", member if whole else None)


def _follow(resource: Json, path: str, word: str) -> list[_Node]:
    """Where the property `word` of a resource leads."""
    oem = resource.get("Oem")
    places = [resource, resource.get("Links"), *(oem.values() if isinstance(oem, dict) else ())]
    for place in places:
        if isinstance(place, dict) and place.get(word) is not None:
            return _target(place[word], path, word)
    for place in places:
        for value in place.values() if isinstance(place, dict) else ():
            target = value.get("@odata.id") if isinstance(value, dict) else None
            if isinstance(target, str) and target.rstrip("/").rpartition("/")[2] == word:
                return _target(value, path, word)
    return []


def _target(value: Any, path: str, word: str) -> list[_Node]:
    if isinstance(value, list):  # a list of links is walked like a collection
        return [_Node(f"{path.rstrip('/')}#/{word}", {"Members": value})]
    target = value.get("@odata.id") if isinstance(value, dict) else None
    return [_Node(target)] if isinstance(target, str) else []


def _weight(node: _Node) -> tuple[int, str, int]:
    """Order of what is kept when a list is clipped: severity, then time; entries given as links by their number."""
    entry = node.inline or {}
    number = re.search(r"(\d+)/?$", node.path)
    created = entry.get("Created")
    return (
        _SEVERITY.get(str(entry.get("Severity")), 0),
        created if isinstance(created, str) else "",
        int(number.group(1)[-15:]) if number else 0,
    )


def _descending(entries: list[_Node]) -> bool:
    times = [str(e.inline.get("Created", "")) for e in entries if e.inline]
    return len(times) > 1 and times[0] > times[-1]


def _stamped(got: Got) -> Any:
    """A resource that tells its clock gets the time it was received at beside it."""
    if isinstance(got.body, dict) and "DateTime" in got.body and got.received:
        return {**got.body, RECEIVED: got.received}
    return got.body


def _status(kind: str) -> Status:
    return {"denied": Status.DENIED, "unsupported": Status.UNSUPPORTED}.get(kind, Status.UNPARSED)


def _patterns(ask: str | Sequence[str]) -> list[str]:
    return [p for p in re.split(r"[\s;]+", ask if isinstance(ask, str) else " ".join(ask)) if p]


def _dump(found: Json, link: Link) -> str:
    text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False).translate(_BREAKS)
    return link.without_secrets(text) + "\n"


def _answer(
    section: SectionAsk, status: Status, raw: str = "", reason: str = "", started: str = "", seconds: float = 0.0
) -> Answer:
    ask = " ; ".join(_patterns(section.ask))
    return Answer(section.name, status, raw, reason, ask, None, started or _now(), round(seconds, 3))


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
