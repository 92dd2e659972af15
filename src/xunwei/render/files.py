"""Where the templates are, and how a report is written: whole or not at all, with no trace of when."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from xunwei.errors import InputError

ENVIRONMENT = "XUNWEI_TEMPLATES"
# zip cannot say anything earlier
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def checkout_templates() -> Path:
    """`reports/templates` of the checkout this file lies in (src/xunwei/render/files.py is four levels down)."""
    return Path(__file__).resolve().parents[3] / "reports" / "templates"


def templates_dir(override: Path | None = None) -> Path:
    """The folder with the report templates: `override`, else XUNWEI_TEMPLATES, else the checkout's reports/templates.

    Raises InputError when that folder is not there.
    """
    named = os.environ.get(ENVIRONMENT)
    folder = override or (Path(named) if named else checkout_templates())
    if not folder.is_dir():
        raise InputError("no such folder of report templates", where=str(folder), hint=f"set {ENVIRONMENT}")
    return folder


def template(name: str, override: Path | None = None) -> Path:
    """The template `name`: from the chosen folder, or the checkout's own when an office only keeps the ones it changed.

    Raises InputError when neither has it.
    """
    for folder in (templates_dir(override), checkout_templates()):
        if (folder / name).is_file():
            return folder / name
    raise InputError(f"report template {name} is missing", where=str(templates_dir(override)))


def write_atomic(target: Path, data: bytes) -> Path:
    """Write `data` to `target` so that a reader sees the old file or the whole new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o640)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target


def normalise_zip(data: bytes, moment: datetime) -> bytes:
    """The same archive with every member stamped `moment`: docx and xlsx are then equal for equal input."""
    stamp = max(moment.timetuple()[:6], ZIP_EPOCH)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            member.create_system = 3
            new.writestr(member, old.read(name))
    return out.getvalue()
