"""The things that pass between the rooms: assets, answers, records, verdicts. Plain data, JSON in and out."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Self

from xunwei.words import Status, Verdict

Facts = dict[str, Any]
Json = dict[str, Any]


def _plain(value: Any) -> Any:
    if isinstance(value, Plain):
        return value.as_json()
    if isinstance(value, list | tuple) and value and isinstance(value[0], Plain):
        return [v.as_json() for v in value]
    return list(value) if isinstance(value, tuple) else value


class Plain:
    """JSON round trip for the dataclasses below; unknown keys are ignored so that old runs stay readable."""

    def as_json(self) -> Json:
        """Fields as JSON data. Containers are shared, not copied: what is written out is not changed afterwards."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, data: Json) -> Self:
        known = {f.name for f in fields(cls)}  # type: ignore[arg-type]
        return cls(**{k: v for k, v in data.items() if k in known})


@dataclass(frozen=True)
class Asset(Plain):
    """One row of the denominator."""

    name: str
    platform: str
    asset_class: str
    site: str = ""
    owner: str = ""
    role: str = ""
    variant: str = ""
    address: str = ""
    host: str = ""  # the inventory host that carries it, when it is an instance on a host
    services: tuple[str, ...] = ()
    limits: dict[str, dict[str, Any]] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)  # model, serial, version, … as the inventory says
    needs: tuple[str, ...] = ()  # assets it can't work without
    links: tuple[dict[str, str], ...] = ()  # declared cables: {port, peer, peer_port}
    networks: tuple[str, ...] = ()  # management networks whose every address must be a known asset's

    def __post_init__(self) -> None:
        for name in ("services", "needs", "links", "networks"):
            object.__setattr__(self, name, tuple(getattr(self, name)))


@dataclass
class Answer(Plain):
    """What one section of one asset answered, before parsing. `raw` is redacted before it is kept."""

    section: str
    status: Status
    raw: str = ""
    reason: str = ""  # one line, English, when status is not `collected` or `empty`
    ask: str = ""  # the command, path or query
    exit_code: int | None = None
    started: str = ""  # ISO 8601 UTC
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.status = Status(self.status)


@dataclass
class Record(Plain):
    """An answer with its facts: the unit of evidence. `raw` lies in its own file; `sha256` is of that file."""

    section: str
    status: Status
    reason: str = ""
    ask: str = ""
    exit_code: int | None = None
    started: str = ""
    seconds: float = 0.0
    sha256: str = ""
    lines: int = 0
    facts: Facts | None = None

    def __post_init__(self) -> None:
        self.status = Status(self.status)


@dataclass
class Evidence(Plain):
    """Where in the raw answer a verdict was read: `line` is 1-based, 0 when the answer as a whole is meant."""

    section: str
    line: int = 0
    text: str = ""
    ask: str = ""
    time: str = ""


@dataclass
class Item(Plain):
    """One judged item of a rule with `each` (or the only one, with key '')."""

    key: str
    verdict: Verdict
    measured: str = ""
    reason: Json | None = None  # {"code": message key, …parameters}
    evidence: Evidence | None = None
    waiver: Json | None = None

    def __post_init__(self) -> None:
        self.verdict = Verdict(self.verdict)
        if isinstance(self.evidence, dict):
            self.evidence = Evidence.from_json(self.evidence)


@dataclass
class Judgement(Plain):
    """One cell of the asset × rule matrix. `items` holds everything that is not a plain pass."""

    asset: str
    rule: str
    verdict: Verdict
    severity: str
    measured: str = ""
    expected: dict[str, str] = field(default_factory=dict)  # {"zh": …, "en": …}
    reason: Json | None = None
    evidence: Evidence | None = None
    items: list[Item] = field(default_factory=list)
    checked: int = 1  # how many items were judged

    def __post_init__(self) -> None:
        self.verdict = Verdict(self.verdict)
        if isinstance(self.evidence, dict):
            self.evidence = Evidence.from_json(self.evidence)
        self.items = [Item.from_json(i) if isinstance(i, dict) else i for i in self.items]
