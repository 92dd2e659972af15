"""Door: fail the play on what a run's records say."""

from __future__ import annotations

from ansible.errors import AnsibleError

try:
    from xunwei.door import Door
    from xunwei.flow.gate import FINDINGS, NOT_COLLECTED
    from xunwei.record.files import read_json
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc

WORDS = {FINDINGS: "there are findings at or above the gate", NOT_COLLECTED: "something was not collected"}


class ActionModule(Door):
    """See library/xunwei_gate.py."""

    OPTIONS = {"run_id": {"type": "str", "required": True}}

    def act(self, options, task_vars):
        if self._task.check_mode:
            return {"skipped": True, "msg": "check mode: there is no run to judge"}
        run = read_json(self.state / "runs" / options["run_id"] / "run.json")
        code = run["exit_code"]
        result = {"exit_code": code, "counts": run["counts"], "failed": code != 0}
        if code:
            result["msg"] = f"run {run['run_id']}: {WORDS[code]} (exit code {code})"
        return result
