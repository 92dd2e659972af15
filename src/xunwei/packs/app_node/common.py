"""Readers of what the packs for software on a host share: processes, ports, units, logs, files, Java."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from xunwei.model import Facts
from xunwei.packs.linux.parts import Part, Parts, number, real, stat_line
from xunwei.parse import Unparsed
from xunwei.parse.logs import Line, cluster

_ROW = re.compile(r"(\d+) (\d+) (\S+) ([\d.]+) (\d+) (\d+) (\d+) (\S+) (\d+|\?) (\d+|unlimited|\?)", re.ASCII)
_SS = re.compile(r"LISTEN\s+(\d+)\s+(\d+)\s+(\S+):(\d+|\*)\s+\S+:\S+(?:\s+users:\((.*)\))?\s*", re.ASCII)
_MESSAGE = re.compile(r"\| (WARN|ERROR|FATAL) (.*)")
_COUNTS = ("lines", "errors", "warnings", "fatal")
_THREADS = re.compile(r"\s*(\d+) ([A-Za-z]) (\S+)", re.ASCII)
_SIZE = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}


def clock(parts: Parts) -> dict[str, int]:
    """`now`, `since` (0: first run), `from`, `uid` of the answer's clock."""
    found = {k: number(v, k) for k, (v, _) in parts.one("clock").pairs().items()}
    if set(found) != {"now", "since", "from", "uid"}:
        raise Unparsed("the clock of the answer is not complete")
    return found


def processes(text: str) -> Facts:
    """{"groups": […]}: one row per pattern, with the sums of its processes; `started` is that of the youngest."""
    parts = Parts(text)
    times = clock(parts)
    groups = [_group(part, times) for part in parts.every("group")]
    if not groups:
        raise Unparsed("no group of processes in the answer")
    names = [g["name"] for g in groups]
    if len(set(names)) != len(names):
        raise Unparsed("a group of processes appears twice")
    return {"groups": groups}


def _group(part: Part, times: dict[str, int]) -> Facts:
    rows = [_process(n, line) for n, line in part.whole().lines]
    fds = [r["fds"] for r in rows]
    shares = [r["fd_percent"] for r in rows]
    youngest = min((r["age"] for r in rows), default=None)
    started = times["now"] - youngest if youngest is not None else None
    return {
        "name": part.argument,
        "count": len(rows),
        "users": sorted({r["user"] for r in rows}),
        "root": any(r["user"] == "root" for r in rows),
        "all_root": bool(rows) and all(r["user"] == "root" for r in rows),
        "cpu_percent": round(sum(r["cpu"] for r in rows), 1),
        "rss_kib": sum(r["rss"] for r in rows),
        "threads": sum(r["threads"] for r in rows),
        "fds": None if None in fds else sum(fds),
        "fd_percent": None if None in shares else max(shares, default=0.0),
        "started": started,
        "restarted": started > times["since"] if started is not None and times["since"] else None,
        "_line": rows[0]["_line"] if rows else part.line,
    }


def _process(n: int, line: str) -> dict[str, Any]:
    match = _ROW.fullmatch(line)
    if match is None:
        raise Unparsed(f"line {n} is not a process: {line[:60]!r}")
    fds = None if match[9] == "?" else int(match[9])
    most = None if match[10] in ("?", "unlimited") else int(match[10])
    share = round(100 * fds / most, 1) if fds is not None and most else None
    return {
        "user": match[3],
        "cpu": real(match[4], "cpu"),
        "rss": int(match[5]),
        "threads": int(match[6]),
        "age": int(match[7]),
        "fds": fds,
        "fd_percent": 0.0 if match[10] == "unlimited" and fds is not None else share,
        "_line": n,
    }


def listening(text: str) -> Facts:
    """{"sockets": […], "root": bool} of `ss -lntp`. `process` is null where the account may not see it."""
    parts = Parts(text)
    times = clock(parts)
    lines = parts.one("ss").whole().lines
    if not lines or not lines[0][1].startswith("State"):
        raise Unparsed("the heading of ss is missing")
    sockets = []
    for n, line in lines[1:]:
        match = _SS.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not a listening socket: {line[:60]!r}")
        names = sorted(set(re.findall(r'\("([^"]+)"', match[5] or "")))
        address = match[3].split("%")[0].strip("[]")
        sockets.append(
            {
                "port": number(match[4], "port"),
                "address": address,
                "queue": int(match[1]),
                "backlog": int(match[2]),
                "open_to_all": address in ("*", "0.0.0.0", "::"),  # noqa: S104 - read, not bound
                "process": ",".join(names) or None,
                "_line": n,
            }
        )
    return {"sockets": sockets, "root": times["uid"] == 0}


