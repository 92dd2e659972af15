"""`xunwei inspect`: the playbook through ansible-runner, with progress, time limit, clean stop and exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xunwei.catalogue import Catalogue, catalogue, user_language
from xunwei.cli import processes, show
from xunwei.cli.ansible_words import error_of
from xunwei.cli.progress import Progress
from xunwei.errors import InputError, RefusedError, XunweiError
from xunwei.flow.gate import OK, REFUSED, STOPPED, TOOL_FAILED
from xunwei.flow.opening import ROOT, new_run_id
from xunwei.flow.reports import FORMATS
from xunwei.model import Json
from xunwei.record.lock import release_run
from xunwei.record.store import RUN_ID
from xunwei.settings import state_dir

STOP_GRACE = 10.0


@dataclass
class Wish:
    """What the user asked for."""

    inventories: list[Path]
    limit: str
    target: str
    run_id: str
    formats: list[str]
    lang: str
    kind: str
    gate: str
    coverage: str
    timeout: float
    vaults: list[Path]
    extra: list[str]
    tags: str
    skip_tags: str
    check: bool
    verbose: int
    as_json: bool


@dataclass
class Watch:
    """What the playbook's events have told so far."""

    progress: Progress
    verbose: int
    run: Json = field(default_factory=dict)
    result: Json = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    error: str = ""
    error_code: int = TOOL_FAILED
    stopped: str = ""
    deadline: float = 0.0
    _asked: float = 0.0

    def event(self, data: Json) -> bool:
        """One runner event. Returns False: events are not kept on disk."""
        name, about = data.get("event", ""), data.get("event_data", {})
        action, result = about.get("task_action", "").rpartition(".")[2], about.get("res") or {}
        if self.verbose and data.get("stdout"):
            show.note(data["stdout"])
        if name == "playbook_on_task_start":
            self.progress.phase(action)
        elif name in ("runner_on_ok", "runner_on_failed", "runner_on_unreachable"):
            self._task_ended(action, name == "runner_on_ok", result, str(about.get("host", "")))
        return False

    def _task_ended(self, action: str, good: bool, result: Json, host: str) -> None:
        if action == "xunwei_collect":
            lost = not good or any(r.get("unreachable") for r in result.get("collected", []))
            self.progress.host(lost=lost)
            if not good:  # what a host does is an answer; this is a defect, and its reason must not be lost
                show.note(f"xunwei: {host}: {str(result.get('msg') or result)[:400]}")
        if not good and action not in ("xunwei_gate", "xunwei_collect"):
            self.error = str(result.get("msg", "")).removeprefix("Action failed: ") or f"task {action} failed"
            self.error_code = int(result.get("exit_code", TOOL_FAILED))
        elif action == "xunwei_validate":
            self.progress.expect(int(result.get("hosts", 0)))
        elif action == "xunwei_open":
            self.run = result
        elif action == "xunwei_conclude":
            self.result = result
        elif action == "xunwei_report":
            self.reports = list(result.get("reports", []))

    def stop(self, number: int, _frame: Any) -> None:
        """Signal handler: remember; `cancelled` acts on it."""
        self.stopped = self.stopped or signal.Signals(number).name

    def cancelled(self) -> bool:
        """Asked by ansible-runner once a second: first a request to stop, then True, upon which it kills."""
        now = time.monotonic()
        if now > self.deadline and not self.stopped:
            self.stopped = "timeout"
        if not self.stopped:
            return False
        if not self._asked:
            self._asked = now
            processes.interrupt_children()
        return now - self._asked > STOP_GRACE


