"""Makes inspection.docx, the Word template of the inspection report: `python reports/templates/make_docx_template.py`.

The result is committed and meant to be edited in Word: fonts, logo, wording between the tags. Tags are Jinja as docxtpl
reads it ({{ value }}, {%p … %} for whole paragraphs, {%tr … %} for table rows, {{r … }} for coloured text). Run this
again only to start over.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt

sys.path.insert(0, str(Path(__file__).parent))
from docx_parts import WIDTH, chapter, child, col, field, heading, otherwise, pairs, say, styles, table


def page(document: Any) -> None:
    """A4; head and foot on every page but the cover."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.3)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.style = "XW Small"
    head.paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run("{{ v.title }}\t{{ v.doc_no }}")
    foot = section.footer.paragraphs[0]
    foot.style, foot.alignment = "XW Small", WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("{{ page.before }}")
    field(foot, "PAGE")
    foot.add_run("{{ page.between }}")
    field(foot, "NUMPAGES")
    foot.add_run("{{ page.after }}")


def cover(document: Any) -> None:
    for _ in range(5):
        say(document, "")
    say(document, "{{ customer }}", "XW Cover").alignment = WD_ALIGN_PARAGRAPH.CENTER
    say(document, "{{ v.title }}", "Title")
    say(document, "{{ v.subtitle }}", "XW Cover").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for _ in range(5):
        say(document, "")
    pairs(document, "p in cover", 4.4, "XW Cover", 13)
    document.add_page_break()
    say(document, "{{ t('text.toc') }}", "XW Contents")
    contents(document)
    document.add_page_break()


def contents(document: Any) -> None:
    """A table of contents field; until Word updates it (F9) it shows the chapters without page numbers."""
    opening = say(document, "")
    opening.paragraph_format.space_after = Pt(0)
    child(opening.add_run()._r, "w:fldChar", fldCharType="begin")
    child(opening.add_run()._r, "w:instrText", space="preserve").text = ' TOC \\o "1-2" \\h \\z \\u '
    child(opening.add_run()._r, "w:fldChar", fldCharType="separate")
    say(document, "{%p for name in contents %}")
    say(document, "{{ name }}")
    say(document, "{%p endfor %}")
    child(say(document, "").add_run()._r, "w:fldChar", fldCharType="end")


def overview(document: Any) -> None:
    chapter(document, "overview")
    say(document, "{%p for n in v.notices %}")
    say(document, "{{ n }}")
    say(document, "{%p endfor %}")
    pairs(document, "p in overview")
    chapter(document, "conclusion")
    say(document, "{{r conclusion }}", "XW Verdict")
    say(document, "{%p for line in v.conclusion_text %}")
    say(document, "{{ line }}").paragraph_format.first_line_indent = Pt(24)
    say(document, "{%p endfor %}")
    heading(document, "matrix")
    buckets = [
        (f"t('verdict.{b}')", f"^{{{{ c.buckets.{b} }}}}", 1.4) for b in ("pass", "warn", "fail", "not_collected")
    ]
    table(document, "c in v.classes", [(col("class"), "{{ c.title }}", 3.4), (col("assets"), "^{{ c.assets }}", 1.4),
    *buckets,
                                       (col("conclusion"), "{{r tag(c.verdict, c.word) }}", 2)])  # fmt: skip
    say(document, "{{ t('text.matrix_note') }}", "XW Small")
    heading(document, "comparison")
    say(document, "{{ v.comparison_text }}")
    table(
        document, "row in [v.comparison]", [(f"v.comparison[{i}][1]", f"^{{{{ row[{i}][2] }}}}", 1) for i in range(4)]
    )
    heading(document, "charts")
    for name in ("classes", "severity", "trend"):
        say(document, f"{{{{ charts.{name} }}}}").alignment = WD_ALIGN_PARAGRAPH.CENTER
        say(document, f"{{{{ t('chart.{name}') }}}}", "XW Small").alignment = WD_ALIGN_PARAGRAPH.CENTER


