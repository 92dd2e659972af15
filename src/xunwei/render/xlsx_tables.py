"""The tables of the ledger: columns with kind and width, rows as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xunwei.render.shapes import SEVERITIES, VERDICTS, Finding, View


@dataclass(frozen=True)
class Column:
    """`name` is a message key, column.<name> when it has no dot; `kind` is text, wrap, number, decimal, time or day;
    `width` is in characters."""

    name: str
    kind: str = "text"
    width: float = 14

    @property
    def key(self) -> str:
        return self.name if "." in self.name else f"column.{self.name}"


@dataclass(frozen=True)
class Table:
    name: str  # message key sheet.<name>
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]
    frozen: int  # columns that stay while scrolling


def _c(spec: str) -> tuple[Column, ...]:
    """`name:kind:width …` as columns."""
    parts = [word.split(":") for word in spec.split()]
    return tuple(Column(p[0], p[1] if len(p) > 1 else "text", float(p[2]) if len(p) > 2 else 14) for p in parts)


FINDINGS = _c(
    "number:number:6 severity:text:8 verdict:text:10 asset:text:18 class:text:16 site:text:16 item:text:28 key:text:14 "
    "measured:wrap:30 expected:wrap:30 life:text:10 weeks:number:9 runs:number:9 first_seen:time:19 last_seen:time:19 "
    "services:wrap:20 remedy:wrap:40 why:wrap:30 command:wrap:28 line:number:7 raw:wrap:50 time:text:19 "
    "clauses:text:18 rule:text:34 waived:text:10"
)
ASSETS = _c(
    "asset:text:18 conclusion:text:12 note:wrap:40 class:text:16 platform:text:20 site:text:16 address:text:16 "
    "owner:text:12 role:text:10 services:wrap:20 state:text:14 reason:wrap:36 items:number:10 judged:number:9"
)
RESULTS = _c(
    "asset:text:18 class:text:16 site:text:16 item:text:28 verdict:text:10 severity:text:8 measured:wrap:34 "
    "expected:wrap:30 command:text:28 line:number:7 raw:text:50 time:text:19 clauses:text:18 rule:text:34 "
    "checked:number:9"
)
MISSING = _c(
    "asset:text:18 class:text:16 site:text:16 verdict:text:10 item:text:30 key:text:16 reason:wrap:50 rule:text:34"
)
WAIVERS = _c(
    "status:text:10 rule:text:30 item:text:24 scope:text:18 key:text:12 reason:wrap:44 approver:text:12 until:day:12 "
    "matched:number:8"
)
HISTORY = _c("run:text:28 finished:time:19 assets:number:9 unreachable:number:10")


def tables(view: View) -> Iterator[Table]:
    """Every sheet after the overview, in order."""
    yield Table("findings", FINDINGS, (_finding(view, f) for f in [*view.findings, *view.waived, *view.fixed]), 4)
    verdicts = tuple(Column(f"verdict.{v}", "number", 11) for v in VERDICTS)
    yield Table(
        "assets",
        (*ASSETS, *verdicts, Column("seconds", "decimal", 11), Column("host"), Column("declared", "wrap", 30)),
        _assets(view),
        1,
    )
    yield Table("results", RESULTS, _results(view), 1)
    yield Table("missing", MISSING, _missing(view), 1)
    yield Table("waivers", WAIVERS, _waivers(view), 2)
    counts = tuple(
        Column(f"verdict.{v}", "number", 11)
        for v in ("pass", "warn", "fail", "not_collected", "not_applicable", "waived")
    )
    severities = tuple(Column(f"severity.{s}", "number", 11) for s in SEVERITIES)
    yield Table("history", (*HISTORY, *counts, *severities), _history(view), 1)


def _finding(view: View, f: Finding) -> tuple[Any, ...]:
    yes = view.t("yes" if f.waived else "no")
    number = f.number or f.life_word
    return (
        number, f.severity_word, f.word, f.asset, f.class_title, f.site, f.rule.title, f.key or view.t("none.key"),
        f.measured, f.expected,
        f.life_word, f.weeks, f.runs, f.first_time or f.first_seen, f.last_time or f.last_seen, f.services_word,
        f.rule.remedy,
        f.rule.why, f.proof.command, f.proof.line, f.proof.text, f.proof.time, _clauses(view, f.rule.clauses),
        f.rule.id, yes,
    )  # fmt: skip


def _clauses(view: View, clauses: list[str]) -> str:
    return view.t("list.comma").join(clauses) or view.t("none.text")


def _assets(view: View) -> Iterator[tuple[Any, ...]]:
    t = view.t
    for a in view.assets:
        declared = t("list.semicolon").join(f"{k} {v}" for k, v in a.declared) or t("none.text")
        yield (
            a.name, a.word, a.note, a.class_title, a.platform_title, a.site, a.address, a.owner,
            a.role or t("none.text"),
            t("list.comma").join(a.services) or t("none.services"), a.state_word, a.reason or t("none.findings"),
            a.items, a.judged,
            *(a.counts[v] for v in VERDICTS), a.seconds, a.host or t("none.findings"), declared,
        )  # fmt: skip


def _results(view: View) -> Iterator[tuple[Any, ...]]:
    for asset in view.assets:
        for row in asset.rows:
            proof, rule = row.proof, row.rule
            yield (
                asset.name, asset.class_title, asset.site, rule.title, row.word, rule.severity_word, row.shown,
                row.expected,
                proof.command, proof.line, proof.text, proof.time, _clauses(view, rule.clauses), rule.id, row.checked,
            )  # fmt: skip


def _missing(view: View) -> Iterator[tuple[Any, ...]]:
    """Long form: one row per check, and per item inside a check, that was not made."""
    t = view.t
    for asset in view.assets:
        head = (asset.name, asset.class_title, asset.site)
        if not asset.reached and not any(r.verdict in ("not_collected", "manual") for r in asset.rows):
            word = t("verdict.not_collected")
            yield (*head, word, t("missing.nothing_due"), t("none.key"), asset.reason or asset.note, t("none.text"))
        for row in asset.rows:
            if row.verdict in ("not_collected", "manual"):
                yield (*head, row.word, row.rule.title, t("none.key"), row.reason or row.shown, row.rule.id)
                continue
            for item in row.details:
                if item.verdict == "not_collected":
                    yield (*head, item.word, row.rule.title, item.key, item.shown, row.rule.id)


def _waivers(view: View) -> Iterator[tuple[Any, ...]]:
    for w in view.waivers:
        try:
            until: datetime | str = datetime.fromisoformat(w.until)
        except ValueError:
            until = w.until
        yield (w.state_word, w.rule, w.rule_title, w.assets, w.key, w.reason, w.approver, until, w.matched)


def _history(view: View) -> Iterator[tuple[Any, ...]]:
    for p in view.history:
        verdicts = tuple(p.verdicts[v] for v in ("pass", "warn", "fail", "not_collected", "not_applicable", "waived"))
        yield (p.run_id, p.time, p.assets, p.unreachable, *verdicts, *(p.findings[s] for s in SEVERITIES))
