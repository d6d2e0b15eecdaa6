"""The user's guide has a page for every screen and job role, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from erp_desktop.models import i18n
from erp_desktop.views import registry

LANGUAGES = tuple(i18n.LANGUAGES)


@pytest.fixture(scope="module")
def guide(project_root: Path) -> Path:
    return project_root / "docs" / "guide"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_has_its_page(guide: Path, language: str) -> None:
    pages = {path.stem for path in (guide / language).glob("*.*.md")}
    assert pages == {screen.code for screen in registry.SCREENS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_job_role_has_its_page(guide: Path, project_root: Path, language: str) -> None:
    seed = (project_root / "server_sql" / "seed" / "auth_job_roles.sql").read_text(encoding="utf-8")
    jobs = {name.replace("_", "-") for name in re.findall(r"\('erp_job_(\w+)', 'job'", seed)}
    assert {path.stem for path in (guide / language / "jobs").glob("*.md")} == jobs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_reached_from_the_contents(guide: Path, language: str) -> None:
    start = (guide / language / "index.md").resolve()
    reached, rest = set[Path](), [start]
    while rest:
        page = rest.pop()
        if page not in reached:
            reached.add(page)
            links = re.findall(r"\]\(([^)#\s]+\.md)\)", page.read_text(encoding="utf-8"))
            rest += [(page.parent / link).resolve() for link in links]
    assert {path.resolve() for path in (guide / language).rglob("*.md")} == reached


def test_both_languages_have_the_same_pages(guide: Path) -> None:
    pages = [
        {path.relative_to(guide / language) for path in (guide / language).rglob("*.md")} for language in LANGUAGES
    ]
    assert all(each == pages[0] for each in pages)
