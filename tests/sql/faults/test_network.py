"""The line breaks in the middle of a command or read: nothing is lost, nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from erp_desktop.services import db
from erp_desktop.services.auth import Session, log_in
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ConnectionLost, ServerUnreachable, WrongState, sentence
from tests.helpers.databases import Template
from tests.helpers.faults import MOMENTS, Line, Moment, open_line
from tests.helpers.gate import PASSWORD
from tests.helpers.orders import day
from tests.helpers.workplace import Workplace, open_workplace


@pytest.fixture(scope="module")
def workplace(template: Template) -> Iterator[Workplace]:
    with open_workplace(template) as opened:
        yield opened


@pytest.fixture(scope="module")
def lina(workplace: Workplace) -> Session:
    return workplace.log_in("lina")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits seconds for a server that a test keeps away."""
    monkeypatch.setattr(db, "_PAUSES", (0.01, 0.01))


@pytest.fixture
def line(workplace: Workplace) -> Iterator[Line]:
    with open_line(workplace.company.database.profile.port) as opened:
        yield opened


@pytest.fixture
def database(line: Line, lina: Session) -> Iterator[Database]:
    """Lina's way to the server, over the line."""
    made = line.database(lina)
    yield made
    made.close()


def order(workplace: Workplace) -> dict[str, Any]:
    """An order as the client sends it; its reference is on no other order."""
    company = workplace.company
    return {
        "customer_id": company.id_of("customer", "C1"),
        "customer_reference": str(uuid4()),
        "ordered_on": day(),
        "promised_on": day(20),
        "lines": [{"line_no": 10, "product_id": company.id_of("product", "CHAIR"), "qty": 2}],
    }


def orders_like(workplace: Workplace, document: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Id, version and number of lines of the orders with the reference of `document`."""
    return workplace.company.database.rows(
        "select o.id, o.version, count(l.id) from sales.orders o left join sales.order_lines l on l.order_id = o.id"
        " where o.customer_reference = %s group by o.id",
        document["customer_reference"],
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_command_is_carried_out_once(workplace: Workplace, database: Database, line: Line, moment: Moment) -> None:
    document = order(workplace)
    line.cut_at("sales.save_order", moment)
    saved = database.call("sales.save_order", document=document)
    assert line.cuts == 1
    assert orders_like(workplace, document) == [(saved["id"], saved["version"], 1)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_step_is_taken_once(workplace: Workplace, database: Database, line: Line, moment: Moment) -> None:
    saved = database.call("sales.save_order", document=order(workplace))
    line.cut_at("sales.submit_order", moment)
    submitted = database.call("sales.submit_order", document={"id": saved["id"]}, version=saved["version"])
    taken = workplace.company.database.rows(
        "select count(*) from workflow.events where document_type = 'order' and document_id = %s and action = 'submit'",
        saved["id"],
    )
    assert (line.cuts, taken) == (1, [(1,)])
    with pytest.raises(WrongState):
        database.call("sales.submit_order", document={"id": saved["id"]}, version=submitted["version"])


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_line_that_stays_away_names_the_request_with_which_to_try_again(
    workplace: Workplace, database: Database, line: Line, moment: Moment
) -> None:
    document = order(workplace)
    database.rows("select 1")
    line.cut_at("sales.save_order", moment, stay_down=True)
    with pytest.raises(ConnectionLost) as lost:
        database.call("sales.save_order", document=document)
    line.put_up()
    request_id = UUID(lost.value.params["request_id"])
    saved = database.call("sales.save_order", document=document, request_id=request_id)
    again = database.call("sales.save_order", document=document, request_id=request_id)
    assert again == saved
    assert orders_like(workplace, document) == [(saved["id"], saved["version"], 1)]
    assert all("…" not in sentence(lost.value, language) for language in ("en", "zh_CN"))


def test_a_read_is_repeated(database: Database, line: Line) -> None:
    for moment in MOMENTS:
        line.cut_at("sales.order_list", moment)
        assert database.rows("select count(*) from sales.order_list")[0][0] >= 0
    assert line.cuts == len(MOMENTS)


def test_a_read_says_that_the_server_is_away(database: Database, line: Line) -> None:
    line.take_down()
    with pytest.raises(ConnectionLost):
        database.rows("select 1")
    line.put_up()
    assert database.rows("select 1")[0][0] == 1


@pytest.mark.parametrize("word", ["auth.begin_login", "auth.finish_login", "auth.my_profile"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_login_that_broke_off_can_be_made_again(
    workplace: Workplace, lina: Session, line: Line, word: str, moment: Moment
) -> None:
    profile = line.profile(lina.database.profile)
    line.cut_at(word, moment)
    with pytest.raises(ConnectionLost):
        log_in(profile, "lina", PASSWORD)
    session = log_in(profile, "lina", PASSWORD)
    assert session.database.rows("select session_user")[0][0] == "erp_u_lina"
    session.database.close()


def test_a_server_that_is_not_there_is_named(lina: Session, line: Line) -> None:
    profile = line.profile(lina.database.profile)
    line.close()
    with pytest.raises(ServerUnreachable) as unreachable:
        log_in(profile, "lina", PASSWORD)
    assert str(profile.port) in sentence(unreachable.value, "en")
