"""The trail in words: every column of every audited table has a title and its codes their words, in both languages."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtWidgets import QApplication

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.admin_lists import WATCHED_TABLES
from erp_desktop.models.audit_fields import FIELDS_OF_TABLES, TECHNICAL, Field, FieldTexts, field_of, field_texts
from erp_desktop.services import audit
from erp_desktop.services.errors import InvalidInput, NotAllowed
from erp_desktop.views.errors import sentence
from tests.helpers.databases import TestDatabase
from tests.helpers.supply import draft
from tests.helpers.workplace import Workplace

COLUMNS = """
    select n.nspname || '.' || c.relname, a.attname, format_type(a.atttypid, null), f.oid is not null
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum]
    where t.tgname = '_800_audit_insert' order by 1, a.attnum"""

CODES = """
    select n.nspname || '.' || c.relname, a.attname, pg_get_constraintdef(f.oid)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_constraint f on f.conrelid = c.oid and f.contype = 'c'
    join pg_attribute a on a.attrelid = c.oid and f.conkey = array[a.attnum]
    where t.tgname = '_800_audit_insert' and pg_get_constraintdef(f.oid) like '%ANY (ARRAY[%'"""

KINDS = {
    "bigint": {"reference"},
    "integer": {"int"},
    "numeric": {"qty", "money", "price", "percent"},
    "date": {"date"},
    "timestamp with time zone": {"datetime"},
    "boolean": {"flag"},
    "text": {"text", "code", "state", "language"},
    "name": {"role"},
    "name[]": {"roles"},
}
HAN = re.compile(r"[\u4e00-\u9fff]")


def known(table: str, column: str) -> Field:
    field = field_of(table, column)
    assert field is not None, f"{table}.{column} has no words in audit_fields.py"
    return field


def test_every_audited_table_has_a_word(untouched_database: TestDatabase, desk: QApplication) -> None:
    tables = {row[0] for row in untouched_database.rows(COLUMNS)}
    assert tables <= set(WATCHED_TABLES)
    for code in i18n.LANGUAGES:
        i18n.set_language(code)
        words = [wording.word(table, "audit_table") for table in WATCHED_TABLES]
        assert not set(WATCHED_TABLES) & set(words) and len(set(words)) == len(words)
        assert all(HAN.search(each) for each in words) == (code == "zh_CN")


def test_every_column_has_a_title_in_both_languages(untouched_database: TestDatabase, desk: QApplication) -> None:
    columns = [row for row in untouched_database.rows(COLUMNS) if row[1] not in TECHNICAL]
    assert len(columns) > 250
    i18n.set_language("zh_CN")
    without = [
        f"{table}.{column}"
        for table, column, *_ in columns
        if not HAN.search(wording.title(known(table, column).title))
    ]
    assert without == []
    for table in WATCHED_TABLES:
        titles = [wording.title(known(table, column).title) for of, column, *_ in columns if of == table]
        assert len(set(titles)) == len(titles), f"{table} has two columns of one name: {titles}"


def test_values_are_written_as_their_types_want(untouched_database: TestDatabase) -> None:
    for table, column, kind, refers in untouched_database.rows(COLUMNS):
        if column not in TECHNICAL:
            wanted = {"reference"} if refers and kind == "bigint" else KINDS[kind]
            assert known(table, column).kind in wanted, f"{table}.{column} is {kind}"
    there = {f"{table}.{column}" for table, column, *_ in untouched_database.rows(COLUMNS)}
    assert set(FIELDS_OF_TABLES) <= there


def test_every_code_has_a_word_in_both_languages(untouched_database: TestDatabase, desk: QApplication) -> None:
    for code in i18n.LANGUAGES:
        i18n.set_language(code)
        for table, column, definition in untouched_database.rows(CODES):
            field = known(table, column)
            assert field.kind in ("state", "language"), f"{table}.{column} holds codes"
            for value in re.findall(r"'([^']+)'::text", definition):
                if field.kind == "state":
                    assert wording.word(value, field.words) != value, f"{table}.{column}: {value}"


def load(workplace: Workplace, login: str, change_id: int) -> audit.Change:
    with ThreadPoolExecutor(1) as pool:
        database = pool.submit(workplace.database, login).result()
        return pool.submit(audit.load_change, database, change_id).result()


def newest(workplace: Workplace, table: str, operation: str) -> int:
    statement = "select max(id) from audit.changes where table_name = %s and operation = %s"
    return int(workplace.company.database.value(statement, table, operation))


def test_a_change_reads_as_a_person_would_say_it(workplace: Workplace, desk: QApplication) -> None:
    with workplace.happens() as stage:
        order = draft(stage, [("CHAIR", 2)])
    change = load(workplace, "executive", newest(workplace, "sales.orders", "insert"))
    assert (change.row_zh, change.row_en) == (order["number"], order["number"])
    i18n.set_language("zh_CN")
    texts = {each.title: each.after for each in field_texts(change)}
    assert (texts["状态"], texts["分公司"], texts["渠道"]) == ("草稿", "杭州分公司", "销售员")
    assert "search_text" not in texts and not any(re.search("[a-z]_[a-z]", title) for title in texts)
    line = load(workplace, "executive", newest(workplace, "sales.order_lines", "insert"))
    assert line.row_zh == f"{order['number']} / 10"
    i18n.set_language("en")
    texts = {each.title: each.after for each in field_texts(line)}
    assert (texts["Product"], texts["Quantity"], texts["Tax rate"]) == ("CHAIR Chair", "2", "13%")


def test_a_row_that_is_gone_is_called_after_its_document(workplace: Workplace, desk: QApplication) -> None:
    with workplace.happens() as stage:
        order = draft(stage, [("CHAIR", 2)])
        stage.rows("delete from sales.order_lines where order_id = %s", order["id"])
    change = load(workplace, "executive", newest(workplace, "sales.order_lines", "delete"))
    assert change.row_en == order["number"]


def test_roles_and_places_have_their_names_and_what_is_unknown_its_number(
    workplace: Workplace, desk: QApplication
) -> None:
    user = workplace.company.id_of("user", "keeper")
    for table, row_id, before, after in (
        ("auth.users", user, {"roles": ["erp_job_sales_clerk"], "version": 3}, {"roles": [], "version": 4}),
        ("org.warehouses", 1, {"branch_id": 99999}, {"branch_id": 1, "is_active": False}),
    ):
        workplace.company.database.rows(
            "insert into audit.changes (table_name, row_id, operation, before, after)"
            " values (%s, %s, 'update', %s, %s)",
            *(table, row_id, json.dumps(before), json.dumps(after)),
        )
    roles = field_texts(load(workplace, "admin", newest(workplace, "auth.users", "update")))
    assert roles == [FieldTexts("Roles", "Sales clerk", "")]
    place = field_texts(load(workplace, "admin", newest(workplace, "org.warehouses", "update")))
    assert place == [FieldTexts("Active", "", "No"), FieldTexts("Branch", "#99999", "Hangzhou")]


def test_refusals_call_fields_and_rights_by_their_names(desk: QApplication) -> None:
    missing = InvalidInput("UV001", {"field": "promised_on"})
    right = NotAllowed("UA001", {"role": "erp_order_enter", "title_zh": "录入订单", "title_en": "Enter orders"})
    for code, field, role in (("en", "Promised", "Enter orders"), ("zh_CN", "承诺交期", "录入订单")):
        i18n.set_language(code)
        assert field in sentence(missing) and "promised_on" not in sentence(missing)
        assert role in sentence(right) and "erp_" not in sentence(right)
