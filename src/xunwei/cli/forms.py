"""The form for checks by hand: an xlsx sheet to print or fill in, and the way back."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from xunwei.catalogue import LANGUAGES, Catalogue, catalogue
from xunwei.errors import InputError
from xunwei.model import Json
from xunwei.slots import WORDS

# Column → width. The first ones say what to do, those in FILLED are for people.
COLUMNS = {
    "asset": 20, "site": 14, "check": 18, "title": 22, "wanted": 22, "last": 26, "value": 14, "verdict": 10, "note": 30,
    "by": 12, "witness": 12, "time": 18,
}  # fmt: skip
FILLED = ("value", "verdict", "note", "by", "witness", "time")
BYTES, ROWS = 20 << 20, 20000
UNPACKED = 200 << 20


def write(path: Path, rows: Sequence[Json], t: Catalogue) -> None:
    """Write the form. Raises InputError when the file cannot be written."""
    import xlsxwriter

    verdicts = [t(f"verdict.{w}") for w in WORDS]
    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            head = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1, "text_wrap": True})
            told = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
            open_ = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "bg_color": "#FFF9E5"})
            text = book.add_format({"border": 1, "valign": "top", "bg_color": "#FFF9E5", "num_format": "@"})
            sheet = book.add_worksheet(t("form.sheet"))
            for column, (name, width) in enumerate(COLUMNS.items()):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, t(f"head.{name}"), head)
            for number, row in enumerate(rows, start=1):
                for column, (name, content) in enumerate(_cells(row, t).items()):
                    sheet.write_string(number, column, content, told if name not in FILLED else open_)
                sheet.write_blank(number, list(COLUMNS).index("time"), None, text)
            column = list(COLUMNS).index("verdict")
            sheet.data_validation(1, column, len(rows), column, {"validate": "list", "source": verdicts})
            sheet.freeze_panes(1, 4)
            sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as exc:
        raise InputError(f"cannot be written: {getattr(exc, 'strerror', None) or exc}", where=str(path)) from None


def _cells(row: Json, t: Catalogue) -> dict[str, str]:
    low, high, unit = row["low"], row["high"], row["unit"]
    wanted = [f"{'' if low is None else f'{low:g}'} … {'' if high is None else f'{high:g}'} {unit}".strip()]
    if low is None and high is None:
        wanted = [" / ".join(row["expect"])] if row["expect"] else [unit] if unit else []
    wanted += [t("form.photo")] if row["photo"] else []
    last = [row["time"] or "", row["value"] or "", t.word("verdict", row["verdict"]) if row["verdict"] else ""]
    told = {"asset": row["asset"], "site": row["site"], "check": row["check"], "title": t.pick(row["title"])}
    told |= {"wanted": "; ".join(wanted), "last": " ".join(filter(None, last)) or t.word("state", row["state"])}
    return {name: told.get(name, "") for name in COLUMNS}


def read(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(row number, {column: text}) of a filled form, verdicts as their words. Raises InputError.

    Columns are known by their titles in either language, whatever their order.
    """
    try:
        import openpyxl
    except ImportError:
        raise InputError("reading a form needs the package openpyxl", hint="pip install openpyxl") from None
    _check_size(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = list(sheet.iter_rows(values_only=True, max_row=ROWS + 1))
    except Exception as exc:  # noqa: BLE001 - whatever a broken file makes the reader throw, it is a broken file
        raise InputError(f"is no xlsx form: {type(exc).__name__}: {exc}", where=str(path)) from None
    if len(rows) > ROWS:
        raise InputError(f"has more than {ROWS} rows", where=str(path))
    columns = _columns(rows[0] if rows else (), path)
    words = {catalogue(lang, "manual")(f"verdict.{w}"): w for lang in LANGUAGES for w in WORDS} | {w: w for w in WORDS}
    for number, cells in enumerate(rows[1:], start=2):
        row = {name: _text(cells[place]) if place < len(cells) else "" for name, place in columns.items()}
        if not row["asset"] and not any(row.values()):
            continue
        if row["verdict"] and row["verdict"] not in words:
            raise InputError(f"verdict {row['verdict'][:40]!r} is none", where=f"{path}, row {number}")
        yield number, {**row, "verdict": words.get(row["verdict"], "")}


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
        if size > BYTES:
            raise InputError(f"is larger than {BYTES >> 20} MiB", where=str(path))
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > UNPACKED:
                raise InputError("is much too large when unpacked", where=str(path))
    except OSError as exc:
        raise InputError(f"cannot be read: {exc.strerror or exc}", where=str(path)) from None
    except zipfile.BadZipFile:
        raise InputError("is no xlsx file", where=str(path)) from None


def _columns(head: Sequence[Any], path: Path) -> dict[str, int]:
    titles = {catalogue(lang, "manual")(f"head.{name}"): name for lang in LANGUAGES for name in COLUMNS}
    found = {titles[_text(cell)]: place for place, cell in enumerate(head) if _text(cell) in titles}
    missing = [name for name in ("asset", "check", *FILLED) if name not in found]
    if missing:
        raise InputError(f"has no column {missing[0]}", where=str(path), hint="use the sheet of `xunwei manual form`")
    return found


def _text(cell: Any) -> str:
    """A cell as text: numbers without a needless fraction, dates as ISO 8601 (without a zone: the form says none)."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
