"""Judge one asset by compiled rules. No I/O, no clock: facts, limits and the run's time come in, judgements go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xunwei.dates import epoch
from xunwei.evaluate.compiler import Compiled
from xunwei.evaluate.expressions import Expression, Path
from xunwei.model import Asset, Evidence, Facts, Item, Json, Judgement
from xunwei.words import WORST_FIRST, Status, Verdict

USABLE = (Status.COLLECTED,)
ABSENT = (Status.UNSUPPORTED, Status.EMPTY)
MEASURED_ITEMS = 3


@dataclass
class SectionView:
    """What evaluation sees of one section."""

    status: Status
    facts: Facts | None = None
    reason: str = ""
    ask: str = ""
    time: str = ""
    raw: str = ""
    _lines: list[str] | None = field(default=None, repr=False)

    def line(self, number: int) -> str:
        """Text of a 1-based line of the raw answer, '' when there is no such line."""
        if self._lines is None:
            self._lines = self.raw.splitlines()
        return self._lines[number - 1].strip() if 0 < number <= len(self._lines) else ""


Views = Mapping[str, SectionView]


def judge(asset: Asset, views: Views, rules: Iterable[Compiled], now: float) -> list[Judgement]:
    """Every rule's judgement of one asset.

    `now` (epoch seconds) is the run's time; a rule's own `now` is the time its section was asked, when that is known.

    A section that the asset was not asked (its class or variant) is missing from `views`: its rules do not apply.
    """
    facts = {name: view.facts for name, view in views.items() if view.status in USABLE}
    about = {**asset.as_json(), "class": asset.asset_class}
    return [_judge(asset, views, rule, {**facts, "asset": about, "now": now}) for rule in rules]


def _judge(asset: Asset, views: Views, rule: Compiled, scope: dict[str, Any]) -> Judgement:
    own = asset.limits.get(rule.rule.id)
    scope["limit"] = {**rule.limits, **own} if own else rule.limits
    asked = views.get(rule.sections[0])
    if asked is not None and asked.time:
        scope["now"] = epoch(asked.time)
    result = Judgement(asset.name, rule.rule.id, Verdict.PASS, rule.rule.severity.value)
    result.expected = rule.expected(scope)
    if not _sections_usable(rule, views, result):
        return result
    try:
        if rule.applies is not None and not _applies(rule.applies, scope, result):
            return result
        missing = _first_null(rule.needs, scope)
        if missing is not None:
            return _not_collected(result, {"code": "null_fact", "fact": ".".join(missing)})
        if rule.each is None:
            _judge_one(rule, scope, views, result)
        else:
            _judge_each(rule, scope, views, result)
    except Exception as exc:  # noqa: BLE001 - a rule's own mistake on odd facts is a row, never the end of a run
        _not_collected(result, {"code": "expression_error", "detail": f"{type(exc).__name__}: {exc}"[:200]})
    return result


def _sections_usable(rule: Compiled, views: Views, result: Judgement) -> bool:
    for name in rule.sections:
        view = views.get(name)
        if view is None:
            result.verdict = Verdict.NOT_APPLICABLE
            result.reason = {"code": "not_asked", "section": name}
            return False
        if view.status in USABLE:
            continue
        if view.status in ABSENT and name in rule.absent_ok:
            result.verdict = Verdict.NOT_APPLICABLE
        else:
            result.verdict = Verdict.NOT_COLLECTED
        code = "unreachable" if view.status is Status.UNREACHABLE else "section_status"
        result.reason = {"code": code, "section": name, "status": view.status.value, "detail": view.reason}
        result.evidence = Evidence(name, 0, "", view.ask, view.time)
        return False
    return True


def _applies(expression: Expression, scope: dict[str, Any], result: Judgement) -> bool:
    missing = _first_null(expression.strict, scope)
    if missing is not None:
        _not_collected(result, {"code": "null_fact", "fact": ".".join(missing)})
        return False
    if not expression.call(scope):
        result.verdict = Verdict.NOT_APPLICABLE
        result.reason = {"code": "does_not_apply"}
        return False
    return True


def _judge_one(rule: Compiled, scope: dict[str, Any], views: Views, result: Judgement) -> None:
    result.evidence = _evidence(rule.needs[0], scope, views)
    verdict, reason = _weigh(rule, scope)
    result.measured = _measured(rule, scope)
    if verdict is Verdict.NOT_COLLECTED:
        _not_collected(result, reason)
        return
    result.verdict, result.reason = verdict, reason


def _judge_each(rule: Compiled, scope: dict[str, Any], views: Views, result: Judgement) -> None:
    assert rule.each is not None
    assert rule.key is not None
    entries = _value(rule.each, scope)
    if entries is None:
        _not_collected(result, {"code": "null_fact", "fact": ".".join(rule.each)})
        return
    judged = 0
    fallback = _evidence(rule.each, scope, views)
    for entry in entries:
        scope["item"] = entry
        if rule.where is not None and _first_null(rule.where.strict, scope) is None and not rule.where.call(scope):
            continue
        judged += 1
        verdict, reason = _weigh(rule, scope)
        if verdict is Verdict.PASS:
            continue
        evidence = _item_evidence(entry, rule.each[0], views) or fallback
        measured = _measured(rule, scope)
        result.items.append(Item(rule.key(scope).strip(), verdict, measured, reason, evidence))
    _sum_up(result, judged, fallback)


def _sum_up(result: Judgement, judged: int, fallback: Evidence) -> None:
    result.checked = judged
    bad = sorted(result.items, key=lambda item: WORST_FIRST.index(item.verdict))
    result.items = bad
    if not bad:
        result.measured = f"{judged}/{judged}"
        result.evidence = fallback
        return
    result.verdict = bad[0].verdict
    result.reason = bad[0].reason
    result.evidence = bad[0].evidence
    shown = [i.measured or i.key for i in bad[:MEASURED_ITEMS]]
    result.measured = "; ".join(shown) + (f"; … +{len(bad) - len(shown)}" if len(bad) > len(shown) else "")


def _weigh(rule: Compiled, scope: dict[str, Any]) -> tuple[Verdict, Json | None]:
    if rule.manual is not None:
        missing = _first_null(rule.manual.strict, scope)
        if missing is None and rule.manual.call(scope):
            return Verdict.MANUAL, {"code": "waiting_for_hands"}
    else:
        missing = None
    missing = missing or _first_null(rule.good.strict, scope)
    if missing is not None:
        return Verdict.NOT_COLLECTED, {"code": "null_fact", "fact": ".".join(missing)}
    if rule.good.call(scope):
        return Verdict.PASS, None
    if rule.fair is None:
        return Verdict.FAIL, None
    missing = _first_null(rule.fair.strict, scope)
    fair = missing is None and rule.fair.call(scope)
    return (Verdict.WARN if fair else Verdict.FAIL), None


def _measured(rule: Compiled, scope: dict[str, Any]) -> str:
    """The rule's own words for what was found; when they come out blank, the facts it read."""
    text = " ".join(rule.measured(scope).split())
    if text:
        return text
    facts = [p for p in rule.good.reads if len(p) > 1 and p[0] not in ("limit", "asset")]
    return "; ".join(f"{'.'.join(p[1:])}={_value(p, scope)}" for p in facts)[:200]


