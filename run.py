"""Sets up and starts Tenon with nothing but Python 3.11: `python3 run.py [demo|test] [arguments]`.

The first start makes the folder .venv and installs the locked packages; later starts go straight on.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from erp_desktop.screen import has_screen

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

COMMAND = VENV / ("Scripts/erp-desktop.cmd" if os.name == "nt" else "bin/erp-desktop")

# Debian's packages that Qt needs, with one library of each to see whether it is there.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


class SetUpError(Exception):
    """The program can't be set up; the message is one sentence with the cause and the remedy."""


def main() -> int:
    """Set up what is missing, then become the program (or its tests)."""
    arguments = sys.argv[1:]
    what = arguments.pop(0) if arguments and arguments[0] in ("demo", "test") else "demo"
    lock = ROOT / ("requirements-test.lock" if what == "test" else "requirements.lock")
    try:
        set_up(lock, has_screen=has_screen())
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or VENV}: {error.strerror}; make room or mend its rights.", file=sys.stderr)
        return 1
    if what == "test":
        return become([str(PYTHON), "-m", "pytest", "-n", "2", *arguments], folder=ROOT)
    return become([str(PYTHON), "-P", "-m", "erp_desktop.cli", "demo", *arguments])


def set_up(lock: Path, *, has_screen: bool) -> None:
    """Make .venv, install the packages of `lock`, and see that Qt's libraries are there; what is done is remembered."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells people so
        raise SetUpError("Tenon needs Python 3.11 or newer; install it and start run.py with it.")
    python = f"{sys.version} {sys.base_prefix}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    libraries = {**QT_LIBRARIES, **(SCREEN_LIBRARIES if has_screen else {})} if sys.platform == "linux" else {}
    done = read_stamp()
    if done.get("python") != python or not PYTHON.exists():
        make_venv()
        done = {"python": python}
    if done.get(lock.name) != digest:
        install_packages(lock)
        done[lock.name] = digest
    if not COMMAND.exists():
        write_command()
    if not set(libraries) <= set(done.get("libraries", [])):
        check_libraries(libraries)
        done["libraries"] = sorted(libraries)
    if done != read_stamp():
        STAMP.write_text(json.dumps(done), encoding="utf-8")


def read_stamp() -> dict[str, Any]:
    """What earlier starts have done; nothing if the stamp is missing or broken."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def make_venv() -> None:
    """Make .venv anew."""
    if importlib.util.find_spec("ensurepip") is None:
        install_debian_packages(["python3-venv"], "Python's module venv is missing")
    say("Making the folder .venv ...")
    result = quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if result.returncode != 0:
        raise SetUpError(f"The folder {VENV} can't be made ({last_line(result)}); check its rights and the free space.")


def install_packages(lock: Path) -> None:
    """Install exactly the locked packages, each checked against its hash."""
    say("Installing the packages (about a minute, only once) ...")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    result = quietly([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)])
    if result.returncode != 0:
        raise SetUpError(
            f"The packages can't be installed ({last_line(result)}); check the network and the free space."
        )


def write_command() -> None:
    """Make the command `erp-desktop` in .venv, which runs this checkout."""
    if os.name == "nt":
        lines = ["@echo off", f'set "PYTHONPATH={ROOT};%PYTHONPATH%"', f'"{PYTHON}" -P -m erp_desktop.cli %*']
    else:
        path = f"PYTHONPATH={shlex.quote(str(ROOT))}${{PYTHONPATH:+:$PYTHONPATH}}"
        lines = ["#!/bin/sh", f'{path} exec {shlex.quote(str(PYTHON))} -P -m erp_desktop.cli "$@"']
    COMMAND.write_text("\n".join(lines) + "\n", encoding="utf-8")
    COMMAND.chmod(0o755)


def check_libraries(libraries: dict[str, str]) -> None:
    """Install the Debian packages of missing libraries, or name the command that does."""
    missing = [name for name in libraries if not is_there(name)]
    if missing:
        install_debian_packages([libraries[name] for name in missing], f"Qt needs {', '.join(missing)}")


def is_there(library: str) -> bool:
    """Whether the system's loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_debian_packages(packages: list[str], cause: str) -> None:
    """As root on Debian install packages; else raise SetUpError with the one command that does."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise SetUpError(f"{cause}; install it with the system's package manager (on Debian: {' '.join(packages)}).")
    if os.geteuid() != 0:
        raise SetUpError(f"{cause}; install it with: sudo {' '.join(command)}")
    say(f"Installing {' '.join(packages)} ...")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    quietly(["apt-get", "update"])
    result = quietly(command)
    if result.returncode != 0:
        raise SetUpError(f"{cause}, and apt-get failed ({last_line(result)}); run: {' '.join(command)}")


def quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says: standard output belongs to the program."""
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    """What a failed command said last."""
    lines = [line.strip() for line in (result.stdout + result.stderr).splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
    return (errors or lines or [f"exit status {result.returncode}"])[-1].rstrip(".")


def say(text: str) -> None:
    """Tell the user what takes its time."""
    print(text, file=sys.stderr, flush=True)


def become(command: list[str], folder: Path | None = None) -> int:
    """Go on as another program, in this process where the system can do that."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    if folder is not None:
        os.chdir(folder)
    if os.name == "posix":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
