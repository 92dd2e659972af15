"""Read what was checked by hand: no network, only the journal of the asset under the state directory.

The asset's `manual_checks` says which checks there are; without it, the pack's `options`: `variants` by asset_variant, else
`classes` by class. The setting `of` names another asset whose journal is meant. `ask` is one of the words in `QUESTIONS`;
the answer is one JSON object a line.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator, Sequence

from xunwei import slots
from xunwei.collect.access import Access
from xunwei.errors import InputError
from xunwei.model import Answer
from xunwei.pack import Pack, Section
from xunwei.words import Status

Rows = Iterator[slots.Json]


def ask(access: Access, pack: Pack, sections: Sequence[Section], *, deadline: float) -> list[Answer]:  # noqa: ARG001
    """One answer per section (`xunwei.collect.access.Ask`); damaged journals are answers, not errors."""
    asset = access.asset
    wanted = access.settings.get("manual_checks")
    try:
        checks = slots.checks_of(pack.options, asset.asset_class, asset.variant, wanted, f"asset {asset.name}")
        journal = slots.read(access.state, access.setting("of", asset.name))
    except InputError as exc:
        return [_answer(s, Status.UNPARSED, "", str(exc)) for s in sections]
    except OSError as exc:
        return [_answer(s, Status.DENIED, "", f"the journal cannot be read: {exc.strerror}") for s in sections]
    return [_ask(section, checks, journal) for section in sections]


def _ask(section: Section, checks: list[slots.Check], journal: slots.Journal) -> Answer:
    make = QUESTIONS.get(section.ask)
    if make is None:
        return _answer(section, Status.UNSUPPORTED, "", f"nothing is known under {section.ask!r}")
    rows = list(make(checks, journal))
    text = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    return _answer(section, Status.COLLECTED if rows else Status.EMPTY, text, "")


def _answer(section: Section, status: Status, raw: str, reason: str) -> Answer:
    began = dt.datetime.fromtimestamp(time.time(), dt.UTC).isoformat(timespec="seconds")
    return Answer(section.name, status, raw, reason, section.ask, None, began, 0.0)


def _checks(checks: list[slots.Check], journal: slots.Journal) -> Rows:
    """{check, title, unit, low, high, expect, photo, max_age_days, record}: `record` null where there is none."""
    latest = journal.latest()
    for check in checks:
        entry = latest.get(check.name)
        yield {
            "check": check.name, "title": dict(check.title), "unit": check.unit, "low": check.low, "high": check.high,
            "expect": list(check.expect), "photo": check.photo, "max_age_days": check.max_age_days,
            "record": None if entry is None else {k: entry[k] for k in slots.FIELDS if k not in ("asset", "check")},
        }  # fmt: skip


def _journal(checks: list[slots.Check], journal: slots.Journal) -> Rows:
    """{records, photos, head, problems, unknown}, then one line per problem: {line, problem}."""
    known = {c.name for c in checks}
    yield {
        "records": len(journal.entries),
        "photos": len({p["sha256"] for e in journal.entries for p in e["photos"]}),
        "head": journal.head,
        "problems": len(journal.problems),
        "unknown": sorted({e["check"] for e in journal.entries} - known),
    }
    for place, problem in journal.problems:
        yield {"line": place, "problem": problem}


QUESTIONS: dict[str, Callable[[list[slots.Check], slots.Journal], Rows]] = {"checks": _checks, "journal": _journal}
