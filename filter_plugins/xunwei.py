"""Filters for templates and playbooks: verdict words, severities and figures for people."""

from __future__ import annotations

from ansible.errors import AnsibleError

try:
    from xunwei import wording
except ImportError as exc:
    raise AnsibleError(f"package 'xunwei' is not importable ({exc}): run 'make venv', or set PYTHONPATH=src") from exc


class FilterModule:
    """See src/xunwei/wording.py."""

    def filters(self):
        return {
            "xunwei_verdict": wording.verdict,
            "xunwei_severity": wording.severity,
            "xunwei_status": wording.status,
            "xunwei_worst": wording.worst,
            "xunwei_bytes": wording.size,
            "xunwei_rate": wording.rate,
            "xunwei_duration": wording.duration,
            "xunwei_percent": wording.percent,
        }