def findings(document: Any) -> None:
    chapter(document, "findings")
    for line in ("{%p if not v.findings %}", "{{ t('text.no_findings') }}", "{%p endif %}", "{%p for b in v.blocks %}"):
        say(document, line)
    document.add_heading("{{ b.word }} · {{ t('text.affected', n=b.count) }}", 2)
    say(document, "{%p for g in b.groups %}")
    document.add_heading("{{ g.rule.title }}", 3)
    clauses = "{% if g.rule.clauses %} · {{ t('column.clauses') }} {{ g.rule.clauses|join(comma) }}{% endif %}"
    say(document, "{{ t('text.rule') }}{{ colon }}{{ g.rule.id }}" + clauses,
        "XW Lead")  # fmt: skip
    say(document, "{%p if g.expected %}")
    say(document, "{{ t('text.expected') }}{{ colon }}{{ g.expected }}", "XW Lead")
    say(document, "{%p endif %}")
    say(document, "{{ t('text.why') }}{{ colon }}{{ g.rule.why }}", "XW Lead")
    say(document, "{{ t('text.remedy') }}{{ colon }}{{ g.rule.remedy }}", "XW Lead")
    measured = (
        "{% if f.key %}{{ f.key }} · {% endif %}{{ f.measured }}{% if not g.expected %} ({{ f.expected }}){% endif %}"
    )
    table(document, "f in g.findings", [
        (col("number"), "^{{ f.number }}", 1), (col("asset"), "{{ f.asset }}\n{{ f.site }}", 2.3),
        (col("verdict"), "{{r tag(f.verdict, f.word) }}", 1.8),
        (col("measured"), measured, 2.8),
        (col("evidence"), "{{ f.proof.where }}\n~{{ f.proof.text }}\n{{ f.proof.time }}", 5),
        (col("age"), "{{ f.age }}", 1.7), (col("services"), "{{ f.services_short }}", 1.8)])  # fmt: skip
    say(document, "{%p endfor %}")
    say(document, "{%p endfor %}")
    for name in ("fixed", "waived"):
        heading(document, name)
        say(document, f"{{%p if v.{name} %}}")
        table(document, f"f in v.{name}", [
            (col("asset"), "{{ f.asset }}", 3),
            (col("item"), "{{ f.rule.title }}{% if f.key %} [{{ f.key }}]{% endif %}", 5),
            (col("severity"), "{{ f.severity_word }}", 1.4), (col("measured"), "{{ f.measured }}", 4),
            (col("age"), "{{ f.age }}", 3)])  # fmt: skip
        otherwise(document, f"text.no_{name}")


def lists(document: Any) -> None:
    """Denominator, not inspected, waivers, clauses."""
    chapter(document, "scope")
    table(document, "a in v.assets", [
        (col("number"), "^{{ loop.index }}", 1), (col("asset"), "{{ a.name }}", 2.6),
        (col("class"), "{{ a.class_title }}", 2.1), (col("site"), "{{ a.site }}", 2.3),
        (col("state"), "{{ a.state_word }}", 2.1), (col("items"), "^{{ a.items }}", 1.4),
        (col("judged"), "^{{ a.judged }}", 1.4),
        (col("conclusion"), "{{r tag(a.bucket, a.word) }}", 2.1), (col("note"), "{{ a.note }}", 3.7)])  # fmt: skip
    chapter(document, "missing")
    say(document, "{%p if v.missing %}")
    table(document, "m in v.missing", [
        (col("asset"), "{{ m.asset }}", 2.6), (col("class"), "{{ m.class_title }}", 2.2),
        (col("verdict"), "{{r tag(m.verdict, m.word) }}", 1.9),
        (col("reason"), "{{r mark(m.reason) }}", 5.4), (col("item"), "{{ m.shown }}", 5)])  # fmt: skip
    otherwise(document, "text.no_missing")
    chapter(document, "waivers")
    say(document, "{%p if v.waivers %}")
    table(document, "w in v.waivers", [
        (col("status"), "{{ w.state_word }}", 1.5), (col("rule"), "{{ w.rule_title }}\n{{ w.rule }}", 4),
        (col("scope"), "{{ w.assets }} · {{ w.key }}", 2.6),
        (col("reason"), "{{ w.reason }}", 4.4), (col("approver"), "{{ w.approver }}", 1.7),
        (col("until"), "{{ w.until }}", 1.9), (col("matched"), "^{{ w.matched }}", 1.6)])  # fmt: skip
    say(document, "{{ t('waiver.lapsed_note') }}", "XW Small")
    otherwise(document, "text.no_waivers")
    chapter(document, "clauses")
    say(document, "{%p if v.clauses %}")
    verdicts = [
        (f"t('verdict.{b}')", f"^{{{{ c.counts.{b} }}}}", 1.75)
        for b in ("pass", "warn", "fail", "not_collected", "manual", "waived", "not_applicable")
    ]
    table(document, "c in v.clauses", [(col("clause"), "{{ c.clause }}", 1.9),
    (col("rule"), "{{ titles(c.rules) }}", 4.4), *verdicts,
                                       (col("conclusion"), "{{r tag(c.bucket, c.word) }}", 2.1)])  # fmt: skip
    otherwise(document, "text.no_clauses")


