#!/usr/bin/python
"""Documentation of the action `xunwei_collect`: the work is done by action_plugins/xunwei_collect.py on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: xunwei_collect
short_description: Ask one host everything, in one exec request or one login
description:
  - Collects by the way the asset's platform pack names (POSIX sh over the host's connection, a device's CLI, or Redfish).
  - Secrets are replaced by keyed fingerprints before anything is kept or returned.
  - A host that cannot be reached is a result with a reason, not a failure.
version_added: "0.1.0"
options:
  run_id:
    description: Id of the run that keeps the answers; when empty nothing is kept.
    type: str
    default: ""
  since:
    description: Logs are read from this time on (epoch seconds).
    type: float
    default: 0.0
  facts:
    description: Return the parsed facts, by asset and section.
    type: bool
    default: false
  device_seconds:
    description: Time limit for one network device or BMC.
    type: float
    default: 120.0
author:
  - Xunwei maintainers
notes:
  - Runs in the controller's process; nothing is copied to or changed on an asset.
  - In check mode nothing is recorded.
"""

EXAMPLES = r"""
- name: Collect for the open run
  xunwei_collect:
    run_id: "{{ inspection_run.run_id }}"

- name: Use the facts in a playbook of one's own
  xunwei_collect:
    facts: true
  register: collected
"""

RETURN = r"""
collected:
  description: One row per asset on the host.
  type: list
  elements: dict
  returned: success
facts:
  description: "{asset: {section: {status, reason, facts}}}"
  type: dict
  returned: when facts is true
seconds:
  description: Wall time.
  type: float
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def main() -> None:
    """Only reached when the action plugin was not found."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.fail_json(msg="the action plugin xunwei_collect was not found: use the repository's ansible.cfg")


if __name__ == "__main__":
    main()
