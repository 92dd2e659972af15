"""Runs and reports that several tests read; made once per process."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden.make_run import make_run
from xunwei.render import FORMATS, render
from xunwei.render.shapes import View
from xunwei.render.view import load


@pytest.fixture(scope="session")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 objects, hostile answers, unreachable, partial and manual ones, waivers, eight earlier runs."""
    return make_run(tmp_path_factory.mktemp("run"), 30, 6, seed=7)


@pytest.fixture(scope="session")
def view(run_dir: Path) -> View:
    return load(run_dir)


@pytest.fixture(scope="session")
def reports(run_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All five formats in Chinese."""
    out = tmp_path_factory.mktemp("reports")
    return dict(zip(FORMATS, render(run_dir, FORMATS, "zh", out), strict=True))


@pytest.fixture(scope="session")
def plain_reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All five formats in English of a run whose inventory and answers are ASCII."""
    run = make_run(tmp_path_factory.mktemp("plain"), 26, 6, seed=3, plain=True, lang="en")
    return dict(zip(FORMATS, render(run, FORMATS, "", tmp_path_factory.mktemp("en")), strict=True))
