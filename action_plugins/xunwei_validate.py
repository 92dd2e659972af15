"""Door: check the inventory before anything is touched."""

from __future__ import annotations

from ansible.errors import AnsibleError

try:
    from xunwei.door import Door, host_variables
    from xunwei.flow.gathering import gather
    from xunwei.inventory import check_waivers
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc


class ActionModule(Door):
    """See library/xunwei_validate.py."""

    OPTIONS = {
        "hosts": {"type": "list", "elements": "str", "required": True},
        "waivers": {"type": "list", "elements": "raw", "default": []},
    }

    def act(self, options, task_vars):
        hosts = host_variables(options["hosts"], task_vars)
        rest = sorted(set(task_vars["groups"]["all"]) - set(hosts))
        assets = gather(hosts, host_variables(rest, task_vars))
        check_waivers(options["waivers"])
        return {"assets": [a.as_json() for a in assets], "hosts": len(hosts)}
