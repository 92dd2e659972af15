"""Tables whose header names the columns and whose cells hold no blanks: power, fan, temperature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xunwei.packs.huawei_vrp.vrp import Line, fail, is_ruler
from xunwei.parse import Unparsed


def rows(
    found: Sequence[Line], header: str, names: dict[str, str], skip: str = "", hang: str = ""
) -> list[tuple[Line, dict[str, str]]]:
    """The rows below a header as {name: cell}.

    `header` tells the header line, `names` maps its column titles (lower case, blanks out) to names; a title that is
    not in `names`, or a row with another number of cells, is Unparsed. Lines before the first header, rulers and lines
    that match `skip` are left out. In an indented row the first column may be left empty when it is `hang`.
    """
    columns: list[str] = []
    table: list[tuple[Line, dict[str, str]]] = []
    for line in found:
        if re.match(header, line.text, re.IGNORECASE):
            columns = _columns(line, names)
        elif is_ruler(line.text) or not columns or (skip and re.match(skip, line.text, re.IGNORECASE)):
            continue
        else:
            cells = line.text.split()
            if hang and columns[0] == hang and len(cells) == len(columns) - 1 and line.text[:3].isspace() and table:
                cells.insert(0, "")
            if len(cells) != len(columns):
                fail(line, f"a row of {len(columns)} cells")
            table.append((line, dict(zip(columns, cells, strict=True))))
    if not table:
        raise Unparsed("no row in the table" if columns else "table header not found")
    return table


def _columns(line: Line, names: dict[str, str]) -> list[str]:
    titles = ["".join(t.lower().split()) for t in re.split(r"\s{2,}", line.text.strip())]
    if any(t not in names for t in titles):
        titles = line.text.lower().split()
    unknown = [t for t in titles if t not in names]
    if unknown:
        fail(line, f"a known header (column {unknown[0]!r})")
    columns = [names[t] for t in titles]
    if len(set(columns)) != len(columns):
        fail(line, "a header that names each column once")
    return columns
