"""Reads reports back: the text a person sees, whatever the format."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
from openpyxl.workbook import Workbook


class Page(HTMLParser):
    """Elements, attributes and text of a page, as a browser's parser would take them apart."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.styles: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self._inside: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag not in ("meta", "br", "input", "path", "rect", "circle"):
            self._inside.append(tag)
        if tag == "script":
            self.scripts.append((values, ""))
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "script" in self._inside:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif "style" in self._inside:
            self.styles.append(data)
        else:
            self.texts.append(data)
            for tag in ("h1", "h2", "h3", "h4"):
                if tag in self._inside:
                    self.headings[-1] = (tag, self.headings[-1][1] + data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def pdf_text(path: Path) -> str:
    """The text in the order it was set; pdftotext's own idea of columns would tear cells apart."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def docx_tables(path: Path) -> list[list[list[str]]]:
    """Tables of the body as rows of cell texts."""
    return [[[c.text for c in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]


def docx_text(path: Path) -> str:
    """Everything: body, tables, header and footer."""
    document = docx.Document(str(path))
    parts = [document.element.body, *(p._element for s in document.sections for p in (s.header, s.footer))]
    return "\n".join(node.text or "" for part in parts for node in part.iter() if node.tag.endswith("}t"))


def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Rows of a sheet by the words of its header."""
    head, *body = list(sheet.iter_rows(values_only=True))
    return [dict(zip(head, values, strict=True)) for values in body]
