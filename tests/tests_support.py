"""Small helpers that several tests share."""

from __future__ import annotations

import pytest


def one_line(caught: pytest.ExceptionInfo[BaseException]) -> bool:
    """Whether an error's message is one line."""
    return "\n" not in str(caught.value) and 0 < len(str(caught.value)) < 600