def _value(path: Path, scope: Mapping[str, Any]) -> Any:
    node: Any = scope
    for name in path:
        if not isinstance(node, Mapping):
            return None
        node = node.get(name)
    return node


def _first_null(paths: Iterable[Path], scope: Mapping[str, Any]) -> Path | None:
    for path in paths:
        if path[0] in scope and _value(path, scope) is None:
            return path
    return None


def _evidence(path: Path, scope: Mapping[str, Any], views: Views) -> Evidence:
    """The line a fact was read from: the deepest `_lines[name]` or `_line` along the path."""
    view = views[path[0]]
    line, node = 0, scope.get(path[0])
    for name in path[1:]:
        if not isinstance(node, Mapping):
            break
        line = (node.get("_lines") or {}).get(name) or node.get("_line") or line
        node = node.get(name)
    if isinstance(node, Mapping):
        line = node.get("_line") or line
    elif isinstance(node, list) and node and isinstance(node[0], Mapping):
        line = line or node[0].get("_line") or 0
    return Evidence(path[0], line, view.line(line), view.ask, view.time)


def _item_evidence(entry: Any, section: str, views: Views) -> Evidence | None:
    if not isinstance(entry, Mapping) or not entry.get("_line"):
        return None
    view = views[section]
    return Evidence(section, entry["_line"], view.line(entry["_line"]), view.ask, view.time)


def _not_collected(result: Judgement, reason: Json | None) -> Judgement:
    result.verdict = Verdict.NOT_COLLECTED
    result.reason = reason
    return result
