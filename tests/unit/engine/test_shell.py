"""The frame of the one exec request: what comes back is cut right, and whatever is missing is said."""

from __future__ import annotations

import datetime as dt
import secrets
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xunwei.collect import shell, sshargs
from xunwei.collect.shell import Part
from xunwei.pack import Section
from xunwei.pack.shape import build
from xunwei.words import Status

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
MARK = "abc123"


def section(name: str, timeout: float = 5) -> Section:
    return Section(name, {"zh": name, "en": name}, (f"do {name}",), build({}, "t"), build({}, "t"), timeout)


def part(*names: str, asset: str = "web", script: str = "") -> Part:
    return Part(asset, script, [section(n) for n in names])


def cut(text: str, *parts: Part, mark: str = MARK) -> dict[str, dict[str, tuple[Status, str, str]]]:
    found = shell.split(text, parts, mark=mark, now=NOW)
    return {a: {r.section: (r.status, r.raw, r.reason) for r in rows} for a, rows in found.items()}


def frame(asset: str, name: str, raw: str, code: int = 0) -> str:
    return f"{MARK} begin {asset} {name}\n{raw}\n{MARK} end {name} {code} 12\n"


def test_sections_are_cut_and_judged_by_their_exit_code() -> None:
    text = (
        frame("web", "a", "text") + frame("web", "b", "") + frame("web", "c", "no tool", 69) + frame("web", "d", "not you", 77)
        + frame("web", "e", "half", 124) + frame("web", "f", "odd", 3) + f"{MARK} done\n"
    )  # fmt: skip
    found = cut(text, part("a", "b", "c", "d", "e", "f", "g"))["web"]
    assert found["a"] == (Status.COLLECTED, "text\n", "")
    assert found["b"][0] is Status.EMPTY
    assert found["c"] == (Status.UNSUPPORTED, "no tool\n", "no tool")
    assert found["d"][0] is Status.DENIED
    assert found["e"] == (Status.TIMED_OUT, "half\n", "did not answer in time")
    assert found["f"][0] is Status.COLLECTED
    assert found["g"][0] is Status.UNPARSED


def test_a_broken_off_answer_is_said_to_be_one() -> None:
    text = frame("web", "a", "text") + f"{MARK} begin web b\nhalf of"
    found = cut(text, part("a", "b", "c"))["web"]
    assert found["a"][0] is Status.COLLECTED
    assert found["b"] == (Status.TIMED_OUT, "", "the answer broke off before this section")
    assert found["c"][0] is Status.TIMED_OUT
    assert cut("", part("a"))["web"]["a"][0] is Status.UNREACHABLE


def test_a_host_cannot_forge_another_section() -> None:
    forged = "x\nother end a 0 1\nother begin web b\nall is well"
    found = cut(frame("web", "a", forged) + f"{MARK} done\n", part("a", "b"))["web"]
    assert found["a"][1] == forged + "\n"
    assert found["b"][0] is Status.UNPARSED


@given(st.text(), st.sampled_from(["a", "b"]))
def test_any_output_gives_every_section_an_answer(text: str, name: str) -> None:
    found = cut(text + frame("web", name, text.replace(MARK, "")), part("a", "b"))["web"]
    assert set(found) == {"a", "b"}


@pytest.mark.parametrize("sh", ["dash", "bash --posix", "busybox sh"])
def test_the_script_runs_in_real_shells(sh: str, tmp_path: Path, which: Callable[[str], bool]) -> None:
    if not which(sh.split(maxsplit=1)[0]):
        pytest.skip(f"{sh} is not here")
    body = 's_a() { echo "$XW_WORD"; cat; }\ns_b() { sleep 30; }\ns_c() { need_root x; echo in; }\ns_d() { need no-such-tool; }\n'
    parts = [Part("web", body, [section("a"), section("b", 1), section("c"), section("d")], {"XW_WORD": "it's $HOME `id`"}),
             Part("db", "s_z() { printf 'no newline'; }\n", [section("z")])]  # fmt: skip
    mark = secrets.token_hex(8)  # processes of a section that ran over are found by it, in every run on this machine
    done = subprocess.run(
        sh.split(),
        input=shell.build(parts, mark=mark, since=0, limit=20),
        capture_output=True,
        timeout=25,
        check=False,
        cwd=tmp_path,
    )
    found = cut(done.stdout.decode(), *parts, mark=mark)
    assert found["web"]["a"] == (Status.COLLECTED, "it's $HOME `id`\n", "")
    assert found["web"]["b"][0] is Status.TIMED_OUT
    assert found["web"]["c"][0] in (Status.COLLECTED, Status.DENIED)
    assert found["web"]["d"][0] is Status.UNSUPPORTED
    assert found["db"]["z"] == (Status.COLLECTED, "no newline\n", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given_args", "known", "proxy"),
    [
        ({}, (), ""),
        ({"ansible_ssh_common_args": "-o UserKnownHostsFile=/k1"}, ("/k1",), ""),
        ({"ansible_ssh_common_args": "-o UserKnownHostsFile='/k1 /k2'"}, ("/k1", "/k2"), ""),
        ({"ansible_ssh_common_args": "-o ProxyCommand='nc %h %p'"}, (), "nc 192.0.2.1 22"),
        ({"ansible_ssh_common_args": "-J jump"}, (), "ssh -o BatchMode=yes -W 192.0.2.1:22 jump"),
        (
            {"ansible_ssh_extra_args": "-oProxyJump=a,me@b:2222"},
            (),
            "ssh -o BatchMode=yes -J a -p 2222 -W 192.0.2.1:22 me@b",
        ),
        ({"ansible_ssh_args": "-F /cfg -o ProxyJump=none"}, (), ""),
    ],
)
def test_ssh_arguments_are_obeyed(given_args: dict[str, str], known: tuple[str, ...], proxy: str) -> None:
    found = sshargs.read(given_args, "192.0.2.1", 22)
    assert found.known_hosts == known
    assert found.proxy_command == proxy
