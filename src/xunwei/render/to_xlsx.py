"""report.xlsx: the ledger. One table per sheet, every cell typed; device text is always text, never formula or link."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xunwei.render import xlsx_tables
from xunwei.render.charts import COLOURS
from xunwei.render.files import normalise_zip
from xunwei.render.shapes import SEVERITIES, View

# Excel's own limit for the text of a cell.
LONGEST = 32_767
# Pale grounds with dark ink: readable on a projector and in grey print.
TINTS = {
    "fail": ("#F8DAD7", "#8C1D18"), "warn": ("#FCEBD0", "#7A4B00"), "not_collected": ("#E3E7EB", "#37424D"),
    "pass": ("#DDEFE3", "#1D5A37"), "manual": ("#E3E7EB", "#37424D"), "waived": ("#E6E1F2", "#46367A"),
}  # fmt: skip


def render(view: View) -> bytes:
    """The workbook, with fixed zip times: equal bytes for equal runs."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "nan_inf_to_errors": False, "default_date_format": "yyyy-mm-dd hh:mm:ss"}  # fmt: skip
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": view.title, "subject": view.doc_no, "comments": view.digest, "author": "",
                             "created": view.finished_time.replace(tzinfo=None)})  # fmt: skip
        Writer(book, view).all()
    return normalise_zip(buffer.getvalue(), view.finished_time)


