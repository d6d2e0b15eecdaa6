"""What holds for every file of the project."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_FUNCTION = 60
# Put together here so that this file, too, passes its own test.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("pypi", "tuna"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("mirrors", "aliyun"),
        ("crates", "io"),
        ("deb", "debian", "org"),
    )
)
OTHER_PLACES = re.compile(r"(?<![\w.$])/(?:work|root|home/\w+|Users/\w+)/|[A-Z]:\\\\Users\\\\")


@pytest.fixture(scope="module")
def files(project_root: Path) -> list[Path]:
    """All files of the project, as git knows them or would after the next `git add`."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listing, cwd=project_root, capture_output=True, check=True)
    paths = (project_root / name for name in done.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.fixture(scope="module")
def texts(files: list[Path], project_root: Path) -> dict[str, str]:
    """The text files."""
    found: dict[str, str] = {}
    for path in files:
        content = path.read_bytes()
        if b"\0" not in content[:4096]:
            found[path.relative_to(project_root).as_posix()] = content.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def modules(texts: dict[str, str]) -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in texts.items() if name.endswith(".py")}


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_module_says_in_a_sentence_what_it_is_for(modules: dict[str, ast.Module]) -> None:
    assert len(modules) > 100
    first = {name: (ast.get_docstring(module) or "").split("\n\n")[0] for name, module in modules.items()}
    assert {name: line for name, line in first.items() if not line.endswith((".", ":"))} == {}


def test_no_function_is_longer_than_a_screen(modules: dict[str, ast.Module]) -> None:
    long = [
        f"{name}: {node.name} has {length} lines"
        for name, module in modules.items()
        for node in functions(module)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_file_names_the_host_of_a_registry(texts: dict[str, str]) -> None:
    named = {name: [host for host in REGISTRY_HOSTS if host in text] for name, text in texts.items()}
    assert {name: hosts for name, hosts in named.items() if hosts} == {}


def test_no_file_names_a_place_on_somebodys_computer(texts: dict[str, str]) -> None:
    code = {name: text for name, text in texts.items() if not name.startswith("resources/demo/")}
    found = {name: OTHER_PLACES.findall(text) for name, text in code.items()}
    assert {name: places for name, places in found.items() if places} == {}


def test_texts_end_with_a_line_break_and_have_no_stray_spaces(texts: dict[str, str]) -> None:
    ours = {name: text for name, text in texts.items() if name.endswith((".py", ".sql", ".md", ".toml", ".qss"))}
    wrong = [
        name for name, text in ours.items() if text and (not text.endswith("\n") or re.search(r"[ \t]+$", text, re.M))
    ]
    assert wrong == []


def test_texts_for_people_can_be_translated(modules: dict[str, ast.Module]) -> None:
    """An f-string within tr() is collected as it stands and never found again; a variable is not collected at all."""
    wrong = [
        f"{name}:{node.lineno}"
        for name, module in modules.items()
        if name.startswith("erp_desktop/")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "tr"
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert wrong == []


def test_every_document_is_linked_to_what_exists(texts: dict[str, str], project_root: Path) -> None:
    """Relative links of Markdown files lead to files."""
    broken = []
    for name, text in texts.items():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target and not target.startswith("mailto:"):
                place = (project_root / name).parent / target
                if not place.exists():
                    broken.append(f"{name}: {target}")
    assert broken == []


def test_nothing_but_the_clock_asks_this_computer_what_day_it_is(texts: dict[str, str]) -> None:
    """What day it is the server knows: `services/clock.py` in the program, `current_date` in statements."""
    program = {name: text for name, text in texts.items() if name.startswith("erp_desktop/")}
    asks = [name for name, text in program.items() if re.search(r"\bdate\.today\(|datetime\.today\(", text)]
    assert asks == []


def test_every_package_that_the_product_uses_has_its_notice(texts: dict[str, str]) -> None:
    """Each version of it, with its licence; `installer/make_notices.py` writes the table."""
    locked = set(re.findall(r"^([a-z0-9-]+)==(\S+)", texts["requirements.lock"], re.MULTILINE))
    table = texts["THIRD-PARTY-NOTICES.md"].split("<!-- dependencies -->")[1].split("<!-- /dependencies -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    assert {(re.sub(r"[._]", "-", name.lower()), version) for name, version, _licence, _home in rows} == locked
    assert [row for row in rows if not row[2] or "see" in row[2]] == []