def inspect(wish: Wish) -> int:
    """Run an inspection; returns the process's exit code. Raises XunweiError for a wish that cannot be met."""
    _check(wish)
    t = catalogue(user_language(), "cli")
    state = state_dir()
    wish.run_id = wish.run_id or new_run_id()
    private = Path(tempfile.mkdtemp(prefix="runner-", dir=state))
    with Progress(t, quiet=wish.as_json) as progress:
        watch = Watch(progress, wish.verbose, deadline=time.monotonic() + wish.timeout)
        before = {s: signal.signal(s, watch.stop) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        processes.adopt_orphans()
        try:
            code, output = _play(wish, watch, private)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            processes.end_descendants()
            shutil.rmtree(private, ignore_errors=True)
    return _tell(wish, watch, code, output, t)


def _check(wish: Wish) -> None:
    for path in wish.inventories:
        # A comma means hosts by name, as with ansible-playbook.
        if "," not in str(path) and not path.exists():
            raise InputError("no such inventory", where=str(path))
    for path in wish.vaults:
        if not path.exists():
            raise InputError("no such file", where=str(path), hint="--vault-password-file")
    for name in wish.formats:
        if name not in FORMATS:
            raise InputError(f"unknown report format {name!r}", hint=f"known: {', '.join(FORMATS)}")
    if wish.lang not in ("zh", "en"):
        raise InputError(f"no report in language {wish.lang!r}", hint="zh or en")
    if wish.run_id and not RUN_ID.fullmatch(wish.run_id):
        raise InputError(f"not a run id: {wish.run_id[:80]!r}", hint="letters, digits, . _ - and at most 64 of them")


def _play(wish: Wish, watch: Watch, private: Path) -> tuple[int, str]:
    """Run the playbook; (its exit code, its output as far as it was not in events)."""
    import ansible_runner

    runner = ansible_runner.run(
        private_data_dir=str(private),
        project_dir=str(ROOT),
        playbook="playbooks/inspect.yml",
        ident="run",
        cmdline=_command_line(wish),
        envvars=_environment(),
        settings={"pexpect_timeout": 1, "pexpect_use_poll": True},
        suppress_env_files=True,
        quiet=True,
        event_handler=watch.event,
        cancel_callback=watch.cancelled,
        timeout=0,
    )
    output = (private / "artifacts" / "run" / "stdout").read_text(encoding="utf-8", errors="replace")
    return int(runner.rc if runner.rc is not None else TOOL_FAILED), output


def _command_line(wish: Wish) -> str:
    import shlex

    variables: Json = {
        "inspection_run_id": wish.run_id, "inspection_target": wish.target, "inspection_kind": wish.kind,
        "report_formats": wish.formats, "inspection_lang": wish.lang, "report_lang": wish.lang,
    }  # fmt: skip
    variables |= {k: v for k, v in (("inspection_gate", wish.gate), ("inspection_gate_coverage", wish.coverage)) if v}
    words: list[str] = []
    for path in wish.inventories:
        words += ["-i", str(path) if "," in str(path) else str(path.absolute())]
    for path in wish.vaults:
        words += ["--vault-password-file", str(path.absolute())]
    for flag, value in (("--limit", wish.limit), ("--tags", wish.tags), ("--skip-tags", wish.skip_tags)):
        words += [flag, value] if value else []
    for one in wish.extra:
        words += ["-e", one]
    words += ["-e", json.dumps(variables)]
    words += ["--check"] if wish.check else []
    words += ["-" + "v" * wish.verbose] if wish.verbose else []
    return shlex.join(words)


def _environment() -> dict[str, str]:
    return {
        "ANSIBLE_CONFIG": os.environ.get("ANSIBLE_CONFIG") or str(ROOT / "ansible.cfg"),
        # Also under a configuration of the user's own.
        "ANSIBLE_LIBRARY": str(ROOT / "library"),
        "ANSIBLE_ACTION_PLUGINS": str(ROOT / "action_plugins"),
        "ANSIBLE_FILTER_PLUGINS": str(ROOT / "filter_plugins"),
        "ANSIBLE_ROLES_PATH": str(ROOT / "roles"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_FORCE_COLOR": "0",
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
    }


def _tell(wish: Wish, watch: Watch, code: int, output: str, t: Catalogue) -> int:
    """Say what came of it; the last line (or the JSON) has run id, counts and paths."""
    if watch.stopped:
        release_run(state_dir(), watch.run.get("run_id") or wish.run_id)
        raise Stopped(f"run {wish.run_id} was stopped ({watch.stopped})", hint="what was collected is kept, unsigned")
    if not watch.error and code == 0 and watch.run.get("run_id") and not watch.result:
        return _only_collected(wish, watch, t)
    if watch.error or not (watch.result or wish.check):
        error = (
            watch.error
            or error_of(output, wish.inventories)
            or _last_line(output)
            or f"ansible-playbook ended with {code}"
        )
        if watch.run:
            release_run(state_dir(), watch.run.get("run_id") or wish.run_id)
            raise Failed(error, watch.error_code)
        raise Failed(error, watch.error_code if watch.error_code != TOOL_FAILED else REFUSED)
    if wish.check and not watch.result.get("run_id"):
        show.as_json({"check": True}) if wish.as_json else show.out(t("inspect.check"))
        return OK if code == 0 else TOOL_FAILED
    return _summary(wish, watch, t)


def _only_collected(wish: Wish, watch: Watch, t: Catalogue) -> int:
    """Tags left evaluation out: this is a part of a run, for `xunwei merge`."""
    folder = state_dir() / "runs" / watch.run["run_id"]
    known = {"run_id": watch.run["run_id"], "part": True, "assets": watch.run["assets"], "folder": str(folder)}
    show.out(json.dumps(known) if wish.as_json else t("inspect.part", **known))
    return OK


def _summary(wish: Wish, watch: Watch, t: Catalogue) -> int:
    result = watch.result
    counts, exit_code, folder = result["counts"], int(result["exit_code"]), result["folder"]
    if wish.as_json:
        known = {"run_id": result["run_id"], "exit_code": exit_code, "counts": counts, "folder": folder}
        show.out(json.dumps({**known, "reports": watch.reports}, ensure_ascii=False))
        return exit_code
    verdicts = (
        dict.fromkeys(("pass", "warn", "fail", "not_collected", "waived", "not_applicable"), 0) | counts["verdicts"]
    )
    severities = dict.fromkeys(("critical", "major", "minor"), 0) | counts["findings"]
    show.out(t("inspect.summary", **verdicts))
    show.out(t("inspect.assets", assets=counts["assets"], unreachable=counts["unreachable"], **severities))
    for path in watch.reports:
        if not path.endswith(("SHA256SUMS", ".sig")):
            show.out(path)
    meaning = t(f"code.{exit_code}")
    show.out(t("inspect.last", run_id=result["run_id"], code=exit_code, meaning=meaning, folder=folder))
    return exit_code


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


class Stopped(RefusedError):
    """Stopped by a signal or by the time limit."""

    exit_code = STOPPED


class Failed(XunweiError):
    """The playbook did not come to its end."""

    def __init__(self, what: str, code: int) -> None:
        super().__init__(what)
        self.exit_code = code
