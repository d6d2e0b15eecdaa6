"""A single right opens its screens and lists whole, without any other that a job role would bring along."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from erp_desktop import models
from erp_desktop.services.listing import ListSpec
from tests.helpers.rights import try_all
from tests.helpers.stage import Stage

_MODULES = [
    importlib.import_module(f"erp_desktop.models.{found.name}") for found in pkgutil.iter_modules(models.__path__)
]
LISTS = {each.name: each for module in _MODULES for each in vars(module).values() if isinstance(each, ListSpec)}
SCREENS = "select code, unnest(action_roles)::text from meta.screens where code = any (%s) order by 1, 2"


def reads_of(spec: ListSpec) -> dict[str, str]:
    """What a list asks the server: its rows with all columns, and its search."""
    reads = {"rows": f"select count(*) from (select {', '.join(spec.value_keys)} from {spec.source} offset 0) s"}
    if spec.search_function:
        reads["search"] = f"select count(*) from {spec.search_function}('ab', 10)"
    return reads


@pytest.mark.parametrize("code", sorted(LISTS.keys() - {"sales.customer_orders"}))
def test_each_right_that_opens_a_screen_reads_its_list(stage: Stage, code: str) -> None:
    roles = [role for _, role in stage.rows(SCREENS, [code])]
    assert roles
    for role in roles:
        stage.rows("savepoint nothing_given")
        stage.rows(f"set local role erp_owner; grant {role} to erp_u_stranger; reset role")
        answers = try_all(stage.cursor, "erp_u_stranger", reads_of(LISTS[code]))
        assert {key: answer for key, answer in answers.items() if not answer.isdigit()} == {}, role
        stage.rows("rollback to savepoint nothing_given")
