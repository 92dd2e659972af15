"""Door: open a run."""

from __future__ import annotations

import os

from ansible.errors import AnsibleError

try:
    from xunwei.door import Door
    from xunwei.flow.opening import open_run
    from xunwei.model import Asset
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc


class ActionModule(Door):
    """See library/xunwei_open.py."""

    OPTIONS = {
        "assets": {"type": "list", "elements": "dict", "required": True},
        "run_id": {"type": "str", "default": ""},
        "inventory": {"type": "str", "required": True},
        "target": {"type": "str", "default": "all"},
        "kind": {"type": "str", "choices": ["inspection", "special"], "default": "inspection"},
        "gate": {"type": "str", "default": "major"},
        "gate_coverage": {"type": "str", "default": "strict"},
        "waivers": {"type": "list", "elements": "raw", "default": []},
        "organisation": {"type": "dict", "default": {}},
        "lang": {"type": "str", "choices": ["zh", "en"], "default": "zh"},
        "timezone": {"type": "str", "default": "Asia/Shanghai"},
        "operator": {"type": "str", "default": ""},
    }

    def act(self, options, task_vars):
        assets = [Asset.from_json(row) for row in options.pop("assets")]
        if self._task.check_mode:
            return {"run_id": "", "assets": len(assets), "since": 0}
        options["inventory"] = os.path.basename(options["inventory"].rstrip("/")) or options["inventory"]
        # The worker ends with this task; the lock is held for ansible-playbook itself.
        header = open_run(self.state, assets, options, pid=os.getppid())
        return {"run_id": header["run_id"], "assets": len(assets), "since": header["since"]}
