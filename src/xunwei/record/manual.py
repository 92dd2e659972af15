"""Write down what was checked by hand: one line in the asset's journal, photographs copied beside it."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xunwei import slots
from xunwei.dates import DEFAULT_ZONE, iso, zone
from xunwei.errors import EvidenceError, InputError, RefusedError
from xunwei.record.files import write_bytes, write_json

LOCK_SECONDS = 10.0
PHOTO_BYTES = 20 << 20
PHOTOS = 10
TEXT = 2000
AHEAD_SECONDS = 300.0  # clocks differ
# First bytes of the picture formats that are kept, and the ending they get.
_KINDS = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))


@dataclass(frozen=True)
class Finding:
    """What somebody saw. `verdict` may be '' where the check's own range or list of values says it."""

    asset: str
    check: slots.Check
    by: str
    value: str = ""
    verdict: str = ""
    witness: str = ""
    note: str = ""
    time: str = ""  # ISO 8601; '' is now
    photos: Sequence[Path] = ()


def verdict_of(check: slots.Check, value: str) -> str:
    """The word a check's own limits give a value, '' when it has none."""
    found = slots.number(value)
    if check.expect:
        return "normal" if value in check.expect else "abnormal"
    if found is None or (check.low is None and check.high is None):
        return ""
    inside = (check.low is None or found >= check.low) and (check.high is None or found <= check.high)
    return "normal" if inside else "abnormal"


def checked(finding: Finding, now: float) -> slots.Json:
    """The record without its place in a journal. Raises InputError for what is missing or makes no sense."""
    where = f"{finding.asset} {finding.check.name}"
    texts = {"value": finding.value, "by": finding.by, "witness": finding.witness, "note": finding.note}
    for name, text in texts.items():
        if len(text) > TEXT or any(ord(c) < 32 for c in text):
            raise InputError(f"{name} is not one line of at most {TEXT} characters", where=where)
    if not finding.by.strip():
        raise InputError("nobody is named who did it", where=where, hint="--by NAME")
    if finding.check.numeric and slots.number(finding.value) is None:
        unit = f" in {finding.check.unit}" if finding.check.unit else ""
        raise InputError(f"value {finding.value[:40]!r} is not a number{unit}", where=where, hint="--value NUMBER")
    if finding.check.expect and not finding.value:
        raise InputError("has no value", where=where, hint=f"--value, expected: {', '.join(finding.check.expect)}")
    verdict = finding.verdict or verdict_of(finding.check, finding.value)
    if verdict not in slots.WORDS:
        given = f"verdict {verdict!r} is none" if verdict else "has no verdict"
        raise InputError(given, where=where, hint=f"one of {', '.join(slots.WORDS)}")
    return {
        "asset": finding.asset, "check": finding.check.name, "verdict": verdict, **{k: t.strip() for k, t in texts.items()},
        "time": iso(_moment(finding.time, now, where)), "written": iso(now),
    }  # fmt: skip


def _moment(text: str, now: float, where: str) -> float:
    try:
        moment = _local(text) if text else now
    except (ValueError, OverflowError):
        raise InputError(f"time {text[:40]!r} is not a date", where=where, hint="2026-11-25T09:30+08:00") from None
    if moment > now + AHEAD_SECONDS:
        raise InputError(f"time {text[:40]!r} is yet to come", where=where)
    return moment


def _local(text: str) -> float:
    """Epoch seconds of an ISO 8601 time; without a zone it is the site's (forms are filled in by the clock on the wall)."""
    moment = dt.datetime.fromisoformat(text.strip())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone(DEFAULT_ZONE))).timestamp()


def record(state: Path, finding: Finding, now: float | None = None) -> slots.Json:
    """Add one record; returns it. Raises InputError, EvidenceError (journal damaged), RefusedError (locked), OSError."""
    [entry] = record_all(state, [finding], now)
    return entry


def record_all(state: Path, findings: Sequence[Finding], now: float | None = None) -> list[slots.Json]:
    """Add records, everything checked before the first is written; a journal is written once, whole or not at all."""
    moment = time.time() if now is None else now
    entries = [(checked(f, moment), [_photo(Path(p)) for p in _few(f)]) for f in findings]
    with _locked(state):
        for _, photos in entries:
            for meta, data in photos:
                _keep(state, meta, data)
        by_asset: dict[str, list[slots.Json]] = {}
        for entry, photos in entries:
            by_asset.setdefault(entry["asset"], []).append({**entry, "photos": [meta for meta, _ in photos]})
        # Every journal is looked at before the first is written to.
        before = {asset: _sound(state, asset) for asset in by_asset}
        return [e for asset, rows in by_asset.items() for e in _append(state, asset, rows, before[asset])]


def _sound(state: Path, asset: str) -> slots.Journal:
    journal = slots.read(state, asset)
    if journal.problems:
        place, what = journal.problems[0]
        path = slots.journal_of(state, asset)
        where = f"{path}:{place}" if place else str(path)
        raise EvidenceError(f"the journal is damaged: {what}", where=where, hint="bring it back from the backup")
    return journal


def _append(state: Path, asset: str, rows: list[slots.Json], journal: slots.Journal) -> list[slots.Json]:
    path = slots.journal_of(state, asset)
    text = path.read_bytes() if path.exists() else b""
    head, count, added = journal.head, len(journal.entries), []
    for row in rows:
        count += 1
        entry = {**row, "seq": count, "previous": head}
        line = slots.line_of(entry)
        head = slots.digest_of(line)
        text += line.encode("utf-8", "surrogatepass") + b"\n"
        added.append(entry)
        # One by one: a journal whose writer was killed is ahead of its head by one record, no more.
        write_bytes(path, text)
        write_json(slots.head_of(path), {"records": count, "digest": head})
    return added


def _few(finding: Finding) -> Sequence[Path]:
    if len(finding.photos) > PHOTOS:
        raise InputError(f"more than {PHOTOS} photographs", where=f"{finding.asset} {finding.check.name}")
    return finding.photos


def _photo(path: Path) -> tuple[slots.Json, bytes]:
    try:
        with path.open("rb") as stream:
            data = stream.read(PHOTO_BYTES + 1)
    except OSError as exc:
        raise InputError(f"cannot be read: {exc.strerror}", where=str(path)) from None
    if len(data) > PHOTO_BYTES:
        raise InputError(f"is larger than {PHOTO_BYTES >> 20} MiB", where=str(path))
    ending = next((ending for start, ending in _KINDS if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        ending = "webp"
    elif data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        ending = "heic"
    if not ending:
        raise InputError("is no JPEG, PNG, WebP or HEIC picture", where=str(path))
    digest = hashlib.sha256(data).hexdigest()
    name = "".join(c for c in path.name if c.isprintable())[:120]
    return {"name": name, "file": f"{digest}.{ending}", "sha256": digest, "bytes": len(data)}, data


def _keep(state: Path, meta: slots.Json, data: bytes) -> None:
    """The picture as it is (its EXIF data untouched), under its digest: the same one is kept once."""
    target = slots.folder(state) / "photos" / meta["file"]
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not target.exists():
        write_bytes(target, data)


@contextlib.contextmanager
def _locked(state: Path) -> Iterator[None]:
    """One writer at a time; the kernel gives the lock back when a writer dies."""
    root = slots.folder(state)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise RefusedError("somebody else is writing manual records", where=str(root)) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(fd)