def unit(text: str) -> Facts:
    """The loaded unit; `name` is null when none of those asked for exists."""
    rows = [b for b in Parts(text).one("unit").whole().blocks() if b.get("LoadState", ("", 0))[0] == "loaded"]
    if not rows:
        return {"name": None, "active": None, "sub": None, "enabled": None, "restarts": None}
    row = next((r for r in rows if r.get("ActiveState", ("", 0))[0] == "active"), rows[0])
    if not {"ActiveState", "SubState"} <= set(row):
        raise Unparsed(f"the state of {row['Id'][0][:60]} is missing")
    restarts = row.get("NRestarts", ("", 0))[0]
    state = row.get("UnitFileState", ("", 0))[0]
    return {
        "name": row["Id"][0],
        "active": row["ActiveState"][0] == "active",
        "sub": row["SubState"][0],
        "enabled": state in ("enabled", "enabled-runtime", "static", "indirect", "alias", "generated")
        if state
        else None,
        "restarts": number(restarts, "NRestarts") if restarts else None,
        "_line": row["Id"][1],
        "_lines": {"active": row["ActiveState"][1], "enabled": row.get("UnitFileState", row["Id"])[1]},
    }


def logs(text: str) -> Facts:
    """Files with their counts, and the patterns of all their new errors and warnings."""
    parts = Parts(text)
    times = clock(parts)
    files, lines = [], []
    for part in parts.every("log"):
        row, messages = _log(part)
        files.append(row)
        lines += messages
    seen = [f for f in files if f["readable"]]
    known = bool(seen) and all(f["readable"] for f in files)
    return {
        "from": times["from"],
        "first_run": times["since"] == 0,
        "files": files,
        "errors": sum(f["errors"] for f in seen) if known else None,
        "warnings": sum(f["warnings"] for f in seen) if known else None,
        "fatal": sum(f["fatal"] for f in seen) if known else None,
        "complete": known and all(f["complete"] for f in seen),
        "patterns": [
            {"id": p.id, "level": p.level, "template": p.template, "count": p.count, "seen": 1, "_line": p.line}
            for p in cluster(lines)
        ],
    }


def _log(part: Part) -> tuple[Facts, list[Line]]:
    plain = Part(part.name, part.argument, part.line, [], part.failed)
    messages = []
    for n, line in part.whole().raw:
        match = _MESSAGE.fullmatch(line)
        if match is not None:
            messages.append(Line(match[1], match[2], n))
        elif line.startswith("|"):
            raise Unparsed(f"line {n} is not a log line with its level: {line[:60]!r}")
        else:
            plain.raw.append((n, line))
    pairs = plain.pairs()
    exists = pairs.pop("exists", ("", 0))[0]
    if exists not in ("yes", "no", "denied", "skipped"):
        raise Unparsed(f"the log at line {part.line} does not say whether it exists")
    row: Facts = {"path": part.argument, "exists": exists != "no", "readable": exists == "yes", "_line": part.line}
    if exists != "yes":
        return row | dict.fromkeys(("size", "modified", *_COUNTS, "complete")), []
    complete = pairs.pop("complete", ("", 0))[0]
    values = {k: number(v, k) for k, (v, _) in pairs.items()}
    values.setdefault("fatal", 0)
    if complete not in ("yes", "no") or set(values) != {"size", "modified", *_COUNTS}:
        raise Unparsed(f"the counts of the log at line {part.line} are not complete")
    if len(messages) > values["errors"] + values["warnings"]:
        raise Unparsed(f"the log at line {part.line} shows more lines than it counted")
    return row | values | {"complete": complete == "yes"}, messages


def sizes(text: str) -> Facts:
    """{"files": [{path, mib, modified}], "folders": [{path, used_percent, free_mib}]}; null where not readable."""
    parts = Parts(text)
    files = []
    for n, line in parts.one("files").whole().lines:
        match = re.fullmatch(r"(\d+|\?) (\d+|\?) (/.*)", line)
        if match is None:
            raise Unparsed(f"line {n} is not SIZE TIME PATH: {line[:60]!r}")
        size, when = (None if w == "?" else int(w) for w in match.groups()[:2])
        mib = None if size is None else round(size / (1 << 20), 2)
        files.append({"path": match[3], "mib": mib, "modified": when, "_line": n})
    folders = []
    for n, line in parts.one("folders").whole().lines:
        folders.append(disk(n, line))
    return {"files": files, "folders": list({f["path"]: f for f in folders}.values())}


