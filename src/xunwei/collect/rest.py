"""Ask a product over its REST interface (HTTPS, JSON). What is its own way is data: `options` in pack.yml, see Recipe.

A section asks for a list of resources, each in one line:

    disk                              below the pack's `base`
    /service/versions                 a path of its own
    POST /service/x/alarms            a query that must be posted (with an empty object)
    … => POST hwm/fan {"list": ["{}"]}     posted with a body; kept as `<path>?<value>`
    lun #range                        a list in pages, by the pack's paging rule of that name
    system_utc_time #clock            the answer is stamped with the time it was received at
    /service/sites => sites.uri => {}/hosts #offset      {}: every value found at `sites.uri` in the answer before it
    a || b                            b is asked when the product does not have a
    tls:certificate, login:answer     told by the connection itself

The raw answer is JSON: `{"<path>": resource, …}`, pages joined. What could not be read stays in it, as
`{"@xunwei.failed": {"kind": …, "http": …, "reason": …}}`; a list that is not complete has "@xunwei.clipped".
"""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xunwei.collect.access import Access
from xunwei.collect.https import Got, Json, Limits, LostError, OutOfTimeError
from xunwei.collect.rest_http import Recipe, Session, pick
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

FAILED = "@xunwei.failed"
RECEIVED = "@xunwei.received"
STRIKES = 2  # sections in a row that timed out before the product counts as hanging
FAN_OUT = 500  # resources one step may lead to
# Line breaks for str.splitlines that JSON leaves as they are; evidence is cited by line.
_BREAKS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:
    """One login, every resource read once (`xunwei.collect.access.Ask`).

    Statuses: collected, unsupported (HTTP 404 or the product's own word for it), denied (also a refused login),
    timed_out, unparsed (not JSON, cut off, HTTP 5xx, an error nobody explained; raw kept), unreachable (no connection,
    or the certificate is not the expected one).
    """
    with Session(access, Recipe.of(pack.options), Limits(), deadline) as session:
        try:
            login = session.open()
        except LostError as exc:
            return [_answer(s, Status.UNREACHABLE, reason=str(exc)) for s in sections]
        except OutOfTimeError as exc:
            return [_answer(s, Status.TIMED_OUT, reason=str(exc)) for s in sections]
        if login.kind != "ok":
            status = Status.UNREACHABLE if (login.http or 0) >= 500 else _status(login.kind)
            raw = _dump({"login:answer": {FAILED: login.as_raw()}}, session)
            return [_answer(s, status, raw, session.without_secrets(login.reason)) for s in sections]
        return _ask_all(session, sections)


def _ask_all(session: Session, sections: Sequence[Section]) -> list[Answer]:
    answers: list[Answer] = []
    strikes, lost = 0, ""
    for section in sections:
        if lost:
            answers.append(_answer(section, Status.UNREACHABLE, reason=lost))
            continue
        if strikes >= STRIKES:
            answers.append(_answer(section, Status.TIMED_OUT, reason="the product had stopped answering"))
            continue
        answer = _ask(session, section)
        if answer.status is Status.UNREACHABLE:
            lost = answer.reason
        strikes = strikes + 1 if answer.status is Status.TIMED_OUT else 0
        answers.append(answer)
    return answers


def _ask(session: Session, section: Section) -> Answer:
    began, started = time.monotonic(), _now()
    walk = _Walk(session, min(began + section.timeout, session.deadline))
    try:
        for line in section.asks:
            walk.line(line)
        status, reason = walk.result()
    except OutOfTimeError as exc:
        status, reason = Status.TIMED_OUT, str(exc)
    except LostError as exc:
        status, reason = Status.UNREACHABLE, str(exc)
    raw = _dump(walk.found, session) if walk.found else ""
    return _answer(section, status, raw, session.without_secrets(reason), started, time.monotonic() - began)


class Step(NamedTuple):
    """One resource of a line: what to send, by which paging rule, whether its clock is of interest."""

    method: str
    path: str
    paging: str
    clock: bool
    body: str = ""  # JSON text that is posted, {} in it as in a path


