"""Counts and groups what the rows say: scope, conclusion, matrix by class, comparison, clauses.

Everything is recomputed from the details; run.json's own counts are only compared with them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from xunwei.catalogue import Catalogue
from xunwei.render import front
from xunwei.render.run import Run
from xunwei.render.shapes import (
    BUCKETS,
    SEVERITIES,
    Asset,
    ClassRow,
    Clause,
    Finding,
    FindingGroup,
    Missing,
    Point,
    Rule,
    Scope,
    SeverityBlock,
    View,
    Waiver,
)  # fmt: skip
from xunwei.render.wording import Clock, worst

Json = dict[str, Any]
NAMED = 6  # so many names are spelt out in a sentence


def scope_of(assets: list[Asset]) -> Scope:
    """Should, done and not done. Coverage is rounded down: only a whole 100 is shown as 100."""
    total = Counter[str]()
    for asset in assets:
        total.update(asset.counts)
    items = sum(a.items for a in assets)
    judged = sum(a.judged for a in assets)
    reached = sum(a.reached for a in assets)
    return Scope(
        assets=len(assets), reached=reached, not_reached=len(assets) - reached, items=items, judged=judged,
        not_collected=total["not_collected"], manual=total["manual"], not_applicable=total["not_applicable"],
        coverage=judged * 1000 // items / 10 if items else 0.0,
    )  # fmt: skip


def conclude(assets: list[Asset]) -> str:
    """The overall word. Normal only when every object is; none at all when more than half of them were not seen."""
    if any(a.bucket == "fail" for a in assets):
        return "abnormal"
    if sum(not a.reached for a in assets) * 2 > len(assets) or not assets:
        return "undetermined"
    return "normal" if all(a.bucket == "pass" for a in assets) else "attention"


def conclusion_text(
    words: Catalogue, scope: Scope, assets: list[Asset], findings: list[Finding], waived: int
) -> list[str]:
    """The sentences under the overall word."""
    t = words
    lines = [t("conclusion.scope", **{name: getattr(scope, name) for name in Scope.__slots__})]
    if findings:
        severity, verdict = Counter(f.severity for f in findings), Counter(f.verdict for f in findings)
        named = {name: severity[name] for name in SEVERITIES}
        lines.append(t("conclusion.findings", n=len(findings), fail=verdict["fail"], warn=verdict["warn"], **named))
    else:
        lines.append(t("conclusion.no_findings"))
    unseen = [a.name for a in assets if not a.reached]
    if unseen:
        lines.append(t("conclusion.unseen", n=len(unseen), names=_names(words, unseen)))
    core = [a.name for a in assets if a.core and (a.bucket == "not_collected" or a.counts["not_collected"])]
    if core:
        lines.append(t("conclusion.core", n=len(core), names=_names(words, core)))
    if waived:
        lines.append(t("conclusion.waived", n=waived))
    if scope.manual:
        lines.append(t("conclusion.manual", n=scope.manual))
    return lines


def _names(words: Catalogue, names: list[str]) -> str:
    listed = words("list.comma").join(names[:NAMED])
    return listed if len(names) <= NAMED else words("list.more", names=listed, n=len(names))


def by_class(words: Catalogue, assets: list[Asset]) -> list[ClassRow]:
    """A row per asset class, in order of first appearance."""
    groups: dict[str, list[Asset]] = defaultdict(list)
    for asset in assets:
        groups[asset.asset_class].append(asset)
    rows = []
    for kind, members in groups.items():
        buckets = Counter(a.bucket if a.bucket in BUCKETS else "not_collected" for a in members)
        verdict = next(b for b in BUCKETS if buckets[b])
        total = Counter[str]()
        for asset in members:
            total.update(asset.counts)
        word = words(f"verdict.{verdict}")
        rows.append(
            ClassRow(kind, members[0].class_title, len(members), {b: buckets[b] for b in BUCKETS}, verdict, word, total)
        )
    return rows


def blocks_of(words: Catalogue, findings: list[Finding]) -> list[SeverityBlock]:
    """Findings by severity, then by rule; `expected` is said once when it is the same in the whole group."""
    blocks = []
    for severity, members in groupby(findings, key=lambda f: f.severity):
        groups = []
        for _, same in groupby(members, key=lambda f: f.rule.id):
            rows = list(same)
            expected = {f.expected for f in rows}
            groups.append(FindingGroup(rows[0].rule, expected.pop() if len(expected) == 1 else "", rows))
        blocks.append(
            SeverityBlock(severity, words.word("severity", severity), groups, sum(len(g.findings) for g in groups))
        )
    return blocks


def missing_of(words: Catalogue, assets: list[Asset]) -> list[Missing]:
    """What was not inspected: per object and reason, also items inside a verdict; unseen objects first."""
    found: list[Missing] = []
    for asset in assets:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in asset.rows:
            if row.verdict in ("not_collected", "manual"):
                reason = row.reason if row.verdict == "not_collected" else words("shown.manual")
                groups[row.verdict, reason].append(row.rule.title)
                continue
            for item in row.details:
                if item.verdict == "not_collected":
                    groups["not_collected", item.shown].append(f"{row.rule.title} [{item.key}]")
        if not groups and not asset.reached:
            groups["not_collected", asset.reason or asset.note] = []
        for (verdict, reason), items in groups.items():
            whole = not asset.reached
            found.append(Missing(asset.name, asset.anchor, asset.site, asset.asset_class, asset.class_title, verdict,
                                 words(f"verdict.{verdict}"), reason, items, whole,
                                 _items(words, items, whole)))  # fmt: skip
    return sorted(found, key=lambda m: (not m.whole, m.verdict != "not_collected"))


def _items(words: Catalogue, items: list[str], whole: bool) -> str:
    if not items:
        return words("missing.nothing_due")
    return words("missing.whole", n=len(items)) if whole and len(items) > 1 else _names(words, items)


def clauses_of(words: Catalogue, rules: list[Rule]) -> list[Clause]:
    """Clause → rules → verdict counts, in the order of the standard."""
    groups: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for clause in rule.clauses:
            groups[clause].append(rule)
    rows = []
    for clause in sorted(groups, key=_natural):
        total = Counter[str]()
        for rule in groups[clause]:
            total.update(rule.counts)
        bucket = worst(total)
        word = words(f"verdict.{bucket}") if total.total() else words("clause.no_objects")
        rows.append(Clause(clause, groups[clause], total, bucket, word))
    return rows


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[.\s]+", text)]


def notices_of(words: Catalogue, run: Json, assets: list[Asset], verdicts: Counter[str]) -> list[str]:
    """Where run.json says another number than its details do; the report prints what the details say."""
    said = run.get("counts") or {}
    notices = []
    pairs = [("assets", said.get("assets"), len(assets)),
             ("unreachable", said.get("unreachable"), sum(a.state == "unreachable" for a in assets))]  # fmt: skip
    pairs += [(f"verdicts.{name}", n, verdicts[name]) for name, n in (said.get("verdicts") or {}).items()]
    for name, number, counted in pairs:
        if number is not None and number != counted:
            notices.append(words("notice.counts", name=name, said=number, counted=counted))
    return notices


@dataclass(frozen=True)
class Parts:
    """What the builder worded, before it is counted."""

    assets: list[Asset]
    rules: list[Rule]
    present: list[Finding]
    fixed: list[Finding]
    waived: list[Finding]
    waivers: list[Waiver]
    history: list[Point]


def assemble(run: Run, words: Catalogue, clock: Clock, parts: Parts) -> View:
    """All parts of the report put together."""
    assets, present, fixed = parts.assets, parts.present, parts.fixed
    scope, word = scope_of(assets), conclude(assets)
    verdicts = Counter(row.verdict for asset in assets for row in asset.rows)
    lives = Counter(f.lifecycle for f in present)
    comparison = [(life, words.word("life", life), len(fixed) if life == "fixed" else lives[life])
                  for life in ("new", "fixed", "open", "regressed")]  # fmt: skip
    face = front.face(run, words, clock)
    return View(
        words=words, lang=words.lang, kind=face.kind, title=face.title, doc_no=face.doc_no, digest=run.digest,
        files=run.files,
        run_id=face.run_id, started=clock(run.run["started"]), finished=clock(run.run["finished"]),
        started_time=face.started, finished_time=face.finished, date=face.date, week=face.week,
        subtitle=face.subtitle, zone=face.zone,
        pairs=front.pairs(run, words, clock, face, scope), scope=scope, conclusion=word,
        conclusion_word=words(f"conclusion.{word}"),
        conclusion_text=conclusion_text(words, scope, assets, present, verdicts["waived"]), verdicts=verdicts,
        classes=by_class(words, assets), comparison=comparison,
        comparison_text=front.compared_with(run.run, run.history, words, clock),
        assets=assets, rules=parts.rules, findings=present, fixed=fixed, waived=parts.waived,
        blocks=blocks_of(words, present), missing=missing_of(words, assets), waivers=parts.waivers,
        clauses=clauses_of(words, parts.rules), history=parts.history,
        notices=notices_of(words, run.run, assets, verdicts), signatures=front.signatures(run.run, words),
        verify=front.verify(),
    )  # fmt: skip
