"""What the PDF shows, as plain values for the typst template. Long detail tables are left to the XLSX; it says so."""

from __future__ import annotations

from typing import Any

from xunwei.render.fonts import Face
from xunwei.render.shapes import CHAPTERS, SEVERITIES, Asset, Finding, FindingGroup, Rule, SeverityBlock, View

# Detail tables longer than this are left to the XLSX; findings beyond it are listed in short.
LIMIT = 300
TITLES = 6
CLAUSE_COLUMNS = ("pass", "warn", "fail", "not_collected", "manual", "waived", "not_applicable")
Json = dict[str, Any]


def document(view: View, face: Face) -> Json:
    """Everything the template reads from data.json."""
    t = view.words
    rest = view.findings[LIMIT:]
    sheets, cut = _sheets(view)
    missing_cut = t("text.long_table", n=len(view.missing), shown=LIMIT) if len(view.missing) > LIMIT else ""
    rules_cut = t("text.assets_left", n=len(view.rules), limit=LIMIT) if len(view.rules) > LIMIT else ""
    return {
        "words": t.messages, "lang": view.lang, "bold": face.bold,
        "fonts": {"body": face.body, "head": face.head, "mono": face.mono},
        "title": view.title, "doc_no": view.doc_no, "digest": view.digest, "subtitle": view.subtitle,
        "page": t("text.page", page="\n", pages="\n").split("\n"), "customer": view.pairs["cover"][2][1],
        "chapters": {n: t("chapter_number", n=t(f"number.{i}")) + t(f"chapter.{n}") for i,
        n in enumerate(CHAPTERS, start=1)},
        **{name: view.pairs[name] for name in ("cover", "overview", "versions", "packs")}, "notices": view.notices,
        "conclusion": view.conclusion, "conclusion_word": view.conclusion_word, "conclusion_text": view.conclusion_text,
        "classes": [{"title": c.title, "assets": c.assets, "verdict": c.verdict, "word": c.word,
                     "buckets": [c.buckets[b] for b in ("pass", "warn", "fail",
                     "not_collected")]} for c in view.classes],
        "comparison_text": view.comparison_text, "comparison": [(word, count) for _, word, count in view.comparison],
        "blocks": [_block(view, b) for b in view.blocks if b.groups[0].findings[0].number <= LIMIT],
        "rest": [_short(f) for f in rest], "rest_text": t("text.findings_rest", n=len(rest)),
        "fixed": [_short(f) for f in view.fixed], "waived": [_short(f) for f in view.waived],
        "assets": [{"number": i, "name": a.name, "core": a.core, "class": a.class_title, "site": a.site,
        "state": a.state_word,
                    "items": a.items, "judged": a.judged, "bucket": a.bucket, "word": a.word, "note": a.note}
                   for i, a in enumerate(view.assets, start=1)],
        "missing": [{"asset": m.asset, "class": m.class_title, "verdict": m.verdict, "word": m.word, "reason": m.reason,
                     "shown": m.shown} for m in view.missing[:LIMIT]],
        "missing_cut": missing_cut,
        "waivers": [{"state": w.state, "word": w.state_word, "title": w.rule_title, "rule": w.rule,
        "assets": f"{w.assets} · {w.key}",
                     "reason": w.reason, "approver": w.approver, "until": w.until,
                     "matched": w.matched} for w in view.waivers],
        "clauses": [{"clause": c.clause, "titles": _titles(view, c.rules),
        "counts": [c.counts[v] for v in CLAUSE_COLUMNS],
                     "bucket": c.bucket, "word": c.word} for c in view.clauses],
        "sheets": sheets, "sheets_cut": cut, "verify_intro": t("verify.intro", n=view.files), "verify": view.verify,
        "history": [(p.run_id, p.finished, p.assets, p.unreachable,
        *(p.findings[s] for s in SEVERITIES)) for p in reversed(view.history)],
        "rules": [] if rules_cut else [(r.id, r.title, r.severity_word, _clauses(view, r)) for r in view.rules],
        "rules_cut": rules_cut,
        "signatures": view.signatures,
    }  # fmt: skip


def _clauses(view: View, rule: Rule) -> str:
    return view.t("list.comma").join(rule.clauses) or view.t("none.findings")


def _titles(view: View, rules: list[Rule]) -> str:
    listed = view.t("list.comma").join(rule.title for rule in rules[:TITLES])
    return listed if len(rules) <= TITLES else view.t("list.more", names=listed, n=len(rules))


def _block(view: View, block: SeverityBlock) -> Json:
    groups = [_group(view, g) for g in block.groups if g.findings[0].number <= LIMIT]
    return {
        "severity": block.severity,
        "word": block.word,
        "count": view.t("text.affected", n=block.count),
        "groups": groups,
    }


def _group(view: View, group: FindingGroup) -> Json:
    t, rule = view.words, group.rule
    lines = [(t("text.rule"), rule.id + (f" · {t('column.clauses')} {_clauses(view, rule)}" if rule.clauses else ""))]
    if group.expected:
        lines.append((t("text.expected"), group.expected))
    lines += [(t("text.why"), rule.why), (t("text.remedy"), rule.remedy)]
    rows = [_full(f, not group.expected) for f in group.findings if f.number <= LIMIT]
    return {"title": rule.title, "lines": lines, "rows": rows}


def _full(f: Finding, with_expected: bool) -> Json:
    measured = f"{f.key} · {f.measured}" if f.key else f.measured
    return {
        "number": f.number, "asset": f.asset, "site": f.site, "verdict": f.verdict, "word": f.word,
        "measured": f"{measured} ({f.expected})" if with_expected else measured, "age": f.age,
        "services": f.services_short,
        "proof": {"where": f.proof.where, "text": f.proof.text, "time": f.proof.time},
    }  # fmt: skip


def _short(f: Finding) -> Json:
    return {
        "number": f.number, "severity": f.severity_word, "verdict": f.verdict, "word": f.word, "asset": f.asset,
        "title": f"{f.rule.title} [{f.key}]" if f.key else f.rule.title, "measured": f.measured, "age": f.age,
    }  # fmt: skip


def _sheets(view: View) -> tuple[list[Json], str]:
    """The per-object sheets, or none and the sentence that says where they are."""
    rows = sum(len(a.sections) + len(a.odd_rows) for a in view.assets)
    if rows > LIMIT:
        return [], view.t("text.assets_left", n=rows, limit=LIMIT)
    return [_sheet(view, a) for a in view.assets], ""


def _sheet(view: View, a: Asset) -> Json:
    t = view.words
    about = [a.platform_title, a.site, a.address, f"{t('column.owner')} {a.owner}", a.note]
    normal = t("text.normal_count", p=a.counts["pass"], n=a.counts["not_applicable"]) if a.plain_rows else ""
    return {
        "name": a.name, "word": a.word, "about": " · ".join(about), "normal": normal,
        "sections": [(s.title, s.ask, s.word, s.time) for s in a.sections] if a.reached else [],
        "rows": [{"title": r.rule.title, "severity": r.rule.severity_word, "verdict": r.verdict, "word": r.word,
        "measured": r.shown,
                  "expected": r.expected} for r in a.odd_rows] if a.reached else [],
    }  # fmt: skip
