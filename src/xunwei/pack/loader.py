"""Find and load platform packs."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from xunwei.errors import InputError, PackError
from xunwei.model import Facts
from xunwei.pack import rules as rulefiles
from xunwei.pack import schema, shape, yamlfile
from xunwei.pack.rules import Rule

OWN_PACKS = Path(__file__).resolve().parent.parent / "packs"
Parser = Callable[[str], Facts]


@dataclass(frozen=True)
class Counters:
    """Fields of the items of list `of` that only grow; the engine adds `item.delta.<field>` since the last run."""

    of: str
    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Trend:
    """A field of the items of list `of` whose course is kept; the engine adds `item.trend.<field>`. `full`: its end."""

    of: str
    key: str
    field: str
    full: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Section:
    """One question put to an asset of a platform."""

    name: str
    title: dict[str, str]
    asks: tuple[str, ...]
    answered: shape.Shape  # what the parser gives
    shape: shape.Shape  # what rules may read: that, and what the engine adds
    timeout: float = 20.0
    classes: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    absent: str = "not_collected"
    blank: bool = False
    counters: tuple[Counters, ...] = ()
    trends: tuple[Trend, ...] = ()

    @property
    def ask(self) -> str:
        """What is asked, as one line for reports."""
        return " ; ".join(self.asks)

    def is_for(self, asset_class: str, variant: str) -> bool:
        """Whether an asset of this class and variant is asked this at all."""
        return (not self.classes or asset_class in self.classes) and (not self.variants or variant in self.variants)


@dataclass(frozen=True)
class Pack:
    """Everything known about one platform."""

    platform: str
    folder: Path
    title: dict[str, str]
    collector: str
    sections: dict[str, Section]
    refusals: tuple[tuple[str, re.Pattern[str]], ...] = ()
    redact: tuple[re.Pattern[str], ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)  # the collector's own settings
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)  # model, serial, version …: fact paths
    covers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # area of inspection: sections

    def section_for(self, words: str) -> Section:
        """The section of that name, or the one that asks this command (blanks may be written as `_`)."""
        plain = words.replace("_", " ").strip()
        for section in self.sections.values():
            asked = [a.strip() for ask in section.asks for a in ask.split(" || ")]
            if words not in self.sections and plain in (a.replace("_", " ") for a in asked):
                return section
        return self.section(words)

    def section(self, name: str) -> Section:
        """The section of that name. Raises InputError with the names there are."""
        if name not in self.sections:
            known = ", ".join(sorted(self.sections))
            raise InputError(f"platform {self.platform} has no section {name!r}", hint=f"sections: {known}")
        return self.sections[name]

    def script(self) -> str:
        """The shell text of a `sh` pack."""
        return _script(self.folder)

    def rules(self) -> list[Rule]:
        """The pack's rules as written (uncompiled)."""
        return rulefiles.load(self.folder, self.platform)

    def parser(self, name: str) -> Parser:
        """`parse` of `parse/<name>.py`. Raises PackError when there is none."""
        return _parser(self.folder, self.platform, name)

    def digest(self) -> str:
        """sha256 over every file of the pack: the version that a verdict was made with."""
        total = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(f"{path.relative_to(self.folder)}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()


def search_path() -> list[Path]:
    """Folders that hold packs: the site's (XUNWEI_PACKS_PATH) first, so that a site may replace a pack of ours."""
    site = [Path(p) for p in os.environ.get("XUNWEI_PACKS_PATH", "").split(os.pathsep) if p]
    return [*site, OWN_PACKS]


def find(platform: str) -> Path | None:
    """The folder of a platform's pack, or None."""
    for root in search_path():
        if re.fullmatch(r"[a-z][a-z0-9_]*", platform) and (root / platform / "pack.yml").is_file():
            return root / platform
    return None


def platforms() -> list[str]:
    """Names of all platforms there is a pack for."""
    return sorted({p.parent.name for root in search_path() for p in root.glob("*/pack.yml")})


def load(platform: str) -> Pack:
    """The pack of a platform. Raises InputError (unknown platform) or PackError (pack not well formed)."""
    folder = find(platform)
    if folder is None:
        raise InputError(f"unknown platform {platform!r}", hint=f"known: {', '.join(platforms()) or 'none'}")
    return _load(folder)


@functools.cache
def _load(folder: Path) -> Pack:
    path = folder / "pack.yml"
    data = yamlfile.read(path)
    yamlfile.validate(data, schema.PACK, path)
    if data["platform"] != folder.name:
        raise PackError(f"platform is {data['platform']!r} but the folder is {folder.name!r}", where=str(path))
    refusals = data.get("refusals", {})
    return Pack(
        platform=folder.name,
        folder=folder,
        title=data["title"],
        collector=data["collector"],
        sections=_sections(folder),
        refusals=tuple((kind, _regex(p, path)) for kind in ("unsupported", "denied") for p in refusals.get(kind, ())),
        redact=tuple(_secret_regex(p, path) for p in data.get("redact", ())),
        parameters=data.get("parameters", {}),
        options=data.get("options", {}),
        found={k: tuple(v.split(".")) for k, v in data.get("found", {}).items()},
        covers={k: tuple(v) for k, v in data.get("covers", {}).items()},
    )


def _regex(pattern: str, path: Path) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.MULTILINE)
    except re.error as exc:
        raise PackError(f"not a regular expression: {pattern!r}: {exc}", where=str(path)) from None