def assets(document: Any) -> None:
    """A sheet per object: what was asked, what needs attention; normal items are counted."""
    chapter(document, "assets")
    say(document, "{%p for a in v.assets %}")
    document.add_heading("{{ a.name }} · {{ a.word }}", 3)
    owner = "{{ t('column.owner') }} {{ a.owner }}"
    say(document, "{{ a.platform_title }} · {{ a.site }} · {{ a.address }} · " + owner + " · {{ a.note }}", "XW Lead")
    say(document, "{%p if a.sections and a.reached %}")
    say(document, "{{ t('heading.sections') }}", "XW Lead")
    table(document, "s in a.sections", [
        (col("section"), "{{ s.title }}", 3), (col("command"), "{{ s.ask }}", 6), (col("state"), "{{ s.word }}", 4.6),
        (col("time"), "{{ s.time }}", 3.2)])  # fmt: skip
    say(document, "{%p endif %}")
    say(document, "{%p if a.reached and a.odd_rows %}")
    say(document, "{{ t('heading.verdicts') }}", "XW Lead")
    table(document, "r in a.odd_rows", [
        (col("item"), "{{ r.rule.title }}", 4), (col("severity"), "{{ r.rule.severity_word }}", 1.4),
        (col("verdict"), "{{r tag(r.verdict, r.word) }}", 1.8),
        (col("measured"), "{{ r.shown }}", 5.2), (col("expected"), "{{ r.expected }}", 4.6)])  # fmt: skip
    say(document, "{%p endif %}")
    say(document, "{%p if a.plain_rows %}")
    say(document, "{{ t('text.normal_count', p=a.counts['pass'], n=a.counts['not_applicable']) }}", "XW Small")
    say(document, "{%p endif %}")
    say(document, "{%p endfor %}")


def appendix(document: Any) -> None:
    chapter(document, "appendix")
    heading(document, "verify")
    say(document, "{{ t('verify.intro', n=v.files) }}")
    say(document, "{{ v.digest }}", "XW Raw")
    say(document, "{{ t('verify.how') }}")
    for line in ("{%p for line in v.verify %}", "{{ line }}", "{%p endfor %}"):
        say(document, line, "XW Raw")
    heading(document, "versions")
    pairs(document, "p in versions")
    heading(document, "packs")
    pairs(document, "p in packs")
    heading(document, "history")
    counts = [(f"t('severity.{s}')", f"^{{{{ p.findings.{s} }}}}", 1.4) for s in ("critical", "major", "minor")]
    table(document, "p in v.history|reverse",
    [(col("run"), "{{ p.run_id }}", 4.6), (col("finished"), "{{ p.finished }}", 3.6),
    (col("assets"), "^{{ p.assets }}", 1.6),
                                               (col("unreachable"), "^{{ p.unreachable }}", 1.8), *counts])  # fmt: skip
    heading(document, "rules")
    table(document, "r in v.rules", [(col("rule"), "{{ r.id }}", 6), (col("item"), "{{ r.title }}", 5),
    (col("severity"), "{{ r.severity_word }}", 1.4),
                                     (col("clauses"), "{{ r.clauses|join(comma) or t('none.findings') }}",
                                     3.4)])  # fmt: skip
    chapter(document, "signatures")
    blank = "{{r fill }}"
    table(document, "role, party in v.signatures", [
        (col("signer"), "{{ role }}", 3.4), (col("party"), "{{ party }}", 3.4), (col("person"), blank, 2.2),
        (col("signature"), "\n\n", 3.2),
        (col("date"), blank, 2.2), (col("opinion"), "\n", 2.6)])  # fmt: skip


def normalised(document: Any) -> bytes:
    """The document with fixed dates, so that making it again gives the same file."""
    moment = datetime(2026, 1, 1)  # noqa: DTZ001 - python-docx wants it naive
    document.core_properties.created = document.core_properties.modified = moment
    document.core_properties.author = document.core_properties.last_modified_by = ""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            new.writestr(member, old.read(name))
    return out.getvalue()


def make() -> bytes:
    """The template as bytes."""
    document = Document()
    styles(document)
    page(document)
    for part in (cover, overview, findings, lists, assets, appendix):
        part(document)
    return normalised(document)


if __name__ == "__main__":
    Path(__file__).with_name("inspection.docx").write_bytes(make())
