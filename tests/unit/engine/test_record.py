"""Evidence: written whole, sealed, and every altered byte is found, also by the standard tools alone."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from xunwei.errors import InputError, RefusedError
from xunwei.model import Answer, Asset
from xunwei.record import manifest
from xunwei.record.files import read_json, write_bytes
from xunwei.record.lock import Lock
from xunwei.record.store import FolderStore, file_name, merge, read_answers
from xunwei.words import Status

ASSET = Asset("web/1 主机", "demo", "server", services=("办件",))


@pytest.fixture
def run(state: Path) -> Path:
    store = FolderStore(state)
    store.open_run("r1", {"run_id": "r1"})
    raw = "line 1\nno newline at the end \udcff"
    store.put_answers(
        "r1", ASSET, [Answer("disks", Status.COLLECTED, raw), Answer("notes", Status.DENIED, reason="no")]
    )
    store.put("r1", "run.json", {"a": 1})
    store.seal("r1")
    return store.folder("r1")


def test_answers_come_back_as_they_were(run: Path) -> None:
    [(asset, answers)] = list(read_answers(run))
    assert asset == ASSET
    assert answers[0].raw == "line 1\nno newline at the end \udcff"
    assert (answers[1].status, answers[1].reason, answers[1].raw) == (Status.DENIED, "no", "")


def test_every_altered_byte_is_found_and_named(run: Path, state: Path) -> None:
    signers = manifest.allowed_signers(state)
    assert manifest.problems(run, signers) == []
    for path in list(manifest.members(run)):
        good = path.read_bytes()
        for position in {0, len(good) // 2, len(good) - 1}:
            path.write_bytes(good[:position] + bytes([good[position] ^ 1]) + good[position + 1 :])
            name = path.relative_to(run).as_posix()
            assert (name, "altered") in manifest.problems(run, signers)
            done = subprocess.run(
                ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=run, capture_output=True, check=False
            )
            assert done.returncode != 0
        path.write_bytes(good)
    assert manifest.problems(run, signers) == []


def test_removed_added_and_resigned_files_are_found(run: Path, state: Path, tmp_path: Path) -> None:
    signers = manifest.allowed_signers(state)
    (run / "more.txt").write_text("x", encoding="utf-8")
    assert manifest.problems(run, signers) == [("more.txt", "extra")]
    (run / "more.txt").unlink()
    (run / "run.json").rename(tmp_path / "run.json")
    assert manifest.problems(run, signers) == [("run.json", "missing")]
    shutil.copy(tmp_path / "run.json", run / "run.json")
    sums = run / "SHA256SUMS"
    sums.write_text(sums.read_text(encoding="utf-8").replace("a", "b", 1), encoding="utf-8")
    assert ("SHA256SUMS.sig", "bad_signature") in manifest.problems(run, signers)
    (run / "SHA256SUMS.sig").unlink()
    assert ("SHA256SUMS.sig", "unsigned") in manifest.problems(run, signers)


def test_the_standard_tools_alone_check_a_run(run: Path, state: Path) -> None:
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=run, check=False).returncode == 0
    command = ["ssh-keygen", "-Y", "verify", "-f", str(manifest.allowed_signers(state)), "-I", "xunwei", "-n", "xunwei",
               "-s", str(run / "SHA256SUMS.sig")]  # fmt: skip
    assert (
        subprocess.run(command, stdin=(run / "SHA256SUMS").open("rb"), capture_output=True, check=False).returncode == 0
    )


def test_another_signer_is_not_trusted(run: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert manifest.problems(run, manifest.allowed_signers(other)) == [("SHA256SUMS.sig", "bad_signature")]


def test_a_sealed_run_is_not_opened_again(run: Path, state: Path) -> None:
    with pytest.raises(RefusedError, match="finished and sealed"):
        FolderStore(state).open_run("r1", {})


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 65, "a b", "ä"])
def test_bad_run_ids(state: Path, name: str) -> None:
    with pytest.raises(InputError, match="not a run id"):
        FolderStore(state).folder(name)


def test_asset_folders_are_safe_and_distinct() -> None:
    names = ["a", "a/b", "a_b", "../a", "..", ".", "主机", "主机2", "a b"]
    folders = [file_name(n) for n in names]
    assert len(set(folders)) == len(names)
    assert all("/" not in f and not f.startswith(".") for f in folders)


def test_leftovers_of_a_killed_writer_are_no_evidence(state: Path) -> None:
    store = FolderStore(state)
    store.open_run("r2", {})
    half = store.folder("r2") / "assets" / ".0a0b.tmp"
    (half / "raw").mkdir(parents=True)
    (half / "answers.json").write_text("{", encoding="utf-8")
    (store.folder("r2") / ".run.json.ff.tmp").write_text("{", encoding="utf-8")
    assert list(read_answers(store.folder("r2"))) == []
    store.seal("r2")
    assert not half.exists()
    assert not list(store.folder("r2").glob(".*.tmp"))


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_bytes(path, b"old")

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_parts_of_a_run_are_merged_and_never_overlap(tmp_path: Path) -> None:
    parts = []
    for name in ("a", "b"):
        store = FolderStore(tmp_path / name)
        store.open_run("r3", {"run_id": "r3"})
        store.put_answers("r3", Asset(f"host-{name}", "demo", "server"), [Answer("disks", Status.COLLECTED, "/ 1\n")])
        parts.append(store.folder("r3"))
    assert merge([parts[1]], parts[0]) == ["host-b"]
    assert [a.name for a, _ in read_answers(parts[0])] == ["host-a", "host-b"]
    with pytest.raises(RefusedError, match="already in the run"):
        merge([parts[1]], parts[0])


def test_a_lock_is_held_by_the_living_only(state: Path) -> None:
    sleeper = subprocess.Popen(["sleep", "60"])
    try:
        Lock(state, "all", "first", pid=sleeper.pid).acquire()
        with pytest.raises(RefusedError, match="run first"):
            Lock(state, "all", "second").acquire()
        Lock(state, "other group", "second").acquire()
    finally:
        sleeper.kill()
        sleeper.wait()
    second = Lock(state, "all", "second")
    second.acquire()
    assert read_json(second.path)["run_id"] == "second"
    Lock(state, "all", "first").release()
    assert second.path.exists()
    second.release()
    assert not second.path.exists()


def test_a_killed_holder_nobody_has_reaped_holds_nothing(state: Path) -> None:
    sleeper = subprocess.Popen(["sleep", "60"])
    try:
        Lock(state, "all", "first", pid=sleeper.pid).acquire()
        sleeper.kill()
        stat = Path(f"/proc/{sleeper.pid}/stat")
        deadline = time.monotonic() + 10
        while " Z " not in stat.read_text(encoding="utf-8"):
            assert time.monotonic() < deadline, "no zombie was left"
            time.sleep(0.01)
        second = Lock(state, "all", "second")
        second.acquire()
        assert read_json(second.path)["run_id"] == "second"
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_garbage_lock_file_does_not_block(state: Path) -> None:
    lock = Lock(state, "all", "x")
    lock.path.parent.mkdir()
    lock.path.write_text("{half", encoding="utf-8")
    lock.acquire()
    assert read_json(lock.path)["run_id"] == "x"
