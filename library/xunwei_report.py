#!/usr/bin/python
"""Documentation of the action `xunwei_report`: the work is done by action_plugins/xunwei_report.py on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
---
module: xunwei_report
short_description: Render the reports of a run
description:
  - Writes the inspection report from the run's records, and signs a manifest of the reports.
version_added: "0.1.0"
options:
  run_id:
    description: Id of the run, as returned by M(xunwei_open).
    type: str
    required: true
  formats:
    description: Any of html, docx, xlsx, pdf, json.
    type: list
    elements: str
    default: [html, docx, xlsx, pdf, json]
  lang:
    description: Language of the report.
    type: str
    choices: [zh, en]
    default: zh
  out:
    description: Folder to write to; the run's own folder C(reports) when empty.
    type: str
    default: ""
author:
  - Xunwei maintainers
notes:
  - Runs in the controller's process; nothing is copied to or changed on an asset.
  - In check mode nothing is recorded.
"""

EXAMPLES = r"""
- name: Report
  xunwei_report:
    run_id: "{{ inspection_run.run_id }}"
  run_once: true
"""

RETURN = r"""
reports:
  description: Paths of the files written.
  type: list
  elements: str
  returned: success
"""

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def main() -> None:
    """Only reached when the action plugin was not found."""
    module = AnsibleModule(argument_spec={}, supports_check_mode=True)
    module.fail_json(msg="the action plugin xunwei_report was not found: use the repository's ansible.cfg")


if __name__ == "__main__":
    main()
