"""The view model: what every format shows, worded in one language, computed once. Plain data, no I/O."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from xunwei.catalogue import Catalogue

# What an object comes to, best last; the matrix by class has a column for each of the first four.
BUCKETS = ("fail", "warn", "not_collected", "pass")
SEVERITIES = ("critical", "major", "minor")
# In the order of the report; headings are the messages chapter.<name>.
CHAPTERS = (
    "overview",
    "conclusion",
    "findings",
    "scope",
    "missing",
    "waivers",
    "clauses",
    "assets",
    "appendix",
    "signatures",
)
VERDICTS = ("pass", "warn", "fail", "not_collected", "not_applicable", "waived", "manual")


@dataclass(slots=True)
class Proof:
    """Where a value was read: command, line number (0: the whole answer), raw line, local time. Never blank."""

    command: str
    line: int
    text: str
    time: str
    section: str
    where: str  # "df -PTk · line 3"
    seen: bool = True  # false: nothing was collected, `text` says so


@dataclass(slots=True)
class Rule:
    """A rule as it was used in the run."""

    id: str
    title: str
    platform: str
    severity: str
    severity_word: str
    section: str
    clauses: list[str]
    duties: list[str]
    why: str
    remedy: str
    anchor: str
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Detail:
    """One item inside a verdict that is not a plain pass."""

    key: str
    verdict: str
    word: str
    shown: str
    proof: Proof


@dataclass(slots=True)
class Row:
    """One cell of the asset × rule matrix; `shown` is the measured value, or why there is none."""

    asset: str
    rule: Rule
    verdict: str
    word: str
    measured: str
    shown: str
    reason: str
    expected: str
    proof: Proof
    details: list[Detail]
    checked: int


@dataclass(slots=True)
class SectionRow:
    """One question put to an asset, and what became of it."""

    name: str
    title: str
    ask: str
    status: str
    word: str
    time: str
    seconds: float
    lines: int
    sha256: str


@dataclass(slots=True)
class Asset:
    """One row of the denominator. `bucket` is the worst of its verdicts, `note` what must be read with it."""

    name: str
    anchor: str
    platform: str
    platform_title: str
    asset_class: str
    class_title: str
    site: str
    owner: str
    role: str
    address: str
    host: str
    services: list[str]
    declared: list[tuple[str, str]]
    state: str
    state_word: str
    reason: str
    seconds: float
    core: bool
    sections: list[SectionRow] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    bucket: str = "not_collected"
    word: str = ""
    note: str = ""

    @property
    def items(self) -> int:
        """How many checks were due: everything but what does not apply."""
        return self.counts.total() - self.counts["not_applicable"]

    @property
    def judged(self) -> int:
        return sum(self.counts[v] for v in ("pass", "warn", "fail", "waived"))

    @property
    def reached(self) -> bool:
        """Whether at least one thing was really seen of it."""
        return self.judged > 0 and self.state not in ("unreachable", "manual")

    @property
    def odd_rows(self) -> list[Row]:
        """The verdicts a reader must see; the others are counted."""
        return [row for row in self.rows if row.verdict not in ("pass", "not_applicable")]

    @property
    def plain_rows(self) -> list[Row]:
        return [row for row in self.rows if row.verdict in ("pass", "not_applicable")]


@dataclass(slots=True)
class Finding:
    """A fail or warn with its life from run to run."""

    id: str
    number: int
    asset: str
    asset_anchor: str
    site: str
    asset_class: str
    class_title: str
    rule: Rule
    key: str
    severity: str
    severity_word: str
    verdict: str
    word: str
    lifecycle: str
    life_word: str
    first_seen: str
    last_seen: str
    first_time: datetime | None
    last_time: datetime | None
    weeks: int
    runs: int
    age: str  # "open for 3 weeks"
    measured: str
    expected: str
    proof: Proof
    services: list[str]
    services_word: str
    services_short: str  # for narrow columns: the first few and how many
    waived: bool


@dataclass(slots=True)
class FindingGroup:
    """Findings of one rule: what is said once, and the rows."""

    rule: Rule
    expected: str  # "" when it differs from row to row
    findings: list[Finding]


@dataclass(slots=True)
class SeverityBlock:
    severity: str
    word: str
    groups: list[FindingGroup]
    count: int


@dataclass(slots=True)
class ClassRow:
    """A line of the matrix by asset class."""

    asset_class: str
    title: str
    assets: int
    buckets: dict[str, int]
    verdict: str
    word: str
    rows: Counter[str]


@dataclass(slots=True)
class Missing:
    """Checks of one asset that were not made, for one reason."""

    asset: str
    asset_anchor: str
    site: str
    asset_class: str
    class_title: str
    verdict: str  # not_collected | manual
    word: str
    reason: str
    items: list[str]  # rule titles
    whole: bool  # nothing of the asset was seen
    shown: str


@dataclass(slots=True)
class Waiver:
    rule: str
    rule_title: str
    assets: str
    key: str
    reason: str
    approver: str
    until: str
    state: str
    state_word: str
    matched: int


@dataclass(slots=True)
class Clause:
    clause: str
    rules: list[Rule]
    counts: Counter[str]
    bucket: str
    word: str


@dataclass(slots=True)
class Point:
    """One run of the history, this one last."""

    run_id: str
    finished: str
    time: datetime
    assets: int
    unreachable: int
    verdicts: Counter[str]
    findings: Counter[str]
    current: bool


@dataclass(slots=True)
class Scope:
    """Should, done and not done: of assets and of checks."""

    assets: int
    reached: int
    not_reached: int
    items: int
    judged: int
    not_collected: int
    manual: int
    not_applicable: int
    coverage: float  # percent of checks due that were judged


@dataclass(slots=True)
class View:
    """The whole report. Times are local to the run's time zone; `*_time` are datetimes."""

    words: Catalogue
    lang: str
    kind: str
    title: str
    doc_no: str
    digest: str
    files: int
    run_id: str
    started: str
    finished: str
    started_time: datetime
    finished_time: datetime
    date: str
    week: str
    subtitle: str  # platform and period
    zone: str
    pairs: dict[str, list[tuple[str, str]]]  # cover, overview, versions, packs: label and value
    scope: Scope
    conclusion: str  # normal | attention | abnormal | undetermined
    conclusion_word: str
    conclusion_text: list[str]
    verdicts: Counter[str]
    classes: list[ClassRow]
    comparison: list[tuple[str, str, int]]  # lifecycle, word, count
    comparison_text: str
    assets: list[Asset]
    rules: list[Rule]
    findings: list[Finding]
    fixed: list[Finding]
    waived: list[Finding]
    blocks: list[SeverityBlock]
    missing: list[Missing]
    waivers: list[Waiver]
    clauses: list[Clause]
    history: list[Point]
    notices: list[str]
    signatures: list[tuple[str, str]]
    verify: list[str]
    charts: dict[str, str] = field(default_factory=dict)  # SVG

    def t(self, key: str, **values: object) -> str:
        """A message of the catalogue, for templates."""
        return self.words(key, **values)

    @property
    def rows(self) -> list[Row]:
        return [row for asset in self.assets for row in asset.rows]

    @property
    def severities(self) -> list[tuple[str, str, int]]:
        """Severity, word and number of present findings, worst first."""
        counts = Counter(f.severity for f in self.findings)
        return [(s, self.words.word("severity", s), counts[s]) for s in SEVERITIES]