class Writer:
    """Writes the sheets; keeps the formats, of which a workbook should have few."""

    def __init__(self, book: Any, view: View) -> None:
        self.book, self.view = book, view
        base = {"font_name": "等线" if view.lang == "zh" else "Calibri", "font_size": 10, "valign": "top"}
        self.formats: dict[str, Format] = {
            "text": book.add_format(base),
            "wrap": book.add_format(base | {"text_wrap": True}),
            "head": book.add_format(base | {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1,
                                            "border_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True}),
            "title": book.add_format(base | {"bold": True, "font_size": 16, "font_color": "#1F3A5F"}),
            "chapter": book.add_format(base | {"bold": True, "font_size": 12, "font_color": "#1F3A5F", "bottom": 1}),
            "label": book.add_format(base | {"font_color": "#4A5560"}),
            "time": book.add_format(base | {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
            "day": book.add_format(base | {"num_format": "yyyy-mm-dd", "align": "left"}),
            "number": book.add_format(base | {"num_format": "0", "align": "right"}),
            "decimal": book.add_format(base | {"num_format": "0.0##", "align": "right"}),
        }  # fmt: skip
        self.tints = {
            name: book.add_format({"bg_color": back, "font_color": ink}) for name, (back, ink) in TINTS.items()
        }

    def all(self) -> None:
        self.overview()
        for table in xlsx_tables.tables(self.view):
            self.table(table)

    def table(self, table: xlsx_tables.Table) -> None:
        """One sheet: frozen header with filter, typed columns, colours by verdict and severity."""
        sheet = self.book.add_worksheet(self.view.t(f"sheet.{table.name}"))
        kinds = [column.kind for column in table.columns]
        for index, column in enumerate(table.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, self.view.t(column.key), self.formats["head"])
        writers = [self.writer(sheet, kind) for kind in kinds]
        count = 0
        for count, values in enumerate(table.rows, start=1):
            for index, value in enumerate(values):
                writers[index](count, index, value)
        sheet.set_row(0, 22)
        sheet.freeze_panes(1, table.frozen)
        sheet.autofilter(0, 0, max(count, 1), len(kinds) - 1)
        for index, column in enumerate(table.columns):
            if column.name in ("verdict", "conclusion", "severity"):
                self.colour(sheet, 1, index, max(count, 1), column.name)
        self.page(sheet)

    def writer(self, sheet: Worksheet, kind: str) -> Callable[[int, int, Any], None]:
        """A function that writes one cell of a column kind; what is not of that kind is written as text."""
        text, form = self.formats["wrap" if kind == "wrap" else "text"], self.formats.get(kind, self.formats["text"])

        def string(row: int, column: int, value: Any) -> None:
            sheet.write_string(row, column, str(value)[:LONGEST], text)

        def number(row: int, column: int, value: Any) -> None:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                sheet.write_number(row, column, value, form)
            else:
                string(row, column, value)

        def time(row: int, column: int, value: Any) -> None:
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value.replace(tzinfo=None), form)
            else:
                string(row, column, value)

        return {"number": number, "decimal": number, "time": time, "day": time}.get(kind, string)

    def colour(self, sheet: Worksheet, first: int, column: int, last: int, name: str) -> None:
        """Conditional formats by word, so that they follow when somebody sorts or edits."""
        t = self.view.t
        words = {t(f"verdict.{verdict}"): self.tints[verdict] for verdict in TINTS}
        if name == "severity":
            words = {t("severity.critical"): self.tints["fail"], t("severity.major"): self.tints["warn"]}
        elif name == "conclusion":
            words |= {t("object.partly"): self.tints["not_collected"]}
        for word, tint in words.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": tint}
            sheet.conditional_format(first, column, last, column, rule)

    def page(self, sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        # Ampersands are codes in headers and footers.
        sheet.set_footer(f"&L{self.view.doc_no}&R&P / &N")

    def overview(self) -> None:
        """The first sheet: cover, scope, conclusion, matrix, comparison, digest, and two charts."""
        view, t = self.view, self.view.t
        sheet = self.book.add_worksheet(t("sheet.overview"))
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 6, 13)
        sheet.set_column(7, 7, 18)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, view.title, self.formats["title"])
        row = self.pairs(sheet, 2, view.pairs["cover"])
        row = self.pairs(sheet, self.chapter(sheet, row, t("chapter.overview")), view.pairs["overview"])
        row = self.chapter(sheet, row, t("chapter.conclusion"))
        sheet.write_string(row, 0, view.conclusion_word, self.formats["title"])
        for line in [*view.conclusion_text, *view.notices]:
            row += 1
            sheet.write_string(row, 0, line, self.formats["text"])
        top = row = self.matrix(sheet, self.chapter(sheet, row + 1, t("heading.matrix")))
        row = self.chapter(sheet, row, t("heading.comparison"))
        sheet.write_string(row, 0, view.comparison_text, self.formats["text"])
        for _, word, count in view.comparison:
            row += 1
            sheet.write_string(row, 0, word, self.formats["label"])
            sheet.write_number(row, 1, count, self.formats["number"])
        row = self.pairs(sheet, self.chapter(sheet, row + 1, t("heading.verify")), [(t("text.digest"), view.digest)])
        row = self.pairs(sheet, self.chapter(sheet, row, t("heading.versions")), view.pairs["versions"])
        row = self.pairs(sheet, self.chapter(sheet, row, t("heading.packs")), view.pairs["packs"])
        self.charts(sheet, top)
        self.page(sheet)

    def chapter(self, sheet: Worksheet, row: int, title: str) -> int:
        for column in range(8):
            sheet.write_blank(row + 1, column, None, self.formats["chapter"])
        sheet.write_string(row + 1, 0, title, self.formats["chapter"])
        return row + 2

    def pairs(self, sheet: Worksheet, row: int, pairs: Iterable[tuple[str, str]]) -> int:
        for label, value in pairs:
            sheet.write_string(row, 0, label, self.formats["label"])
            sheet.write_string(row, 1, value, self.formats["text"])
            row += 1
        return row

    def matrix(self, sheet: Worksheet, row: int) -> int:
        """Class × conclusion, numbers as numbers."""
        t, view = self.view.t, self.view
        heads = [
            t("column.class"),
            t("column.assets"),
            *(t(f"verdict.{b}") for b in ("pass", "warn", "fail", "not_collected")),
        ]
        self.head(sheet, row, [*heads, t("column.conclusion")])
        self.matrix_rows = (row + 1, row + len(view.classes))
        for index, line in enumerate(view.classes, start=row + 1):
            sheet.write_string(index, 0, line.title, self.formats["text"])
            numbers = [line.assets, *(line.buckets[b] for b in ("pass", "warn", "fail", "not_collected"))]
            for column, number in enumerate(numbers, start=1):
                sheet.write_number(index, column, number, self.formats["number"])
            sheet.write_string(index, 6, line.word, self.formats["text"])
        self.colour(sheet, row + 1, 6, row + max(len(view.classes), 1), "conclusion")
        return row + len(view.classes) + 1

    def head(self, sheet: Worksheet, row: int, words: Sequence[str]) -> None:
        for column, word in enumerate(words):
            sheet.write_string(row, column, word, self.formats["head"])

    def charts(self, sheet: Worksheet, row: int) -> None:
        """Native charts over the cells, so that they stay right when an office edits the numbers."""
        t, view = self.view.t, self.view
        first, last = self.matrix_rows
        name = t("sheet.overview")
        if view.classes:
            bars = self.book.add_chart({"type": "bar", "subtype": "stacked"})
            for column, bucket in enumerate(("pass", "warn", "fail", "not_collected"), start=2):
                bars.add_series({"name": t(f"verdict.{bucket}"), "categories": [name, first, 0, last, 0],
                                 "values": [name, first, column, last, column],
                                 "fill": {"color": COLOURS[bucket]}})  # fmt: skip
            bars.set_title({"name": t("chart.classes"), "name_font": {"size": 11}})
            bars.set_y_axis({"reverse": True})
            bars.set_legend({"position": "bottom"})
            sheet.insert_chart(row, 9, bars)
        trend, sheet_name = self.book.add_chart({"type": "column", "subtype": "stacked"}), t("sheet.history")
        ends = len(view.history)
        for column, severity in enumerate(SEVERITIES, start=10):
            trend.add_series({"name": t(f"severity.{severity}"), "categories": [sheet_name, 1, 1, ends, 1],
                              "values": [sheet_name, 1, column, ends, column],
                              "fill": {"color": COLOURS[severity]}})  # fmt: skip
        trend.set_title({"name": t("chart.trend"), "name_font": {"size": 11}})
        trend.set_x_axis({"num_format": "mm-dd", "text_axis": True})
        trend.set_legend({"position": "bottom"})
        sheet.insert_chart(2, 9, trend)
