#!/usr/bin/python
"""Documentation of the action `xunwei_conclude`: the work is done by action_plugins/xunwei_conclude.py on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: xunwei_conclude
short_description: Parse, evaluate, record and sign a run
description:
  - Parses every answer, judges it by the rules, compares with the ledger, writes the run's documents and signs their manifest.
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
- name: Conclude
  xunwei_conclude:
    run_id: "{{ inspection_run.run_id }}"
  run_once: true
"""

RETURN = r"""
run_id:
  description: Id of the run.
  type: str
  returned: success
folder:
  description: The run folder.
  type: str
  returned: success
counts:
  description: Counts of assets, verdicts and findings.
  type: dict
  returned: success
exit_code:
  description: What the gate says (0, 2 or 3).
  type: int
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def main() -> None:
    """Only reached when the action plugin was not found."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.fail_json(msg="the action plugin xunwei_conclude was not found: use the repository's ansible.cfg")


if __name__ == "__main__":
    main()
