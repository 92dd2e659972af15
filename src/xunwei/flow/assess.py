"""Parse and evaluate what a run collected. Used when a run is concluded, and again years later with newer rules."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xunwei import pack as packs
from xunwei.evaluate import Compiled, SectionView, changes, compile_rules, judge
from xunwei.model import Answer, Asset, Json, Judgement, Record
from xunwei.pack import Pack, Section
from xunwei.parse.engine import parse
from xunwei.words import Status

# Statuses that leave a hole in an asset's inspection; `empty` and `unsupported` are answers.
DERIVED = "derived"  # the collector of packs that are asked about other assets' facts, when all are known
HOLES = (Status.TIMED_OUT, Status.DENIED, Status.UNPARSED, Status.UNREACHABLE, Status.STALE)


@dataclass
class Assessment:
    """What became of every asset of a run."""

    assets: list[Json] = field(default_factory=list)  # the denominator: asset + state, reason, sections, seconds
    records: dict[str, list[Record]] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    rules: Json = field(default_factory=dict)
    sections: Json = field(default_factory=dict)
    courses: list[Json] = field(default_factory=list)  # values that later runs compare with
    made: dict[str, list[Answer]] = field(default_factory=dict)  # answers made from other assets' facts
    packs: Json = field(default_factory=dict)


class Assessor:
    """Loads each pack once and assesses assets one by one."""

    def __init__(self, now: float, earlier: Mapping[str, Json] | None = None) -> None:
        """`earlier`: asset → section → [{time, values}], newest first: what past runs saw."""
        self.now = now
        self.earlier = earlier or {}
        self.result = Assessment()
        self._packs: dict[str, tuple[Pack, list[Compiled]]] = {}

    def asset(self, asset: Asset, answers: Iterable[Answer]) -> None:
        """Parse, then judge one asset. Answers of sections the pack no longer has are left out."""
        pack, rules = self._pack(asset.platform)
        views: dict[str, SectionView] = {}
        records: list[Record] = []
        given = {a.section: a for a in answers if a.section in pack.sections}
        for name, section in pack.sections.items():
            if not section.is_for(asset.asset_class, asset.variant):
                continue
            answer = given.get(name) or Answer(name, Status.UNREACHABLE, reason="no answer was recorded")
            record = _record(pack, answer)
            records.append(record)
            self._compare(asset, section, record)
            views[name] = SectionView(
                record.status, record.facts, record.reason, section.ask, record.started, answer.raw
            )
        if pack.collector == DERIVED:
            self.result.made[asset.name] = list(given.values())
        self.result.records[asset.name] = records
        self.result.assets.append(_row(asset, records))
        self.result.judgements += judge(asset, views, rules, self.now)

    def _compare(self, asset: Asset, section: Section, record: Record) -> None:
        """Set the answer beside those of earlier runs, and keep what later ones need."""
        values = changes.course(section, record.facts)
        if record.facts is None or values is None:
            return
        changes.add(section, record.facts, record.started, self.earlier.get(asset.name, {}).get(section.name, ()))
        row = {"asset": asset.name, "section": section.name, "time": record.started, "values": values}
        self.result.courses.append(row)

    def _pack(self, platform: str) -> tuple[Pack, list[Compiled]]:
        if platform not in self._packs:
            pack = packs.load(platform)
            rules = compile_rules(pack)
            self._packs[platform] = (pack, rules)
            self.result.packs[platform] = {"digest": pack.digest(), "rules": len(rules)}
            self.result.rules.update({c.rule.id: _rule(c) for c in rules})
            self.result.sections[platform] = {
                "title": pack.title,
                "sections": {s.name: {"title": s.title, "ask": s.ask} for s in pack.sections.values()},
            }
        return self._packs[platform]


def _record(pack: Pack, answer: Answer) -> Record:
    raw = answer.raw.encode("utf-8", "surrogateescape")
    record = Record(
        answer.section, answer.status, answer.reason, answer.ask, answer.exit_code, answer.started, answer.seconds
    )
    record.lines = raw.count(b"\n")
    record.sha256 = hashlib.sha256(raw).hexdigest() if raw else ""
    if answer.status in (Status.COLLECTED, Status.EMPTY):
        parsed = parse(pack, answer.section, answer.raw)
        record.status, record.facts, record.reason = parsed.status, parsed.facts, parsed.reason
    return record


def _row(asset: Asset, records: list[Record]) -> Json:
    counts = Counter(r.status.value for r in records)
    state, reason = "complete", ""
    if records and counts[Status.UNREACHABLE] == len(records):
        state, reason = "unreachable", next((r.reason for r in records if r.reason), "no answer")
    elif any(counts[s] for s in HOLES):
        state = "partial"
        reason = ", ".join(f"{s.value} {counts[s]}" for s in HOLES if counts[s])
    seconds = round(sum(r.seconds for r in records), 3)
    return {**asset.as_json(), "state": state, "reason": reason, "sections": dict(counts), "seconds": seconds}


def _rule(compiled: Compiled) -> Json:
    rule = compiled.rule
    return {
        "title": rule.title, "platform": rule.platform, "severity": rule.severity.value, "section": rule.section,
        "clauses": list(rule.clauses), "duties": list(rule.duties), "why": rule.why, "remedy": rule.remedy,
        "limits": dict(rule.limits),
    }  # fmt: skip
