"""Ask a vCenter or an ESXi host over the vSphere Web Services API (SOAP): one login, one container view per kind.

A section asks `Type: path, path …` and gets every object of the type with these properties, read page by page with
RetrievePropertiesEx. Other words: `About`, `Licenses`, `Alarms`, `Events: days, category …`, `Certificate`. The raw
answer is `{"type": …, "objects": {id: {path: value}}}`: null where the server has no value, `{"@failed": fault}` where
it gave none: a missing right must not look like a missing thing. Only what reads is called; logged out always.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyVmomi import vim, vmodl

from xunwei.collect.access import Access
from xunwei.collect.https import Channel, Limits, LostError, OutOfTimeError, Target, one_line, without
from xunwei.collect.vsphere_plain import FAILED, Path, Question, dump, options, plain, question, reference
from xunwei.collect.vsphere_stub import MalformedError, Stub, negotiate
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

PAGE = 100  # objects in one answer
MOST = 5000  # objects of one kind
EVENTS = 1000  # what QueryEvents gives at most
LOGOUT_SECONDS = 5.0
STRIKES = 2  # sections in a row that timed out before the server counts as hanging
LIMITS = Limits(requests=400, resource_bytes=32 << 20, total_bytes=96 << 20)
_vim: Any = vim
_vmodl: Any = vmodl
_DENIED = (_vmodl.fault.SecurityError, _vim.fault.InvalidLogin)  # NoPermission and NotAuthenticated are SecurityErrors
_UNSUPPORTED = (_vmodl.fault.NotSupported, _vmodl.fault.MethodNotFound, _vmodl.fault.InvalidType)


class _EmptyError(Exception):
    """There is nothing of the kind asked for."""


class _DeniedError(Exception):
    """The account may not see what was asked for."""


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """One answer per section, in order (`xunwei.collect.access.Ask`)."""
    asked = list(sections)
    with Channel(Target.of(access), LIMITS, deadline) as channel:
        try:
            channel.connect({"Accept": "text/xml", "User-Agent": "xunwei"})
            stub = Stub(channel, negotiate(channel, deadline), deadline)
            session = _Session(stub)
            session.log_in(access.user, access.password)
        except LostError as exc:
            return _all(asked, Status.UNREACHABLE, str(exc))
        except OutOfTimeError as exc:
            return _all(asked, Status.TIMED_OUT, str(exc))
        except MalformedError as exc:
            return _all(asked, Status.UNREACHABLE, str(exc))
        except _DENIED as exc:
            return _all(asked, Status.DENIED, f"login refused: {_fault(exc)}")
        except _vmodl.MethodFault as exc:
            return _all(asked, Status.UNREACHABLE, f"no session: {_fault(exc)}")
        try:
            answers = _ask_all(session, asked)
        finally:
            session.log_out()
    secrets = access.secrets()
    for answer in answers:
        answer.raw, answer.reason = without(answer.raw, secrets), without(answer.reason, secrets)
    return answers


def _ask_all(session: _Session, sections: list[Section]) -> list[Answer]:
    answers: list[Answer] = []
    strikes, lost = 0, ""
    for section in sections:
        if lost:
            answers.append(_answer(section, Status.UNREACHABLE, reason=lost))
            continue
        if strikes >= STRIKES:
            answers.append(_answer(section, Status.TIMED_OUT, reason="the server had stopped answering"))
            continue
        answer = _ask(session, section)
        lost = answer.reason if answer.status is Status.UNREACHABLE else ""
        strikes = strikes + 1 if answer.status is Status.TIMED_OUT else 0
        answers.append(answer)
    return answers


def _ask(session: _Session, section: Section) -> Answer:
    """One section, timed; every way it can end is a status."""
    began, started = time.monotonic(), dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    session.stub.until = min(began + section.timeout, session.stub.channel.deadline)
    status, raw, reason = Status.COLLECTED, "", ""
    try:
        raw = dump(session.answer(question(section.asks[0])))
    except LostError as exc:
        status, reason = Status.UNREACHABLE, str(exc)
    except OutOfTimeError as exc:
        status, reason = Status.TIMED_OUT, str(exc)
    except MalformedError as exc:
        status, reason = Status.UNPARSED, str(exc)
    except _EmptyError as exc:
        status, reason = Status.EMPTY, str(exc)
    except _DeniedError as exc:
        status, reason = Status.DENIED, str(exc)
    except _DENIED as exc:
        status, reason = Status.DENIED, _fault(exc)
    except (*_UNSUPPORTED, ValueError) as exc:
        status, reason = Status.UNSUPPORTED, _fault(exc)
    except _vmodl.MethodFault as exc:
        status, reason = Status.UNPARSED, _fault(exc)
    except (AttributeError, TypeError, KeyError) as exc:  # an object without what the API says every one has
        status, reason = Status.UNPARSED, f"the answer is not complete: {one_line(str(exc))}"
    return _answer(section, status, raw, reason, started, time.monotonic() - began)


@dataclass
class _Session:
    """A session: what the server is, and how each kind of question is answered."""

    stub: Stub
    content: Any = None
    logged_in: bool = False
    hosts_seen: bool | None = field(default=None)

    def log_in(self, user: str, password: str) -> None:
        """Raises what a Stub raises, among it vim.fault.InvalidLogin."""
        instance = _vim.ServiceInstance("ServiceInstance", self.stub)
        self.content = instance.RetrieveContent()
        if self.content is None or self.content.about is None or self.content.sessionManager is None:
            raise MalformedError("the service content is not complete")
        self.content.sessionManager.Login(user, password, None)
        self.logged_in = True

    def log_out(self) -> None:
        """Never raises."""
        if self.logged_in:
            self.stub.until = self.stub.channel.deadline = time.monotonic() + LOGOUT_SECONDS
            with contextlib.suppress(LostError, OutOfTimeError, MalformedError, _vmodl.MethodFault):
                self.content.sessionManager.Logout()

    @property
    def standalone(self) -> bool:
        """Whether this is a single ESXi host."""
        return bool(self.content.about.apiType == "HostAgent")

    def answer(self, asked: Question) -> Any:
        """The data of one section. Raises what the caller turns into a status."""
        special = {
            "About": self._about, "Licenses": self._licenses, "Alarms": self._alarms, "Events": self._events,
            "Certificate": self._certificate,
        }  # fmt: skip
        if asked.kind in special:
            return special[asked.kind](asked)
        return self._objects(asked)

    def _about(self, asked: Question) -> Any:  # noqa: ARG002
        clock = _vim.ServiceInstance("ServiceInstance", self.stub).CurrentTime()
        return {"about": plain(self.content.about), "api": self.stub.versionId.strip('"'), "clock": plain(clock)}

    def _certificate(self, asked: Question) -> Any:  # noqa: ARG002
        got = self.stub.channel.certificate()
        if got.kind != "ok":
            raise MalformedError(got.reason)
        return {"certificate": got.body}

    def _objects(self, asked: Question) -> Any:
        kind = getattr(_vim, asked.kind, None)
        if kind is None or not issubclass(kind, _vim.ManagedEntity):
            raise ValueError(f"no kind of object: {asked.kind}")
        if self.standalone and asked.kind in ("ClusterComputeResource", "DistributedVirtualSwitch"):
            raise ValueError(f"a single host has no {asked.kind}")
        found = self._view(kind, asked.paths)
        if not found:
            self._must_see()
            raise _EmptyError(f"no {asked.kind} here")
        refused = _all_refused(found, asked.paths)
        if refused:
            raise _DeniedError(refused)
        return {"type": asked.kind, "objects": found}

    def _must_see(self) -> None:
        """An account without rights sees an empty inventory; so does nobody else. Raises _DeniedError."""
        if self.hosts_seen is None:
            self.hosts_seen = bool(self._view(_vim.HostSystem, (Path("name"),)))
        if not self.hosts_seen:
            raise _DeniedError("the account sees no host: it needs the Read-only role on the root folder, propagated")

    def _view(self, kind: Any, paths: Sequence[Path]) -> dict[str, Any]:
        view = self.content.viewManager.CreateContainerView(self.content.rootFolder, [kind], True)
        try:
            walk = _vmodl.query.PropertyCollector.TraversalSpec(
                name="view", path="view", skip=False, type=_vim.view.ContainerView
            )
            start = _vmodl.query.PropertyCollector.ObjectSpec(obj=view, skip=True, selectSet=[walk])
            return self._retrieve(kind, [start], paths)
        finally:
            with contextlib.suppress(LostError, OutOfTimeError, MalformedError, _vmodl.MethodFault):
                view.DestroyView()

    def _named(self, objects: Iterable[Any]) -> dict[str, str | None]:
        """{reference: name} of managed entities; null for one whose name may not be read."""
        names: dict[str, str | None] = {}
        by_kind: dict[Any, list[Any]] = {}
        for mo in {reference(o): o for o in objects if o is not None}.values():
            by_kind.setdefault(type(mo), []).append(mo)
        spec = _vmodl.query.PropertyCollector.ObjectSpec
        for kind, members in by_kind.items():
            word = "info.name" if issubclass(kind, _vim.alarm.Alarm) else "name"
            found = self._retrieve(kind, [spec(obj=m) for m in members], (Path(word),))
            for mo in members:
                name = found.get(mo._moId, {}).get(word)
                names[reference(mo)] = name if isinstance(name, str) else None
        return names

    def _retrieve(self, kind: Any, start: list[Any], paths: Sequence[Path]) -> dict[str, Any]:
        """{id: {path: value}}. A path this server does not know is marked for every object."""
        unknown: set[str] = set()
        while True:
            wanted = [p.name for p in paths if p.name not in unknown]
            spec = _vmodl.query.PropertyCollector.FilterSpec(
                objectSet=start,
                propSet=[_vmodl.query.PropertyCollector.PropertySpec(type=kind, all=False, pathSet=wanted)],
            )
            try:
                contents = self._pages(spec)
                break
            except _vmodl.query.InvalidProperty as exc:
                if exc.name not in wanted:
                    raise
                unknown.add(exc.name)
        return {c.obj._moId: _row(c, paths, unknown) for c in contents}

    def _pages(self, spec: Any) -> list[Any]:
        collector = self.content.propertyCollector
        result = collector.RetrievePropertiesEx([spec], _vmodl.query.PropertyCollector.RetrieveOptions(maxObjects=PAGE))
        contents: list[Any] = []
        while result is not None:
            contents += result.objects
            if not result.token:
                break
            if len(contents) >= MOST:
                collector.CancelRetrievePropertiesEx(result.token)
                raise MalformedError(f"more than {MOST} objects")
            result = collector.ContinueRetrievePropertiesEx(result.token)
        return contents

    def _licenses(self, asked: Question) -> Any:  # noqa: ARG002
        manager = self.content.licenseManager
        if manager is None:
            raise ValueError("no licence manager")
        spec = _vmodl.query.PropertyCollector.ObjectSpec(obj=manager)
        paths = (Path("licenses"), Path("evaluation"))
        rows = self._retrieve(_vim.LicenseManager, [spec], paths)
        found: dict[str, Any] = next(iter(rows.values()), {})
        if not isinstance(found.get("licenses"), list):
            raise _DeniedError("the account may not read licences (Global.Licenses)")
        return {"evaluation": found.get("evaluation"), "licenses": [_without_key(entry) for entry in found["licenses"]]}

    def _alarms(self, asked: Question) -> Any:  # noqa: ARG002
        root = self.content.rootFolder
        path = "triggeredAlarmState"
        spec = _vmodl.query.PropertyCollector.FilterSpec(
            objectSet=[_vmodl.query.PropertyCollector.ObjectSpec(obj=root)],
            propSet=[_vmodl.query.PropertyCollector.PropertySpec(type=_vim.Folder, all=False, pathSet=[path])],
        )
        if self.standalone:
            raise ValueError("a single host keeps no alarms")
        contents = self._pages(spec)
        for content in contents:
            for missing in content.missingSet or []:
                raise _DeniedError(f"{missing.path}: {_fault(_bare(missing.fault))}")
        states = [s for c in contents for p in c.propSet for s in p.val]
        names = self._named([s.entity for s in states] + [s.alarm for s in states])
        alarms = [
            {**plain(s), "alarm_name": names.get(reference(s.alarm)), "entity_name": names.get(reference(s.entity))}
            for s in states
        ]
        self._must_see()
        return {"alarms": sorted(alarms, key=lambda a: str(a["key"]))}

    def _events(self, asked: Question) -> Any:
        days, *categories = asked.words
        if self.content.eventManager is None:
            raise ValueError("no event manager")
        clock = _vim.ServiceInstance("ServiceInstance", self.stub).CurrentTime()
        when = _vim.event.EventFilterSpec.ByTime(beginTime=clock - dt.timedelta(days=float(days)))
        found = self.content.eventManager.QueryEvents(_vim.event.EventFilterSpec(time=when, category=categories))
        self._must_see()
        rows = [_event(e) for e in found or []]
        rows.sort(key=lambda r: (str(r.get("createdTime")), int(r.get("key") or 0)))
        return {"categories": categories, "complete": len(rows) < EVENTS, "days": float(days), "events": rows}


def _row(content: Any, paths: Sequence[Path], unknown: set[str]) -> dict[str, Any]:
    """One object: a value, null or a mark for every path that was asked for."""
    given = {p.name: p.val for p in content.propSet or []}
    missing = {m.path: type(_bare(m.fault))._wsdlName for m in content.missingSet or []}
    row: dict[str, Any] = {}
    for path in paths:
        if path.name in given:
            value = given[path.name]
            row[path.name] = options(value, path.keys) if path.keys else plain(value)
        elif path.name in unknown:
            row[path.name] = {FAILED: "InvalidProperty"}
        else:
            fault = missing.get(path.name) or next(
                (f for p, f in missing.items() if path.name.startswith(f"{p}.")), None
            )
            row[path.name] = {FAILED: fault} if fault else None
    return row


def _bare(fault: Any) -> Any:
    """The fault itself: pyVmomi takes it out of its LocalizedMethodFault, where it has one."""
    return getattr(fault, "fault", None) or fault


def _all_refused(found: dict[str, Any], paths: Sequence[Path]) -> str:
    """Why nothing but names could be read of any object; '' when something could."""
    rest = [p.name for p in paths if p.name != "name"]
    values = [row[name] for row in found.values() for name in rest]
    faults = {v[FAILED] for v in values if isinstance(v, dict) and FAILED in v}
    if values and faults and all(isinstance(v, dict) and FAILED in v for v in values):
        return f"no property may be read: {', '.join(sorted(faults))}"
    return ""


def _without_key(entry: Any) -> Any:
    """A licence key is a secret: a digest stands for it."""
    key = str(entry.get("licenseKey", ""))
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return {**{k: v for k, v in entry.items() if k != "licenseKey"}, "id": digest}


def _event(event: Any) -> dict[str, Any]:
    """What is kept of an event; whole events hold hundreds of lines."""
    entities = [getattr(event, n, None) for n in ("vm", "host", "ds", "computeResource", "datacenter")]
    kept = {
        "@type": getattr(event, "eventTypeId", None) or type(event)._wsdlName,
        "createdTime": plain(event.createdTime),
        "entity": next((e.name for e in entities if e is not None and e.name), None),
        "key": plain(event.key),
        "message": one_line(event.fullFormattedMessage or ""),
        "severity": getattr(event, "severity", None),
        "user": event.userName or None,
    }
    return {k: v for k, v in kept.items() if v is not None}


def _fault(exc: BaseException) -> str:
    """A fault as one line: its type and what the server said."""
    said = getattr(exc, "msg", None) or ("" if isinstance(exc, _vmodl.MethodFault) else str(exc))
    name = type(exc)._wsdlName if isinstance(exc, _vmodl.MethodFault) else ""
    return one_line(": ".join(w for w in (name, said) if w))


def _all(sections: list[Section], status: Status, reason: str) -> list[Answer]:
    return [_answer(s, status, reason=reason) for s in sections]


def _answer(
    section: Section, status: Status, raw: str = "", reason: str = "", started: str = "", seconds: float = 0.0
) -> Answer:
    now = started or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Answer(
        section=section.name,
        status=status,
        raw=raw,
        reason=reason,
        ask=section.ask,
        started=now,
        seconds=round(seconds, 3),
    )
