#!/usr/bin/python
"""Documentation of the action `xunwei_gate`: the work is done by action_plugins/xunwei_gate.py on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: xunwei_gate
short_description: Fail when a run's records say so
description:
  - Fails with exit_code 2 when there are findings at or above the run's gate, with 3 when something was not collected.
version_added: "0.1.0"
options:
  run_id:
    description: Id of the run, as returned by M(xunwei_open).
    type: str
    required: true
author:
  - Xunwei maintainers
notes:
  - Runs in the controller's process; nothing is copied to or changed on an asset.
  - In check mode nothing is recorded.
"""

EXAMPLES = r"""
- name: Gate
  xunwei_gate:
    run_id: "{{ inspection_run.run_id }}"
  run_once: true
"""

RETURN = r"""
exit_code:
  description: 0, 2 or 3.
  type: int
  returned: always
counts:
  description: Counts of assets, verdicts and findings.
  type: dict
  returned: always
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def main() -> None:
    """Only reached when the action plugin was not found."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.fail_json(msg="the action plugin xunwei_gate was not found: use the repository's ansible.cfg")


if __name__ == "__main__":
    main()
