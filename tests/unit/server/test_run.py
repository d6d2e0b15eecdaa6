"""run.py and the lock files, without installing anything."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

LOCKS = ("requirements.lock", "requirements-test.lock")


@pytest.fixture
def run(project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module run.py, working in a folder of its own, with every command it starts noted in `run.started`."""
    spec = importlib.util.spec_from_file_location("run", project_root / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    started: list[list[str]] = []

    def start(command: list[str]) -> subprocess.CompletedProcess[str]:
        started.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    venv = tmp_path / ".venv"
    venv.mkdir()
    (venv / "python").touch()
    for name, value in {
        "VENV": venv,
        "STAMP": venv / "set-up.json",
        "PYTHON": venv / "python",
        "COMMAND": venv / "erp-desktop",
        "quietly": start,
        "started": started,
        "is_there": lambda _library: True,
    }.items():
        monkeypatch.setattr(module, name, value, raising=False)
    (tmp_path / "requirements.lock").write_text("a==1\n")
    return module


def test_the_second_start_does_nothing_again(run: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    run.set_up(lock, has_screen=True)
    assert [command[1:3] for command in run.started] == [["-m", "venv"], ["-m", "pip"]]
    run.started.clear()
    run.set_up(lock, has_screen=True)
    assert run.started == []


@pytest.mark.skipif(sys.platform == "win32", reason="there it is a batch file")
def test_the_command_runs_this_checkout_from_anywhere(
    run: ModuleType, tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    run.set_up(tmp_path / "requirements.lock", has_screen=True)
    said = subprocess.run([run.COMMAND, "--version"], cwd="/", env={}, capture_output=True, text=True, check=True)
    assert said.stdout.startswith("erp-desktop ")
    wrong = subprocess.run([run.COMMAND, "no such thing"], cwd="/", env={}, capture_output=True, check=False)
    assert wrong.returncode == 2


def test_packages_are_installed_with_hashes_and_as_wheels_only(run: ModuleType, tmp_path: Path) -> None:
    run.install_packages(tmp_path / "requirements.lock")
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(run.started[0])


def test_another_lock_is_installed_into_the_same_folder(run: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    run.set_up(lock, has_screen=True)
    run.started.clear()
    lock.write_text("a==2\n")
    run.set_up(lock, has_screen=True)
    assert [command[1:3] for command in run.started] == [["-m", "pip"]]


def test_another_python_makes_the_folder_anew(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.set_up(tmp_path / "requirements.lock", has_screen=True)
    run.started.clear()
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    run.set_up(tmp_path / "requirements.lock", has_screen=True)
    assert run.started[0][1:3] == ["-m", "venv"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings its libraries")
def test_missing_libraries_are_installed_by_root_and_named_to_others(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "is_there", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(run.SetUpError) as refused:
        run.set_up(tmp_path / "requirements.lock", has_screen=False)
    remedy = "sudo apt-get install -y --no-install-recommends libegl1"
    assert str(refused.value) == f"Qt needs libEGL.so.1; install it with: {remedy}"
    monkeypatch.setattr("os.geteuid", lambda: 0)
    run.set_up(tmp_path / "requirements.lock", has_screen=False)
    assert run.started[-1] == remedy.split()[1:]


def test_a_failure_is_told_in_one_sentence(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "Collecting a\nERROR: No matching distribution found for a==1\n"
    monkeypatch.setattr(run, "quietly", lambda command: subprocess.CompletedProcess(command, 1, "", said))
    monkeypatch.setattr(run, "make_venv", lambda: None)
    monkeypatch.setattr(run, "say", lambda _text: None)
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["run.py", "demo", "--headless"])
    assert run.main() == 1
    assert capsys.readouterr().err == (
        "The packages can't be installed (No matching distribution found for a==1);"
        " check the network and the free space.\n"
    )


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_by_hash_and_name_no_host(project_root: Path, name: str) -> None:
    text = (project_root / name).read_text()
    assert not re.search(r"://|--index|--find-links|\.(com|org|net|cn)\b|/(opt|tmp|root|home)/", text)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[a-z0-9-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)


def test_the_tests_run_with_the_versions_of_the_product(project_root: Path) -> None:
    product, tests = (set((project_root / name).read_text().splitlines()) for name in LOCKS)
    assert product <= tests


def test_the_lock_holds_every_package_that_the_product_asks_for(project_root: Path) -> None:
    project = tomllib.loads((project_root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = project["dependencies"] + extras["test"] + extras["worker"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (project_root / LOCKS[1]).read_text(), re.MULTILINE))
    assert {re.split(r"[^\w-]", name)[0].lower() for name in asked} - {project["name"]} <= locked
