"""Manual slots: checks made by hand, their definitions, and the journal their records are kept in.

A journal is a file of JSON lines per asset under `<state>/manual/`. Every line names the digest of the line before it, and
a head file beside it the last one, so that a changed, removed or cut off record is seen. Written by `xunwei.record.manual`
only; read here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.errors import InputError

Json = dict[str, Any]
WORDS = ("normal", "attention", "abnormal")
CHECK_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
FIELDS = ("asset", "by", "check", "note", "photos", "previous", "seq", "time", "value", "verdict", "witness", "written")
AGE_DAYS = 7.0
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_KEYS = frozenset({"name", "title", "max_age_days", "unit", "low", "high", "expect", "photo", "covers"})


@dataclass(frozen=True)
class Check:
    """One check by hand. `low`, `high`: range of the measured number. `expect`: the values that are right."""

    name: str
    title: Mapping[str, str]
    max_age_days: float = AGE_DAYS
    unit: str = ""
    low: float | None = None
    high: float | None = None
    expect: tuple[str, ...] = ()
    photo: bool = False
    covers: tuple[str, ...] = ()  # areas of inspection

    @property
    def numeric(self) -> bool:
        """Whether its value is a number."""
        return bool(self.unit) or self.low is not None or self.high is not None


def checks_of(options: Mapping[str, Any], asset_class: str, variant: str, wanted: Any, where: str) -> list[Check]:
    """The checks of one asset: `wanted` (its `manual_checks`), else those of its variant, else those of its class.

    `options` is the pack's: `checks` {name: definition}, `variants` and `classes` {name: [check]}. Raises InputError
    naming `where`.
    """
    known: Mapping[str, Any] = options["checks"]
    if wanted is None:
        classes = options["classes"]
        wanted = options.get("variants", {}).get(variant) or classes.get(asset_class, classes["default"])
    if not isinstance(wanted, list):
        raise InputError("manual_checks is not a list", where=where)
    found: dict[str, Check] = {}
    for entry in wanted:
        row = entry if isinstance(entry, Mapping) else {"name": entry}
        check = _check(row, known, where)
        if check.name in found:
            raise InputError(f"manual_checks names {check.name!r} twice", where=where)
        found[check.name] = check
    return list(found.values())


def _check(row: Mapping[str, Any], known: Mapping[str, Any], where: str) -> Check:
    name = row.get("name")
    if not isinstance(name, str) or not CHECK_NAME.fullmatch(name):
        raise InputError(f"manual check {str(name)[:60]!r} is not a name", where=where, hint="a-z, 0-9 and _")
    strange = sorted(set(map(str, row)) - _KEYS)
    if strange:
        raise InputError(f"manual check {name} has an unknown key {strange[0]!r}", where=where)
    if name not in known and not row.get("title"):
        hint = f"known: {', '.join(known)}; any other one needs a title"
        raise InputError(f"unknown manual check {name!r}", where=where, hint=hint)
    data = {**known.get(name, {}), **row}
    title = data["title"]
    words = {"zh": title, "en": title} if isinstance(title, str) else title
    if not isinstance(words, Mapping) or not all(words.get(lang) for lang in ("zh", "en")):
        raise InputError(f"title of manual check {name} is not {{zh: …, en: …}}", where=where)
    expect = data.get("expect") or ()
    check = Check(
        name=name,
        title={lang: str(words[lang]) for lang in ("zh", "en")},
        max_age_days=_number(data.get("max_age_days", AGE_DAYS), f"max_age_days of {name}", where),
        unit=str(data.get("unit") or ""),
        low=_number(data["low"], f"low of {name}", where) if data.get("low") is not None else None,
        high=_number(data["high"], f"high of {name}", where) if data.get("high") is not None else None,
        expect=tuple(map(str, expect)) if isinstance(expect, list | tuple) else (str(expect),),
        photo=data.get("photo") is True,
        covers=tuple(map(str, data.get("covers") or ())),
    )
    if check.max_age_days <= 0 or (check.low is not None and check.high is not None and check.low > check.high):
        raise InputError(f"limits of manual check {name} make no sense", where=where)
    return check


def _number(value: Any, what: str, where: str) -> float:
    found = number(str(value)) if not isinstance(value, bool) else None
    if found is None:
        raise InputError(f"{what} is not a number: {str(value)[:40]!r}", where=where)
    return found


def number(text: str) -> float | None:
    """A plain decimal number, or None."""
    return float(text) if re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", text.strip()) else None


# -- the journal -------------------------------------------------------------------------------------------------------


def folder(state: Path) -> Path:
    """Where journals lie; photographs in `photos/` below it."""
    return state / "manual"


def journal_of(state: Path, asset: str) -> Path:
    """An asset's journal: its name where that is a file name, and always a digest of it."""
    digest = hashlib.sha256(asset.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return folder(state) / f"{_UNSAFE.sub('_', asset)[:60].lstrip('.')}~{digest}.jsonl"


def head_of(journal: Path) -> Path:
    """The file that says how many records there are and what the last one's digest is."""
    return journal.with_suffix(".head")


def line_of(entry: Mapping[str, Any]) -> str:
    """A record as its line: sorted keys, no blanks, UTF-8, without line break."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(line: str) -> str:
    """sha256 of a line: what the next line calls `previous`."""
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Journal:
    """What a journal says. `problems`: (1-based line or 0, what is wrong); `head`: digest of the last line."""

    entries: tuple[Json, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    head: str = ""

    def latest(self) -> dict[str, Json]:
        """The newest record of every check, by the time it was made. Nothing of a damaged journal is believed."""
        found: dict[str, Json] = {}
        for entry in () if self.problems else self.entries:
            if entry["check"] not in found or entry["time"] >= found[entry["check"]]["time"]:
                found[entry["check"]] = entry
        return found


def read(state: Path, asset: str) -> Journal:
    """The journal of an asset, checked from end to end, photographs included. Raises OSError when it can't be read."""
    path = journal_of(state, asset)
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        text = ""
    entries: list[Json] = []
    problems: list[tuple[int, str]] = []
    digests = [""]
    lines = text.split("\n")
    if lines.pop():
        problems.append((len(lines) + 1, "the last line is not whole"))
    for place, line in enumerate(lines, start=1):
        entry = _entry(line)
        problem = "is no record" if entry is None else _problem(entry, asset, place, digests[-1], state)
        if problem:
            problems.append((place, problem))
        if entry is not None:
            entries.append(entry)
        digests.append(digest_of(line))
    problems += _head_problems(head_of(path), digests)
    return Journal(tuple(entries), tuple(problems), digests[-1])


def _entry(line: str) -> Json | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or tuple(sorted(entry)) != FIELDS:
        return None
    texts = all(isinstance(entry[k], str) for k in FIELDS if k not in ("photos", "seq"))
    right = texts and isinstance(entry["photos"], list) and entry["verdict"] in WORDS
    return entry if right and all(map(_is_photo, entry["photos"])) else None


def _is_photo(photo: Any) -> bool:
    return (
        isinstance(photo, dict) and set(photo) == {"name", "file", "sha256", "bytes"} and "/" not in str(photo["file"])
    )


def _problem(entry: Json, asset: str, place: int, previous: str, state: Path) -> str:
    if entry["asset"] != asset:
        return f"is a record of {entry['asset'][:80]}"
    if entry["seq"] != place or entry["previous"] != previous:
        return "does not follow the record before it"
    for photo in entry["photos"]:
        try:
            found = hashlib.sha256((folder(state) / "photos" / str(photo["file"])).read_bytes()).hexdigest()
        except OSError:
            return f"photograph {photo['name']} is missing"
        if found != photo["sha256"]:
            return f"photograph {photo['name']} was changed"
    return ""


def _head_problems(path: Path, digests: list[str]) -> Iterator[tuple[int, str]]:
    """A journal may be one record ahead of its head (a writer was killed in between), never behind it."""
    try:
        head = json.loads(path.read_bytes())
        count, digest = int(head["records"]), str(head["digest"])
    except FileNotFoundError:
        if len(digests) > 2:
            yield 0, "its head file is missing"
        return
    except (OSError, ValueError, KeyError, TypeError):
        yield 0, "its head file cannot be read"
        return
    if count >= len(digests):
        yield 0, f"{count} records were kept, {len(digests) - 1} are there"
    elif digests[count] != digest or count < len(digests) - 2:
        yield 0, "it is not the journal its head file was written for"
