"""report.json: the whole report for machines, codes and words side by side; the numbers of every other format."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from xunwei.render.shapes import Asset, Finding, Proof, Row, View

SCHEMA = "xunwei.report/1"
Json = dict[str, Any]


def render(view: View) -> bytes:
    """UTF-8 JSON, keys in a fixed order."""
    return (json.dumps(document(view), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def document(view: View) -> Json:
    """The report as JSON values."""
    return {
        "schema": SCHEMA, "report_id": view.doc_no, "data_sha256": view.digest, "kind": view.kind, "title": view.title,
        "lang": view.lang, "run_id": view.run_id, "started": view.started_time.isoformat(),
        "finished": view.finished_time.isoformat(),
        "cover": dict(view.pairs["cover"]), "overview": dict(view.pairs["overview"]), "notices": view.notices,
        "versions": dict(view.pairs["versions"]), "packs": dict(view.pairs["packs"]), "scope": asdict(view.scope),
        "conclusion": {"code": view.conclusion, "word": view.conclusion_word, "text": view.conclusion_text},
        "counts": {"verdicts": dict(sorted(view.verdicts.items())), "findings": {s: n for s, _, n in view.severities},
                   "lifecycle": {life: n for life, _, n in view.comparison}},
        "classes": [{"class": c.asset_class, "title": c.title, "assets": c.assets, "objects": c.buckets,
        "conclusion": c.verdict,
                     "word": c.word, "verdicts": dict(sorted(c.rows.items()))} for c in view.classes],
        "findings": [_finding(f) for f in view.findings], "fixed": [_finding(f) for f in view.fixed],
        "waived": [_finding(f) for f in view.waived], "assets": [_asset(a) for a in view.assets],
        "not_inspected": [{"asset": m.asset, "verdict": m.verdict, "reason": m.reason, "whole": m.whole,
        "checks": m.items}
                          for m in view.missing],
        "waivers": [asdict(w) for w in view.waivers],
        "clauses": [{"clause": c.clause, "rules": [r.id for r in c.rules], "verdicts": dict(sorted(c.counts.items())),
                     "conclusion": c.bucket, "word": c.word} for c in view.clauses],
        "rules": {r.id: {"title": r.title, "platform": r.platform, "severity": r.severity, "section": r.section,
        "clauses": r.clauses,
                         "duties": r.duties, "why": r.why, "remedy": r.remedy,
                         "verdicts": dict(sorted(r.counts.items()))}
                  for r in view.rules},
        "history": [{"run_id": p.run_id, "finished": p.time.isoformat(), "assets": p.assets,
        "unreachable": p.unreachable,
                     "verdicts": dict(sorted(p.verdicts.items())), "findings": dict(sorted(p.findings.items())),
                     "current": p.current} for p in view.history],
        "verdicts": [_row(row) for row in view.rows],
    }  # fmt: skip


def _proof(proof: Proof) -> Json:
    return {
        "section": proof.section,
        "command": proof.command,
        "line": proof.line,
        "text": proof.text,
        "time": proof.time,
    }


def _row(row: Row) -> Json:
    return {
        "asset": row.asset, "rule": row.rule.id, "verdict": row.verdict, "word": row.word,
        "severity": row.rule.severity,
        "measured": row.shown, "expected": row.expected, "reason": row.reason, "evidence": _proof(row.proof),
        "items": [{"key": d.key, "verdict": d.verdict, "measured": d.shown,
        "evidence": _proof(d.proof)} for d in row.details],
        "checked": row.checked,
    }  # fmt: skip


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.id, "number": finding.number, "asset": finding.asset, "site": finding.site,
        "class": finding.asset_class,
        "rule": finding.rule.id, "title": finding.rule.title, "key": finding.key, "severity": finding.severity,
        "verdict": finding.verdict, "lifecycle": finding.lifecycle, "first_seen": finding.first_seen,
        "last_seen": finding.last_seen, "weeks": finding.weeks, "runs": finding.runs, "measured": finding.measured,
        "expected": finding.expected, "evidence": _proof(finding.proof), "services": finding.services,
        "waived": finding.waived,
        "remedy": finding.rule.remedy,
    }  # fmt: skip


def _asset(asset: Asset) -> Json:
    return {
        "name": asset.name, "platform": asset.platform, "class": asset.asset_class, "site": asset.site,
        "owner": asset.owner,
        "role": asset.role, "address": asset.address, "host": asset.host, "services": asset.services,
        "declared": dict(asset.declared), "state": asset.state, "reason": asset.reason, "conclusion": asset.bucket,
        "word": asset.word, "note": asset.note, "verdicts": dict(sorted(asset.counts.items())),
        "seconds": asset.seconds,
        "sections": [asdict(section) for section in asset.sections],
    }  # fmt: skip
