"""The server's disk is full: commands are refused with a sentence, nothing is half done, and room is all it takes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services.errors import BugError, ConnectionLost, ServerBusy, sentence
from tests.helpers.databases import Template, temporary_folder
from tests.helpers.faults import SmallDisk, small_disk
from tests.helpers.orders import day
from tests.helpers.workplace import Workplace, open_workplace

LINES = 200
MOST_ORDERS = 200


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with temporary_folder() as folder, small_disk(folder / "disk", 160) as made:
        if made is None:
            pytest.skip("this computer lets nobody mount a small disk")
        yield made


@pytest.fixture
def workplace(template: Template, disk: SmallDisk) -> Iterator[Workplace]:
    """A workplace whose tables lie on the small disk."""
    with open_workplace(template) as opened:
        database = opened.company.database
        owner = Path(database.value("show data_directory")).stat()
        place = disk.folder / "tables"
        place.mkdir(mode=0o700)
        os.chown(place, owner.st_uid, owner.st_gid)
        maintenance = type(database)(database.server, "postgres")
        maintenance.rows(f"create tablespace small location '{place}'")
        try:
            maintenance.rows(f"alter database {database.name} set tablespace small")
            yield opened
            opened.close()
            maintenance.rows(f"alter database {database.name} set tablespace pg_default")
        finally:
            maintenance.rows("drop tablespace if exists small")


def order(workplace: Workplace, number: int) -> dict[str, Any]:
    company = workplace.company
    line = {"product_id": company.id_of("product", "CHAIR"), "qty": 1, "description": "实木餐椅，" * 40}
    return {
        "customer_id": company.id_of("customer", "C1"),
        "customer_reference": f"FULL-{number}",
        "ordered_on": day(),
        "promised_on": day(20),
        "lines": [line | {"line_no": number} for number in range(1, LINES + 1)],
    }


def stored(workplace: Workplace) -> set[tuple[str, int, int]]:
    """Reference, number of lines and number of audited changes of every order there is."""
    rows = workplace.company.database.rows(
        "select o.customer_reference, (select count(*)::int from sales.order_lines l where l.order_id = o.id),"
        " (select count(*)::int from audit.changes c where c.table_name = 'sales.orders' and c.row_id = o.id)"
        " from sales.orders o"
    )
    return {tuple(row) for row in rows}


def test_a_full_disk_is_told_and_leaves_nothing_half_done(workplace: Workplace, disk: SmallDisk) -> None:
    database = workplace.database("lina")
    database.call("sales.save_order", document=order(workplace, 0))
    ((_, *whole),) = stored(workplace)
    disk.fill(leave=300_000)
    saved, request_id = [0], uuid4()
    with pytest.raises(ServerBusy) as full:
        for number in range(1, MOST_ORDERS):
            request_id = uuid4()
            database.call("sales.save_order", document=order(workplace, number), request_id=request_id)
            saved.append(number)
    assert full.value.code == "53100"
    assert "full" in sentence(full.value, "en")
    assert "磁盘已满" in sentence(full.value, "zh_CN")
    assert {row[0] for row in stored(workplace)} == {f"FULL-{number}" for number in saved}
    disk.make_room()
    failed = len(saved)
    database.call("sales.save_order", document=order(workplace, failed), request_id=request_id)
    database.call("sales.save_order", document=order(workplace, failed), request_id=request_id)
    assert {row[0] for row in stored(workplace)} == {f"FULL-{number}" for number in range(failed + 1)}
    assert {row[1:] for row in stored(workplace)} == {tuple(whole)}


def test_reading_goes_on_while_the_disk_is_full(workplace: Workplace, disk: SmallDisk) -> None:
    database = workplace.database("lina")
    database.call("sales.save_order", document=order(workplace, 0))
    disk.fill()
    assert database.rows("select count(*) from sales.order_list")[0][0] == 1
    disk.make_room()


@pytest.fixture
def own_server() -> Iterator[tuple[EmbeddedServer, SmallDisk]]:
    """A server with everything it has, its log of changes too, on the small disk, as on a workshop's only computer."""
    with temporary_folder() as folder, small_disk(folder / "disk", 320) as made:
        if made is None:
            pytest.skip("this computer lets nobody mount a small disk")
        server = EmbeddedServer(made.folder / "company", settings={"max_wal_size": "32MB", "min_wal_size": "32MB"})
        server.ensure_running()
        yield server, made
        server.stop()


def test_a_server_that_stopped_for_want_of_room_comes_back_with_everything_acknowledged(
    own_server: tuple[EmbeddedServer, SmallDisk],
) -> None:
    server, disk = own_server
    with open_workplace(Template.install(server)) as workplace:
        database = workplace.database("lina")
        disk.fill()
        saved, request_id = [], uuid4()
        with pytest.raises((ServerBusy, ConnectionLost)) as failed:
            for number in range(MOST_ORDERS):
                request_id = uuid4()
                database.call("sales.save_order", document=order(workplace, number), request_id=request_id)
                saved.append(number)
        assert sentence(failed.value, "en") != sentence(BugError(), "en")
        disk.make_room()
        server.ensure_running()
        next_number = len(saved)
        # Whether the last one was still carried out or not: with its request id it is there once.
        again = workplace.database("lina")
        again.call("sales.save_order", document=order(workplace, next_number), request_id=request_id)
        assert sorted(row[0] for row in stored(workplace)) == sorted(f"FULL-{n}" for n in range(next_number + 1))
        assert {row[1] for row in stored(workplace)} == {LINES}
