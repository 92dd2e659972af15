"""Builds the view model of a run: reads the folder, words it in one language, counts it once for all formats."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from xunwei.catalogue import Catalogue, catalogue
from xunwei.errors import InputError
from xunwei.render import charts, summary
from xunwei.render.run import Run, read
from xunwei.render.shapes import SEVERITIES, Asset, Detail, Finding, Point, Row, Rule, SectionRow, View, Waiver
from xunwei.render.wording import Clock, Wording, settle

Json = dict[str, Any]
PRESENT = ("new", "open", "regressed")


def load(run_dir: Path, lang: str | None = None) -> View:
    """The view of the run in `run_dir`, in `lang` (default: the run's own, else zh).

    Raises InputError for a folder that is not a sealed run, EvidenceError when a file was altered since.
    """
    run = read(run_dir)
    words = catalogue(lang or str(run.run.get("lang") or "zh"))
    return Builder(run, words).view()


FEW = 2  # services that a narrow column names


class Builder:
    """One run on its way to a view."""

    def __init__(self, run: Run, words: Catalogue) -> None:
        self.run, self.words = run, words
        self.clock = Clock(str(run.run.get("timezone") or "Asia/Shanghai"), words)
        self.wording = Wording(words, run, self.clock)
        self.rules = {name: self.rule(name, data, index) for index, (name, data) in enumerate(run.rules.items())}
        self.assets = {a["name"]: self.asset(a, index) for index, a in enumerate(run.assets)}

    def rule(self, name: str, data: Json, index: int) -> Rule:
        t, severity = self.words, str(data.get("severity", "minor"))
        return Rule(
            id=name, title=t.pick(data.get("title")) or name, platform=str(data.get("platform", "")), severity=severity,
            severity_word=t.word("severity", severity), section=str(data.get("section", "")),
            clauses=[str(c) for c in data.get("clauses") or []], duties=[str(d) for d in data.get("duties") or []],
            why=t.pick(data.get("why")) or t("none.text"), remedy=t.pick(data.get("remedy")) or t("none.text"),
            anchor=f"rule-{index + 1}",
        )  # fmt: skip

    def asset(self, data: Json, index: int) -> Asset:
        t, state = self.words, str(data.get("state", "complete"))
        platform, kind = str(data.get("platform", "")), str(data.get("asset_class", ""))
        asset = Asset(
            name=data["name"], anchor=f"asset-{index + 1}", platform=platform, asset_class=kind,
            platform_title=self.wording.platform(platform) or t("none.text"),
            class_title=t.word("class", kind) or t("none.text"),
            site=str(data.get("site") or t("none.site")), owner=str(data.get("owner") or t("none.owner")),
            role=str(data.get("role") or ""), address=str(data.get("address") or t("none.text")),
            host=str(data.get("host") or ""), services=[str(s) for s in data.get("services") or []],
            declared=sorted((t.word("declared", str(k)), str(v)) for k, v in (data.get("declared") or {}).items()),
            state=state, state_word=t.word("state", state), reason=self.unreached(data, state),
            seconds=float(data.get("seconds") or 0), core="core" in str(data.get("role") or "").lower(),
        )  # fmt: skip
        asset.sections = [self.section(platform, record) for record in self.run.records[asset.name]]
        return asset

    def unreached(self, data: Json, state: str) -> str:
        """Why an object was not, or not wholly, collected: the engine's line, or its sections counted by status."""
        if state != "partial":
            return str(data.get("reason") or "")
        whole = ("collected", "empty", "unsupported")
        holes = {str(k): n for k, n in (data.get("sections") or {}).items() if k not in whole}
        return self.words("list.comma").join(f"{self.words.word('status', k)} {n}" for k, n in sorted(holes.items()))

    def section(self, platform: str, record: Json) -> SectionRow:
        t, name, status = self.words, str(record.get("section", "")), str(record.get("status", ""))
        word = t.word("status", status)
        if record.get("reason") and status not in ("collected", "empty"):
            word = t("shown.with_reason", word=word, reason=record["reason"])
        return SectionRow(
            name=name, title=self.wording.section(platform, name), ask=str(record.get("ask") or name), status=status,
            word=word, time=self.clock(str(record.get("started") or "")), seconds=float(record.get("seconds") or 0),
            lines=int(record.get("lines") or 0), sha256=str(record.get("sha256") or ""),
        )  # fmt: skip

    def row(self, data: Json) -> Row:
        t, asset, rule = self.words, self.assets[data["asset"]], self.rules[data["rule"]]
        verdict, checked = str(data["verdict"]), int(data.get("checked", 1))
        told = data.get("reason") if verdict in ("not_collected", "not_applicable") else None
        reason = self.wording.reason(told, asset.platform) if told or verdict == "not_collected" else ""
        seen = verdict not in ("not_collected", "not_applicable", "manual")
        proof = self.wording.proof(data.get("evidence"), asset.name, asset.platform, rule.section, collected=seen)
        measured = str(data.get("measured") or "")
        details = [self.detail(item, asset, rule) for item in data.get("items") or []]
        if not measured and details and verdict not in ("pass", "not_collected", "manual"):
            measured = t("list.semicolon").join(d.shown for d in details[:3])
        shown = self.wording.shown(verdict, measured, reason, checked)
        row = Row(asset.name, rule, verdict, t.word("verdict", verdict), measured, shown, reason,
                  t.pick(data.get("expected")) or t("none.text"), proof, details, checked)  # fmt: skip
        asset.rows.append(row)
        asset.counts[verdict] += 1
        rule.counts[verdict] += 1
        return row

    def detail(self, item: Json, asset: Asset, rule: Rule) -> Detail:
        verdict = str(item.get("verdict", ""))
        reason = self.wording.reason(item.get("reason"), asset.platform) if verdict == "not_collected" else ""
        shown = self.wording.shown(verdict, str(item.get("measured") or ""), reason, 1)
        waiver = item.get("waiver")
        if isinstance(waiver, dict):
            named = {name: str(waiver.get(name) or self.words("none.text")) for name in ("reason", "approver", "until")}
            shown = self.words("shown.waived", measured=shown, **named)
        seen = verdict != "not_collected"
        proof = self.wording.proof(item.get("evidence"), asset.name, asset.platform, rule.section, collected=seen)
        return Detail(str(item.get("key") or ""), verdict, self.words.word("verdict", verdict), shown, proof)

    def finding(self, data: Json) -> Finding:
        t, life, weeks = self.words, str(data.get("lifecycle", "open")), int(data.get("weeks") or 0)
        asset, name = self.assets.get(data["asset"]), str(data["asset"])
        rule = self.rules.get(data["rule"]) or self.rule(
            str(data["rule"]), {"severity": data.get("severity")}, len(self.rules)
        )
        severity, verdict = str(data.get("severity") or rule.severity), str(data.get("verdict", "fail"))
        services = [str(s) for s in data.get("services") or []] or (asset.services if asset else [])
        age = t("age.new") if life == "new" else t(f"age.{life}", n=weeks) if weeks else t(f"age.{life}_week")
        first, last = str(data.get("first_seen") or ""), str(data.get("last_seen") or "")
        was = life == "fixed"  # its evidence is of an earlier run
        proof = self.wording.proof(data.get("evidence"), name, rule.platform, rule.section, collected=not was)
        return Finding(
            id=str(data.get("id", "")), number=0, asset=name, asset_anchor=asset.anchor if asset else "",
            site=asset.site if asset else t("none.site"), asset_class=asset.asset_class if asset else "",
            class_title=asset.class_title if asset else t("none.asset"), rule=rule, key=str(data.get("key") or ""),
            severity=severity, severity_word=t.word("severity", severity), verdict=verdict,
            word=t.word("verdict", verdict),
            lifecycle=life, life_word=t.word("life", life), first_seen=self.clock(first), last_seen=self.clock(last),
            first_time=self.clock.moment(first), last_time=self.clock.moment(last), weeks=weeks,
            runs=int(data.get("runs") or 0),
            age=age, measured=str(data.get("measured") or "") or t("shown.unrecorded"),
            expected=t.pick(data.get("expected")) or t("none.text"),
            proof=proof, services=services,
            services_word=t("list.comma").join(services) or t("none.services"), services_short=self.few(services),
            waived=bool(data.get("waived")),
        )  # fmt: skip

    def few(self, services: list[str]) -> str:
        """All of a short list; of a long one the first few and how many there are."""
        comma = self.words("list.comma")
        if len(services) <= FEW + 1:
            return comma.join(services) or self.words("none.services")
        return self.words("list.more", names=comma.join(services[:FEW]), n=len(services))

    def findings(self) -> tuple[list[Finding], list[Finding], list[Finding]]:
        """Present, fixed and waived ones, worst first, the present ones numbered."""
        rank = {severity: index for index, severity in enumerate(SEVERITIES)}
        every = [self.finding(data) for data in self.run.findings]
        every.sort(key=lambda f: (rank.get(f.severity, 9), f.rule.id, f.verdict != "fail", -f.weeks, f.asset, f.key))
        present = [f for f in every if f.lifecycle in PRESENT and not f.waived]
        for number, finding in enumerate(present, start=1):
            finding.number = number
        fixed = [f for f in every if f.lifecycle == "fixed"]
        return present, fixed, [f for f in every if f.waived and f.lifecycle != "fixed"]

    def waivers(self) -> list[Waiver]:
        t, order = self.words, {"lapsed": 0, "active": 1, "unused": 2}
        rows = [
            Waiver(
                rule=str(w.get("rule", "")), assets=_joined(w.get("assets"), t),
                key=str(w.get("key") or "") or t("none.key"),
                rule_title=self.rules[w["rule"]].title if w.get("rule") in self.rules else t("waiver.pattern"),
                reason=_ticketed(w, t), approver=str(w.get("approver") or t("none.approver")),
                until=str(w.get("until") or t("none.until")), state=str(w.get("state", "")),
                state_word=t.word("waiver_state", str(w.get("state", ""))), matched=len(w.get("matched") or []),
            )
            for w in self.run.waivers
        ]  # fmt: skip
        return sorted(rows, key=lambda w: (order.get(w.state, 9), w.rule, w.assets))

    def history(self, verdicts: Counter[str], findings: list[Finding]) -> list[Point]:
        """Earlier runs and this one, oldest first."""
        points = []
        for past in self.run.history:
            time = self.clock.moment(str(past.get("finished") or ""))
            if time is None:
                raise InputError(
                    f"history entry without a time: {past.get('run_id')!r}", where=str(self.run.path / "history.json")
                )
            points.append(Point(str(past.get("run_id", "")), self.clock(past["finished"]), time,
            int(past.get("assets") or 0),
                                int(past.get("unreachable") or 0), Counter(past.get("counts") or {}),
                                Counter(past.get("findings") or {}), False))  # fmt: skip
        run = self.run.run
        time = self.clock.moment(run["finished"])
        if time is None:
            raise InputError(f"finished is not a time: {run['finished']!r}", where=str(self.run.path / "run.json"))
        unreachable = sum(a.state == "unreachable" for a in self.assets.values())
        counts = Counter(f.severity for f in findings)
        points.append(
            Point(
                run["run_id"], self.clock(run["finished"]), time, len(self.assets), unreachable, verdicts, counts, True
            )
        )
        return points

    def view(self) -> View:
        rows = [self.row(data) for data in self.run.verdicts]
        for asset in self.assets.values():
            settle(asset, self.words)
        present, fixed, waived = self.findings()
        verdicts = Counter(row.verdict for row in rows)
        assets, rules = list(self.assets.values()), list(self.rules.values())
        history = self.history(verdicts, present)
        parts = summary.Parts(assets, rules, present, fixed, waived, self.waivers(), history)
        view = summary.assemble(self.run, self.words, self.clock, parts)
        view.charts = charts.every(view)
        return view


def _ticketed(waiver: Json, words: Catalogue) -> str:
    reason, ticket = str(waiver.get("reason") or words("none.reason")), str(waiver.get("ticket") or "")
    return words("shown.with_reason", word=reason, reason=ticket) if ticket else reason


def _joined(value: Any, words: Catalogue) -> str:
    return (
        words("list.comma").join(str(v) for v in value) if isinstance(value, list) else str(value or words("none.text"))
    )