def step(text: str) -> Step:
    """One step of a line. Raises ValueError for what is none."""
    match = re.fullmatch(r"(?:(GET|POST)\s+)?(\S+?)(?:\s+(\{\s*\".+\}))?((?:\s*#[a-z]+)*)", text.strip())
    if match is None:
        raise ValueError(f"not a resource: {text!r}")
    marks = re.findall(r"#([a-z]+)", match.group(4))
    paging = [m for m in marks if m != "clock"]
    paged, clock = paging[0] if paging else "", "clock" in marks
    return Step(match.group(1) or "GET", match.group(2), paged, clock, match.group(3) or "")


@dataclass
class _Walk:
    """Collects the resources of one section."""

    session: Session
    until: float
    found: Json = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)  # what every line came to

    def line(self, line: str) -> None:
        """Follow one line to its ends. Raises OutOfTimeError, LostError."""
        for way in line.split(" || "):
            results = self._way(way)
            if any(got.kind != "unsupported" for got in results):
                break
        self.got += results

    def _way(self, way: str) -> list[Got]:
        if way in ("tls:certificate", "login:answer"):
            told = self.session.certificate() if way.startswith("tls") else Got("ok", self.session.told)
            self._keep(way, told, clock=False)
            return [told]
        parts = way.split(" => ")
        results, places = self._load(step(parts[0]), [self.session.url(step(parts[0]).path)]), []
        for index in range(1, len(parts), 2):
            failed = [got for got, _ in results if got.kind != "ok"]
            places = list(dict.fromkeys(v for got, _ in results for v in _values(got.body, parts[index])))
            if failed:
                return failed
            after = step(parts[index + 1])
            if len(places) > FAN_OUT:
                return [Got("unparsed", None, None, f"{parts[index]} leads to {len(places)} resources")]
            results = self._load(after, [self.session.url(after.path.replace("{}", v)) for v in places], places)
        return [got for got, _ in results] or [Got("ok", {})]

    def _load(self, what: Step, urls: list[str], places: Sequence[str] = ("",)) -> list[tuple[Got, str]]:
        results = []
        for url, place in zip(urls, places, strict=True):
            body = what.body.replace("{}", json.dumps(place)[1:-1])
            got = self.session.get(url, self.until, method=what.method, paging=what.paging, body=body)
            self._keep(f"{url}?{place}" if body else url, got, clock=what.clock)
            results.append((got, url))
        return results

    def _keep(self, path: str, got: Got, *, clock: bool) -> None:
        if got.kind != "ok":
            self.found[path] = {FAILED: got.as_raw()}
        elif clock and isinstance(got.body, dict):
            self.found[path] = {**got.body, RECEIVED: got.received}
        else:
            self.found[path] = got.body

    def result(self) -> tuple[Status, str]:
        """Status and reason: the section is collected when nothing went wrong, or only parts of a list did."""
        for kind in ("unparsed", "denied"):
            bad = [got for got in self.got if got.kind == kind]
            if bad:
                return _status(kind), bad[0].reason
        missing = [got for got in self.got if got.kind == "unsupported"]
        if missing and len(missing) == len(self.got):
            return Status.UNSUPPORTED, missing[0].reason
        return Status.COLLECTED, ""


def _values(body: Any, path: str) -> Iterator[str]:
    """Every text or whole number at a dotted path; lists on the way are walked."""
    word, _, rest = path.partition(".")
    if isinstance(body, list):
        for entry in body:
            yield from _values(entry, path)
    elif isinstance(body, dict) and word in body:
        if rest:
            yield from _values(body[word], rest)
        elif isinstance(body[word], str | int) and not isinstance(body[word], bool):
            yield str(pick(body, word))


def _status(kind: str) -> Status:
    return {"denied": Status.DENIED, "unsupported": Status.UNSUPPORTED}.get(kind, Status.UNPARSED)


def _dump(found: Json, session: Session) -> str:
    text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False).translate(_BREAKS)
    return session.without_secrets(text) + "\n"


def _answer(
    section: Section, status: Status, raw: str = "", reason: str = "", started: str = "", seconds: float = 0.0
) -> Answer:
    return Answer(
        section=section.name, status=status, raw=raw, reason=reason, ask=section.ask, started=started or _now(),
        seconds=round(seconds, 3),
    )  # fmt: skip


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
