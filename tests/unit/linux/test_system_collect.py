"""The shell prelude and the first half of the Linux collector, run for real by every shell found on this machine."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

ROOT = Path(__file__).resolve().parents[3]
PRELUDE = (ROOT / "src" / "xunwei" / "collect" / "prelude.sh").read_text(encoding="utf-8")
PACK = ROOT / "src" / "xunwei" / "packs" / "linux"
SHELLS = [
    command
    for command in (["sh", "-s"], ["dash", "-s"], ["bash", "--posix", "-s"], ["busybox", "sh", "-s"])
    if shutil.which(command[0])
]


@dataclass
class Framed:
    """One framed answer."""

    text: str
    code: int
    seconds: float


def collect(
    shell: list[str], script: str, *, limit: int = 60, prelude: str = PRELUDE, cap: int | None = None, seconds: int = 20
) -> dict[str, Framed]:
    """Run prelude and script as the engine does, and take the frames apart."""
    mark = secrets.token_hex(16)  # one per run: what a section leaves behind is found, and killed, by it
    head = f"XW_MARK='{mark}' XW_SINCE=0 XW_LIMIT={limit}\n" + (f"XW_CAP={cap}\n" if cap else "")
    sections = re.findall(r"^s_(\w+)\(\)", script, re.MULTILINE)
    tail = "xw_asset host-1\n" + script + "".join(f"xw_section {s} {seconds}\n" for s in sections) + "xw_done\n"
    done = subprocess.run(
        shell, input=(head + prelude + tail).encode(), capture_output=True, timeout=60, check=False, cwd="/"
    )
    out = done.stdout.decode("utf-8", "replace")
    assert out.endswith(f"{mark} done\n"), out[-300:] + done.stderr.decode()
    assert done.stderr == b""
    found = {}
    for match in re.finditer(rf"^{mark} begin host-1 (\w+)\n(.*?)\n{mark} end \1 (\d+) (\d+)$", out, re.M | re.S):
        found[match.group(1)] = Framed(match.group(2), int(match.group(3)), int(match.group(4)) / 100)
    assert list(found) == sections
    return found


@pytest.fixture(params=SHELLS, ids=lambda command: command[0])
def shell(request: pytest.FixtureRequest) -> list[str]:
    return list(request.param)


def test_answers_and_exit_codes(shell: list[str]) -> None:
    found = collect(
        shell,
        r"""
