#!/usr/bin/python
"""Documentation of the action `xunwei_validate`: the work is done by action_plugins/xunwei_validate.py on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: xunwei_validate
short_description: Check the inventory of an inspection
description:
  - Checks platform, class, thresholds and waivers of every host, and the packs that will be used, before anything is touched.
version_added: "0.1.0"
options:
  hosts:
    description: Inventory hosts to inspect; the denominator of the run.
    type: list
    elements: str
    required: true
  waivers:
    description: Accepted findings; each has rule, assets, reason, approver and until (a date), optionally key and ticket.
    type: list
    elements: raw
    default: []
author:
  - Xunwei maintainers
notes:
  - Runs in the controller's process; nothing is copied to or changed on an asset.
  - In check mode nothing is recorded.
"""

EXAMPLES = r"""
- name: Check the inventory
  xunwei_validate:
    hosts: "{{ ansible_play_hosts_all }}"
  run_once: true
"""

RETURN = r"""
assets:
  description: The assets that the hosts are, instances on them included, as M(xunwei_open) takes them.
  type: list
  elements: dict
  returned: success
hosts:
  description: How many hosts will be asked.
  type: int
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def main() -> None:
    """Only reached when the action plugin was not found."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.fail_json(msg="the action plugin xunwei_validate was not found: use the repository's ansible.cfg")


if __name__ == "__main__":
    main()