def _secret_regex(pattern: str, path: Path) -> re.Pattern[str]:
    compiled = _regex(pattern, path)
    if "secret" not in compiled.groupindex:
        raise PackError(f"a redact pattern needs a group named secret: {pattern!r}", where=str(path))
    return compiled


def _parts(folder: Path, stem: str, suffix: str) -> list[Path]:
    """`stem.suffix`, or the files of folder `stem/` in name order."""
    single = folder / f"{stem}.{suffix}"
    return [single] if single.is_file() else sorted((folder / stem).glob(f"*.{suffix}"))


@functools.cache
def _script(folder: Path) -> str:
    return "".join(p.read_text(encoding="utf-8") for p in _parts(folder, "collect", "sh"))


def _sections(folder: Path) -> dict[str, Section]:
    found: dict[str, Section] = {}
    for path in _parts(folder, "sections", "yml"):
        data = yamlfile.read(path) or []
        yamlfile.validate(data, schema.SECTIONS, path)
        for entry in data:
            section = _section(entry, path)
            if section.name in found:
                raise PackError(f"section {section.name} is declared twice", where=str(path))
            found[section.name] = section
    return found


def _section(entry: dict[str, Any], path: Path) -> Section:
    ask = entry["ask"]
    counters = tuple(Counters(c["of"], c["key"], tuple(c["fields"])) for c in entry.get("counters", ()))
    trends = tuple(Trend(**t) for t in entry.get("trends", ()))
    facts = shape.with_changes(entry["facts"], counters, trends, f"{path}: {entry['name']}")
    return Section(
        name=entry["name"],
        title=entry["title"],
        asks=(ask,) if isinstance(ask, str) else tuple(ask),
        answered=shape.build(entry["facts"], f"{path}: {entry['name']}"),
        shape=shape.build(facts, f"{path}: {entry['name']}"),
        counters=counters,
        trends=trends,
        timeout=float(entry.get("timeout", 20.0)),
        classes=tuple(entry.get("classes", ())),
        variants=tuple(entry.get("variants", ())),
        absent=entry.get("absent", "not_collected"),
        blank=entry.get("blank", False),
    )


@functools.cache
def _parser(folder: Path, platform: str, name: str) -> Parser:
    path = folder / "parse" / f"{name}.py"
    if not path.is_file():
        raise PackError(f"no parser for section {name}", where=str(path))
    try:
        module = _module(path, f"xunwei_packs.{platform}.parse.{name}")
    except Exception as exc:
        raise PackError(f"cannot be imported: {type(exc).__name__}: {exc}", where=str(path)) from exc
    parse = getattr(module, "parse", None)
    if parse is None:
        raise PackError("has no function parse(text)", where=str(path))
    return parse  # type: ignore[no-any-return]


def _module(path: Path, name: str) -> ModuleType:
    """Import a parser: as part of the package when it is ours (so that tools see it), else by its path."""
    if path.is_relative_to(OWN_PACKS):
        relative = path.relative_to(OWN_PACKS).with_suffix("")
        return importlib.import_module(".".join(("xunwei.packs", *relative.parts)))
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PackError("cannot be imported", where=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
