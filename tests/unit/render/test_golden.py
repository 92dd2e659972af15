"""The structure of the reports, kept in tests/golden: headings, table heads, sheets, keys. Not their bytes.

After a wanted change: XUNWEI_UPDATE_GOLDEN=1 pytest tests/unit/render/test_golden.py, then read the difference.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from unit.render.reading import book, docx_tables, page, pdf_text

GOLDEN = Path(__file__).resolve().parents[2] / "golden"


def structure(reports: dict[str, Path]) -> dict[str, Any]:
    html = page(reports["html"])
    document = docx.Document(str(reports["docx"]))
    workbook = book(reports["xlsx"])
    data = json.loads(reports["json"].read_text(encoding="utf-8"))
    pdf = [line.strip() for line in pdf_text(reports["pdf"]).splitlines()]
    source = re.sub(r"<svg.*?</svg>", "", reports["html"].read_text(encoding="utf-8"), flags=re.DOTALL)
    heads = re.findall(r"<thead>(.*?)</thead>", source, flags=re.DOTALL)
    return {
        "html": {
            "headings": [list(h) for h in html.headings if h[0] in ("h1", "h2")],
            "heads": sorted({" | ".join(re.findall(r"<th[^>]*>(.*?)</th>", head)) for head in heads}),
        },
        "docx": {
            "headings": [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")],
            "heads": sorted({" | ".join(t[0]) for t in docx_tables(reports["docx"]) if len(t[0]) > 2}),
        },
        "xlsx": {s.title: [c.value for c in s[1]] for s in list(workbook)[1:]},
        "pdf": [line for line in pdf if re.fullmatch(r"([一二三四五六七八九十]、|\d+\. ).{2,40}", line)],
        "json": {"keys": list(data), "verdict": list(data["verdicts"][0]), "finding": list(data["findings"][0]),
                 "asset": list(data["assets"][0])},
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_structure(lang: str, request: pytest.FixtureRequest) -> None:
    reports = request.getfixturevalue("reports" if lang == "zh" else "plain_reports")
    found, kept = structure(reports), GOLDEN / f"structure.{lang}.json"
    if os.environ.get("XUNWEI_UPDATE_GOLDEN"):
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(kept.read_text(encoding="utf-8"))