def disk(n: int, line: str) -> Facts:
    """A row of `df -PTk`."""
    match = re.fullmatch(r"(\S.*?)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)%\s+(/.*)", line)
    if match is None:
        raise Unparsed(f"line {n} is not a row of df: {line[:60]!r}")
    return {"path": match[7], "used_percent": float(match[6]), "free_mib": int(match[5]) // 1024, "_line": n}


def files(text: str) -> Facts:
    """{"files": […]} of `mode owner:group path` rows; a file that may not be looked at has null bits."""
    rows = []
    for n, line in Parts(text).one("files").whole().lines:
        if line.startswith("? ?:? /"):
            blank = dict.fromkeys(("mode", "owner", "group", "user_bits", "group_bits", "other_bits"))
            rows.append({"path": line[6:], **blank, "_line": n})
        else:
            rows.append(stat_line(n, line))
    return {"files": rows}


def threads(text: str) -> Facts:
    """Threads of a Java process by state (R, S, D …) and by name."""
    pools: dict[str, int] = {}
    states: dict[str, int] = {}
    for n, line in Parts(text).one("threads").whole().lines:
        match = _THREADS.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not COUNT STATE NAME: {line[:60]!r}")
        pools[match[3]] = pools.get(match[3], 0) + int(match[1])
        states[match[2]] = states.get(match[2], 0) + int(match[1])
    if not pools:
        raise Unparsed("a process without threads")
    rows = [{"name": k, "count": v} for k, v in sorted(pools.items(), key=lambda p: (-p[1], p[0]))]
    return {"total": sum(states.values()), "blocked_in_io": states.get("D", 0), "states": states, "pools": rows}


def heap(text: str) -> Facts:
    """Heap and collections of `jstat -gc` (JDK 8 and later; absent columns, such as those of ZGC, are null)."""
    parts = Parts(text)
    age = number(parts.one("age").whole().lines[0][1].strip(), "age") if parts.one("age").lines else 0
    lines = parts.one("gc").whole().lines
    if len(lines) != 2 or age <= 0:
        raise Unparsed("jstat did not give a heading and one row")
    names, values = lines[0][1].split(), lines[1][1].split()
    if len(names) != len(values) or not {"OC", "OU", "YGC"} <= set(names):
        raise Unparsed("the columns of jstat are not those of -gc")
    row = {k: None if v == "-" else real(v, k) for k, v in zip(names, values, strict=True)}
    full, used, size = row.get("FGC"), row["OU"], row["OC"]
    spent = row.get("GCT")
    collections = [
        {"name": "all", "young": _int(row["YGC"]), "full": _int(full), "spent_ms": _int(spent and spent * 1000)}
    ]
    return {
        "age_seconds": age,
        "old_used_mib": None if used is None else round(used / 1024, 1),
        "old_percent": round(100 * used / size, 1) if used is not None and size else None,
        "metaspace_mib": None if row.get("MU") is None else round((row["MU"] or 0) / 1024, 1),
        "full_per_hour": None if full is None else round(full * 3600 / age, 2),
        "gc_percent": None if spent is None else round(100 * spent / age, 3),
        "collections": collections,
        "_line": lines[1][0],
    }


def _int(value: float | None) -> int | None:
    return None if value is None else int(value)


def jvm(text: str) -> Facts:
    """What the running Java was started with, as far as it is kept."""
    parts = Parts(text)
    options = [line.strip() for _, line in parts.one("options").whole().lines]
    if any(not o.startswith("-") for o in options):
        raise Unparsed("a line among the options is none")
    total = re.match(r"MemTotal:\s+(\d+) kB", "".join(t for _, t in parts.one("memory").lines))
    debug = [o for o in options if o.startswith(("-agentlib:jdwp", "-Xrunjdwp"))]
    jmx = {k.removeprefix("-Dcom.sun.management.jmxremote"): v for k, _, v in (o.partition("=") for o in options)}
    port = next((v for k, v in jmx.items() if k == ".port"), None)
    largest = _memory(options, "-Xmx", "-XX:MaxHeapSize=")
    memory = int(total[1]) // 1024 if total else None
    return {
        "options": options,
        "xmx_mib": largest,
        "xms_mib": _memory(options, "-Xms", "-XX:InitialHeapSize="),
        "heap_of_memory_percent": round(100 * largest / memory, 1) if largest and memory else None,
        "heap_dump": any(o.startswith("-XX:+HeapDumpOnOutOfMemoryError") for o in options),
        "gc_log": any(o.startswith(("-Xlog:gc", "-Xloggc:")) for o in options),
        "debug_open": any(not re.search(r"address=(127\.|localhost|\[?::1)", o) for o in debug),
        "debug": bool(debug),
        "jmx_open": port is not None and jmx.get(".authenticate", "true") == "false",
    }


def _memory(options: Iterable[str], *prefixes: str) -> int | None:
    """MiB of the last option with one of these prefixes (the last one wins in Java)."""
    found = None
    for option in options:
        for prefix in prefixes:
            match = re.fullmatch(re.escape(prefix) + r"(\d+)([bBkKmMgGtT]?)", option)
            if match:
                found = int(match[1]) * _SIZE[match[2].lower()] // (1 << 20)
    return found
