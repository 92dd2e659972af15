#!/usr/bin/python
"""Documentation of the action `xunwei_open`: the work is done by action_plugins/xunwei_open.py on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: xunwei_open
short_description: Open an inspection run
description:
  - Takes the lock of the target group, makes the run folder in the state directory and enters the run into the ledger.
version_added: "0.1.0"
options:
  assets:
    description: The denominator of the run, as returned by M(xunwei_validate).
    type: list
    elements: dict
    required: true
  run_id:
    description: Id of the run; made when empty. An unfinished run of this id is continued, a finished one is refused.
    type: str
    default: ""
  inventory:
    description: Name of the inventory (the last part of a path is taken); runs are compared within inventory and target.
    type: str
    required: true
  target:
    description: Target group; one run per inventory and target at a time.
    type: str
    default: all
  kind:
    description: Kind of report.
    type: str
    choices: [inspection, special]
    default: inspection
  gate:
    description: Findings of this severity or above make the run fail (critical, major, minor, never).
    type: str
    default: major
  gate_coverage:
    description: What must have been collected (strict, asset, off).
    type: str
    default: strict
  waivers:
    description: Accepted findings; each has rule, assets, reason, approver and until (a date), optionally key and ticket.
    type: list
    elements: raw
    default: []
  organisation:
    description: Words for the cover (customer, contractor, project, contract_no, platform_name).
    type: dict
    default: {}
  lang:
    description: Language of the report.
    type: str
    choices: [zh, en]
    default: zh
  timezone:
    description: Time zone of dates in reports and waivers.
    type: str
    default: Asia/Shanghai
  operator:
    description: Who runs it; the login name when empty.
    type: str
    default: ""
author:
  - Xunwei maintainers
notes:
  - Runs in the controller's process; nothing is copied to or changed on an asset.
  - In check mode nothing is recorded.
"""

EXAMPLES = r"""
- name: Open a run
  xunwei_open:
    assets: "{{ validate_inventory_result.assets }}"
    inventory: "{{ inventory_dir }}"
  run_once: true
  register: inspection_run
"""

RETURN = r"""
run_id:
  description: Id of the run; empty in check mode.
  type: str
  returned: success
assets:
  description: How many assets are expected.
  type: int
  returned: success
since:
  description: Start of the last run of the same target in epoch seconds, 0 when there was none.
  type: float
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def main() -> None:
    """Only reached when the action plugin was not found."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.fail_json(msg="the action plugin xunwei_open was not found: use the repository's ansible.cfg")


if __name__ == "__main__":
    main()