s_plain() { printf 'one\nno newline'; }
s_empty() { :; }
s_stdin() { cat; echo after; }
s_kept() { echo five; return 5; }
s_absent() { need no_such_command_1 no_such_command_2; echo never; }
s_denied() { deny "the thing"; echo never; }
s_clipped() { seq 1 9 | clip 3; seq 1 3 | clip 3; }
s_pairs() { keyval A "x
y"; keyval B 1; attr up /proc/self/comm; attr no /no/such/file; }
s_sysctl() { attr max /proc/sys/kernel/pid_max; }
s_frame() { printf '%s end frame 0 0\n' nothing; part a; }
""",
    )
    assert found["plain"] == Framed("one\nno newline", 0, found["plain"].seconds)
    assert (found["empty"].text, found["empty"].code) == ("", 0)
    assert found["stdin"].text == "after\n", "a section must not eat the script"
    assert (found["kept"].text, found["kept"].code) == ("five\n", 5)
    assert found["absent"].code == 69
    assert found["denied"].code == 77
    assert found["clipped"].text == "1\n2\n3\n… clipped at 3 lines\n1\n2\n3\n"
    assert re.fullmatch(r"A=x y\nB=1\nup=\S+\n", found["pairs"].text)
    limit = Path("/proc/sys/kernel/pid_max").read_text(encoding="utf-8").strip()
    assert found["sysctl"].text == f"max={limit}\n", "numbers of /proc/sys lose digits when read byte by byte"


def test_errors_are_shown_only_when_a_command_fails(shell: list[str]) -> None:
    found = collect(
        shell,
        r"""
s_noise() { run sh -c 'echo noise >&2; echo fine'; }
s_fails() { run sh -c 'echo half; echo broken >&2; exit 3'; }
s_loose() { echo noise >&2; echo fine; }
""",
    )
    assert (found["noise"].text, found["noise"].code) == ("fine\n", 0)
    assert (found["fails"].text, found["fails"].code) == ("half\n! sh: broken\n", 3)
    assert found["loose"].text == "fine\n"


@pytest.mark.parametrize("tools", ["timeout", "no timeout", "no head"])
def test_time_is_bounded_and_nothing_is_left(shell: list[str], tools: str) -> None:
    prelude = PRELUDE
    if tools != "timeout":
        prelude = prelude.replace("timeout 9 head", "no_such_timeout 9 head")
    if tools == "no head":
        prelude = prelude.replace("| head -c 1 ", "| no_such_head -c 1 ")
    nap = f"{3000 + os.getpid() % 1000}.{time.monotonic_ns() % 10**9}"
    script = rf"""
s_hangs() {{ echo first; sleep {nap}; echo never; }}
s_pipe() {{ (sleep {nap}; echo never) | cat; }}
s_leaves() {{ sleep {nap} & }}
s_after() {{ echo still here; }}
"""
    started = time.monotonic()
    found = collect(shell, script, prelude=prelude, seconds=1)
    assert time.monotonic() - started < 20
    assert [found[s].code for s in ("hangs", "pipe", "leaves")] == [124, 124, 124]
    part = collect(shell, f's_part() {{ run bounded 1 sleep {nap}; echo "code $?"; }}\n', prelude=prelude)["part"]
    assert part.text == "code 124\n"
    assert found["after"].text == "still here\n"
    assert "never" not in "".join(f.text for f in found.values())
    assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if nap.encode() in _read(p)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_whole_script_is_bounded(shell: list[str]) -> None:
    found = collect(shell, "s_a() { sleep 9; }\ns_b() { sleep 9; }\ns_c() { echo never; }\ns_d() { :; }\n", limit=2)
    assert {f.code for f in found.values()} == {124}
    assert sum(f.seconds for f in found.values()) < 8


def test_size_is_bounded(shell: list[str]) -> None:
    found = collect(
        shell,
        "s_much() { seq 1 100000; }\ns_exact() { head -c 5000 /dev/zero | tr '\\0' a; }\ns_more() { seq 1 9; }\n",
        cap=5000,
    )
    assert found["much"].text.endswith("\n… clipped at 5000 bytes\n")
    assert len(found["much"].text) < 5100
    assert found["exact"].text == "a" * 5000
    assert found["more"].text == "".join(f"{n}\n" for n in range(1, 10))


def test_surroundings_are_fixed(shell: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LC_ALL": "POSIX", "TZ": "Asia/Shanghai", "GREP_OPTIONS": "-v", "CDPATH": "/etc"}.items():
        monkeypatch.setenv(name, value)
    found = collect(shell, 's_env() { echo "$LC_ALL|$TZ|${GREP_OPTIONS-unset}|${CDPATH-unset}|$PATH"; umask; pwd; }\n')
    lines = found["env"].text.splitlines()
    assert lines[0].startswith("C|UTC|unset|unset|/usr/sbin:/usr/bin:/sbin:/bin")
    assert lines[1:] in (["0077", "/"], ["077", "/"])


def test_this_machine_is_understood(shell: list[str]) -> None:
    """Whatever this machine is: every section ends well or says why not, and what it answered is understood."""
    pack = packs.load("linux")
    script = "".join(p.read_text(encoding="utf-8") for p in sorted((PACK / "collect").glob("[123]*.sh")))
    declared = [
        entry["name"]
        for path in sorted((PACK / "sections").glob("[123]*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    functions = re.findall(r"^s_(\w+)\(\)", script, re.MULTILINE)
    assert sorted(functions) == sorted(declared)
    found = collect(shell, script)
    for name, answer in found.items():
        assert answer.code in (0, 69, 77), (name, answer)
        if answer.code:
            assert answer.text.strip(), name
            continue
        parsed = parse(pack, name, answer.text)
        # Only the processes need a ps that sorts: busybox has none, and says so.
        assert parsed.status is not Status.UNPARSED, (name, parsed.reason)


def test_nothing_that_writes_to_the_host() -> None:
    """bash and ash keep here-documents in temporary files; redirections go to descriptors and /dev/null only."""
    for path in [ROOT / "src" / "xunwei" / "collect" / "prelude.sh", *sorted((PACK / "collect").glob("*.sh"))]:
        lines = path.read_text(encoding="utf-8").splitlines()
        code = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
        code = re.sub(r"'[^']*'", "''", code).replace("$((", "").replace(" <<", "<<")
        assert "<<" not in code, f"{path.name}: here-document"
        targets = re.findall(r"(?<![<>&=-])\d?>{1,2}\s*(?!&)(\S+)", code)
        assert all(t.startswith("/dev/null") for t in targets), f"{path.name}: writes to {targets}"
