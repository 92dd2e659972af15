"""Door: parse, evaluate, record and sign a run."""

from __future__ import annotations

from ansible.errors import AnsibleError

try:
    from xunwei.door import Door
    from xunwei.flow.conclude import conclude
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc


class ActionModule(Door):
    """See library/xunwei_conclude.py."""

    OPTIONS = {"run_id": {"type": "str", "required": True}}

    def act(self, options, task_vars):
        if self._task.check_mode:
            return {"skipped": True, "msg": "check mode: nothing was recorded"}
        run = conclude(self.state, options["run_id"])
        return {
            "changed": True,
            "run_id": run["run_id"],
            "folder": str(self.state / "runs" / run["run_id"]),
            "counts": run["counts"],
            "exit_code": run["exit_code"],
        }
