"""report.docx: the signable report, filled into a Word template that the office may edit."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2.sandbox import SandboxedEnvironment

from xunwei.errors import InputError
from xunwei.render.files import normalise_zip, template
from xunwei.render.shapes import CHAPTERS, Rule, View
from xunwei.render.svg import png

# Ink colours that stay apart in grey print because the word says the same.
INK = {
    "fail": "A3211A",
    "warn": "8A5300",
    "pass": "1F6B40",
    "abnormal": "A3211A",
    "attention": "8A5300",
    "normal": "1F6B40",
}
TITLES = 8  # rule titles spelt out in the clause index
CHART_WIDTHS = {"classes": 13.0, "severity": 7.0, "trend": 13.0}  # cm


def render(view: View, templates: Path | None = None) -> bytes:
    """The document, with fixed zip times. Raises InputError when the template is missing or does not compile."""
    path = template("inspection.docx", templates)
    document = DocxTemplate(path)
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    try:
        document.render(context(view, document), environment, autoescape=True)
    except jinja2.TemplateError as error:
        raise InputError(f"report template: {error}", where=str(path)) from error
    except (BadZipFile, PackageNotFoundError, ValueError) as error:
        raise InputError(f"not a Word document: {error}", where=str(path)) from error
    properties = document.docx.core_properties  # get_docx() would load the template anew
    properties.title, properties.subject, properties.comments = view.title, view.doc_no, view.digest
    properties.created = properties.modified = view.finished_time.replace(tzinfo=None)
    properties.author = properties.last_modified_by = ""
    buffer = io.BytesIO()
    document.save(buffer)
    return normalise_zip(buffer.getvalue(), view.finished_time)


def context(view: View, document: Any) -> dict[str, Any]:
    """What the template can name."""
    t = view.words
    fill = t("fill")
    chapters = {n: t("chapter_number", n=t(f"number.{i}")) + t(f"chapter.{n}") for i, n in enumerate(CHAPTERS, start=1)}
    waiting = (fill, t("shown.manual"))
    before, between, after = t("text.page", page="\n", pages="\n").split("\n")

    def mark(text: str) -> RichText:
        """What a person must still fill in is marked."""
        return RichText(text, highlight="#FFF1A6" if text in waiting else None)

    @lru_cache(maxsize=256)
    def tag(code: str, word: str) -> RichText:
        return RichText(word, color=INK.get(code, "4D5964"), bold=True)

    def titles(rules: list[Rule]) -> str:
        listed = t("list.comma").join(rule.title for rule in rules[:TITLES])
        return listed if len(rules) <= TITLES else t("list.more", names=listed, n=len(rules))

    def pairs(name: str) -> list[dict[str, Any]]:
        return [{"label": label, "value": mark(value)} for label, value in view.pairs[name]]

    images = png(view.charts)
    return {
        "v": view, "t": t, "chapter": chapters, "contents": list(chapters.values()), "tag": tag, "mark": mark,
        "titles": titles,
        "fill": mark(fill), "comma": t("list.comma"), "colon": t("list.colon"), "customer": view.pairs["cover"][2][1],
        "page": {"before": before, "between": between, "after": after},
        "conclusion": RichText(view.conclusion_word, color=INK.get(view.conclusion, "4D5964"), bold=True),
        "charts": {name: InlineImage(document, io.BytesIO(data), width=Cm(CHART_WIDTHS[name])) for name,
        data in images.items()},
        **{name: pairs(name) for name in ("cover", "overview", "versions", "packs")},
    }  # fmt: skip
