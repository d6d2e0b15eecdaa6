"""Whatever a document holds, a command carries it out or refuses it with a code that has its sentence."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import psycopg2
import pytest

from erp_desktop.resources import resource_path
from erp_desktop.services import customers, finance, production, products, purchasing, sales, stock
from erp_desktop.services.db import Database
from erp_desktop.services.errors import BugError, ConstraintViolated, ErpError, InvalidInput, from_database, sentence
from tests.helpers.commands import COMMANDS, Given
from tests.helpers.databases import Template, TestDatabase
from tests.helpers.stage import Stage
from tests.helpers.workplace import Workplace, open_workplace

LONGEST_SENTENCE = 400
ODD_VALUES: dict[str, Any] = {
    "quotes": "o'x\"; drop table sales.orders; -- %s %% {0} \\",
    "emoji": "加急 🪑👨‍👩‍👧 𠮷",
    "right to left": "مرحبا بالعالم",
    "10,000 characters": "长" * 10_000,
    "spaces": " \t\u3000 ",
    "nothing": None,
    "year 0": "0000-01-01",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "no such day": "2026-02-30",
    "negative": -1,
    "zero": 0,
    "tiny": "0.0000000000000000001",
    "enormous": "9" * 400,
    "beyond bigint": 9_223_372_036_854_775_808,
    "the largest bigint": 9_223_372_036_854_775_807,
    "beyond float": 10**400,
    "not a number": "NaN",
    "infinity": "Infinity",
    "exponent": "1e400",
    "true": True,
    "empty list": [],
    "list of lists": [[]],
    "object": {"id": "x"},
}
ODD_DOCUMENTS: dict[str, Any] = {
    "null": None,
    "number": 1,
    "text": "x",
    "list": [],
    "list of objects": [{"id": 1}],
    "empty": {},
    "lines that are none": {"lines": 7, "orders": "x", "roles": 5, "request_ids": {}, "branches": 1},
    "lines of odd things": {"lines": [None, 1, "x", []], "orders": [None, 1], "roles": [None, 1, {}]},
}


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all fields of a document, those within lists and objects, too."""
    inner = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def with_value(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The document with another value at a place."""
    changed = copy.deepcopy(document)
    target: Any = changed
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return changed


def outcome(stage: Stage, command: str, given: Given, document: Any) -> ErpError | None:
    """The error that a command ends with, None if it is carried out; what it did is undone."""
    stage.cursor.execute("savepoint attempt")
    try:
        statement = f"select {command}(%s, %s, %s)"
        stage.value(statement, str(uuid4()), json.dumps(document), given.version, login=given.login)
    except psycopg2.Error as error:
        return from_database(error)
    finally:
        stage.cursor.execute("rollback to savepoint attempt")
    return None


def complaint(error: ErpError | None) -> str:
    """What is wrong with how a command ended; empty if nothing is."""
    if error is None:
        return ""
    names_the_field = isinstance(error, ConstraintViolated) and error.field
    if not (error.code.startswith("U") or names_the_field):
        return f"{error.code} {error.message}"
    for language in ("en", "zh_CN"):
        told = sentence(error, language)
        if told == sentence(BugError(), language) or len(told) > LONGEST_SENTENCE:
            return f"{error.code}: {told}"
    missing = placeholders(error.code) - error.params.keys()
    return f"{error.code} without {missing}" if missing else ""


@cache
def placeholders(code: str) -> set[str]:
    """What the sentences of a code want filled in."""
    words = tomllib.loads(resource_path("i18n", "sentences.toml").read_text(encoding="utf-8"))[code]
    return set(re.findall(r"{(\w+)}", words["zh"] + words["en"]))


def test_every_command_has_a_sound_document(untouched_database: TestDatabase) -> None:
    rows = untouched_database.rows(
        "select f.oid::regproc::text from pg_proc f join pg_namespace n on n.oid = f.pronamespace"
        " where pg_get_userbyid(n.nspowner) = 'erp_owner' and f.prosecdef and f.prorettype = 'jsonb'::regtype"
        " and oidvectortypes(f.proargtypes) = 'uuid, jsonb, integer'"
    )
    assert {row[0] for row in rows} == COMMANDS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sound_document_is_carried_out(stage: Stage, command: str) -> None:
    given = COMMANDS[command](stage)
    assert outcome(stage, command, given, given.document) is None


@pytest.mark.parametrize("command", COMMANDS)
def test_odd_values_in_every_field_are_taken_or_refused(stage: Stage, command: str) -> None:
    given = COMMANDS[command](stage)
    wrong = {}
    for path in places(given.document):
        for name, value in ODD_VALUES.items():
            told = complaint(outcome(stage, command, given, with_value(given.document, path, value)))
            if told:
                wrong[f"{'.'.join(map(str, path))}: {name}"] = told
    assert wrong == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_odd_documents_are_refused(stage: Stage, command: str) -> None:
    given = COMMANDS[command](stage)
    wrong = {}
    for name, document in ODD_DOCUMENTS.items():
        error = outcome(stage, command, given, document)
        if error is None or complaint(error):
            wrong[name] = complaint(error) or "carried out"
    assert wrong == {}


TEXTS = ("quotes", "emoji", "right to left")


@pytest.mark.parametrize(
    "text", [ODD_VALUES[name] for name in TEXTS] + ["a\tb\nc", "'; select 1 --", "＜全角＞", "\\x00"]
)
def test_texts_are_stored_as_they_were_typed(stage: Stage, text: str) -> None:
    given = COMMANDS["sales.save_order"](stage)
    made = stage.call(given.login, "sales.save_order", given.document | {"note": text, "customer_reference": text[:80]})
    row = stage.row("select note, customer_reference from sales.orders where id = %s", made["id"], login="lina")
    assert row == (text, text[:80])


@pytest.fixture(scope="module")
def workplace(template: Template) -> Iterator[Workplace]:
    with open_workplace(template) as opened:
        yield opened


@pytest.mark.parametrize(
    ("value", "code"),
    [("a\0b", "22P05"), ("half \ud83e of a pair", "22021"), (float("nan"), "22003"), (float("inf"), "22003")],
)
def test_what_no_document_can_hold_is_refused_before_it_is_sent(workplace: Workplace, value: Any, code: str) -> None:
    database = workplace.database("lina")
    with pytest.raises(InvalidInput) as refused:
        database.call("sales.save_order", document={"note": value})
    assert refused.value.code == code
    assert sentence(refused.value, "en") != sentence(BugError(), "en")


FINDERS: dict[str, Callable[[Database, str, int], object]] = {
    "lina": customers.find_customers,
    "manager": sales.find_orders,
    "wangqiang": products.find_products,
    "keeper": stock.find_shipments,
    "shopkeeper": stock.find_balances,
    "planner": production.find_work_orders,
    "buyer": purchasing.find_orders,
    "finance": finance.find_invoices,
    "executive": finance.find_payments,
}


@pytest.mark.parametrize("login", FINDERS)
def test_any_text_can_be_searched_for(workplace: Workplace, login: str) -> None:
    database = workplace.database(login)
    for text in (*map(str, ODD_VALUES.values()), "%", "_", "\\", "'"):
        assert isinstance(FINDERS[login](database, text, 5), list)
    for text in ("a\0b", "half \ud83e of a pair"):
        with pytest.raises(InvalidInput):
            FINDERS[login](database, text, 5)
