"""Door: render a finished run."""

from __future__ import annotations

from pathlib import Path

from ansible.errors import AnsibleError

try:
    from xunwei.door import Door
    from xunwei.flow.reports import make_reports
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc


class ActionModule(Door):
    """See library/xunwei_report.py."""

    OPTIONS = {
        "run_id": {"type": "str", "required": True},
        "formats": {"type": "list", "elements": "str", "default": ["html", "docx", "xlsx", "pdf", "json"]},
        "lang": {"type": "str", "choices": ["zh", "en"], "default": "zh"},
        "out": {"type": "str", "default": ""},
    }

    def act(self, options, task_vars):
        if self._task.check_mode:
            return {"skipped": True, "msg": "check mode: there is no run to report"}
        folder = self.state / "runs" / options["run_id"]
        out = Path(options["out"]) if options["out"] else None
        paths = make_reports(self.state, folder, options["formats"], options["lang"], out)
        return {"changed": True, "reports": [str(p) for p in paths]}
