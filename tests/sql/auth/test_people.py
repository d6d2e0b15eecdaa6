"""What administrators do with accounts, and how they list them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.stage import Stage

STATES = "select login, state, roles_en, scopes_en from auth.person_list where login = %s"
PERSON: dict[str, Any] = {"display_name": "王强", "display_name_en": "Wang Qiang", "language": "zh"}


def document(stage: Stage, login: str = "wangqiang", **more: Any) -> tuple[dict[str, Any], int]:
    """A document that saves a person as a clerk of Hangzhou, and the version to save it at."""
    user_id = stage.id_of("user", login)
    fields = {"user_id": user_id, "roles": ["erp_job_sales_clerk"], "branches": [stage.id_of("branch", "HZ")]}
    return PERSON | fields | more, stage.value("select version from auth.users where id = %s", user_id)


def test_names_roles_and_places_are_saved_together(stage: Stage) -> None:
    places = {"branches": [], "warehouses": [stage.id_of("warehouse", "RAW")], "email": "w@example.com"}
    stage.call("admin", "auth.save_user", *document(stage, roles=["erp_job_buyer", "erp_price_view"], **places))
    assert stage.row(STATES, "wangqiang", login="admin") == (
        *("wangqiang", "enabled", "Buyer, See sales prices", "Raw material"),
    )
    assert stage.row("select display_name_en, email from auth.users where login = 'wangqiang'") == (
        *("Wang Qiang", "w@example.com"),
    )
    roles = "select after -> 'roles' from audit.changes where table_name = 'auth.users' and after ? 'roles'"
    assert stage.value(roles) == ["erp_job_buyer", "erp_price_view"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("roles", ["erp_owner"], "UV102"),
        ("roles", ["pg_read_all_data"], "UV102"),
        ("roles", None, "UV102"),
        ("email", "nobody", "UV108"),
        ("language", "fr", "UV003"),
        ("display_name", " ", "UV001"),
        ("branches", "HZ", "UV003"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(stage: Stage, field: str, value: Any, code: str) -> None:
    refusal = stage.refusal("admin", "auth.save_user", *document(stage, **{field: value}))
    assert (refusal.code, refusal.field) == (code, field)


def test_the_last_administrator_stays(stage: Stage) -> None:
    assert stage.refusal("admin", "auth.save_user", *document(stage, "admin")).code == "UL101"


def test_an_older_version_is_refused(stage: Stage) -> None:
    fields, version = document(stage)
    assert stage.refusal("admin", "auth.save_user", fields, version + 1).code == "UC001"


def test_a_locked_account_shows_until_when(stage: Stage) -> None:
    stage.rows(
        "insert into auth.name_failures (name_mark, failures, locked_until)"
        " values (auth.name_mark('lina'), 5, clock_timestamp() + interval '1 minute')"
    )
    assert stage.row(STATES, "lina", login="admin")[:2] == ("lina", "locked")
    stage.rows("update auth.users set is_active = false where login = 'lina'")
    assert stage.row(STATES, "lina", login="admin")[:2] == ("lina", "disabled")


@pytest.mark.parametrize("login", ["lina", "executive", "stranger"])
def test_only_administrators_list_accounts(stage: Stage, login: str) -> None:
    assert stage.refused("select count(*) from auth.person_list", login=login).code == "42501"
    assert stage.refused("select count(*) from auth.account_states()", login=login).code == "42501"
