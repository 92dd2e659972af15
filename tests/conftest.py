"""Options and fixtures for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tool import Tool

ROOT = Path(__file__).resolve().parent.parent
RECORDINGS = ROOT / "tests" / "recordings"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-recordings", action="store_true", help="rewrite expected.json of every recording from today's parser"
    )


@pytest.fixture(scope="session")
def fixtures_dir() -> Path:
    """Third-party device recordings; where they are not provided the test is skipped, in CI that is a failure."""
    found = os.environ.get("XUNWEI_FIXTURES", "")
    if found and Path(found).is_dir():
        return Path(found)
    if os.environ.get("CI"):
        pytest.fail("XUNWEI_FIXTURES does not name a folder, and in CI nothing may be skipped")
    pytest.skip("XUNWEI_FIXTURES is not set")


@pytest.fixture
def which() -> Callable[[str], bool]:
    """Whether a program is here; in CI it must be."""

    def found(name: str) -> bool:
        here = shutil.which(name) is not None
        if not here and os.environ.get("CI"):
            pytest.fail(f"{name} is not installed, and in CI nothing may be skipped")
        return here

    return found


@pytest.fixture
def xunwei(tmp_path: Path) -> Tool:
    """`xunwei` with its own state."""
    (tmp_path / "state").mkdir()
    return Tool(tmp_path / "state", tmp_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing may be skipped: a skip is a failure that says why."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
