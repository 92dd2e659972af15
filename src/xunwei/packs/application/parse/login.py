"""The login page (collector http).

{"captcha": true, "expected_text": "登录", "ms": 20.1, "password_field": true, "sent_in_clear": false, "status": 200, …}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import one


def parse(text: str) -> Facts:
    """Whether it is a login page, and where its form goes."""
    return one(
        text,
        {
            "status": "int", "ms": "float", "title": "str?", "expected_text": "str?", "text_ok": "bool?",
            "password_field": "bool", "sent_in_clear": "bool", "captcha": "bool",
        },
    )  # fmt: skip
