"""The windowed model of a list of any length: the keys of all rows, and the texts of the rows around what is seen."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.list_reader import ListReader
from erp_desktop.services import errors
from erp_desktop.services.listing import PAGE_ROWS, Column, Keys, ListQuery, ListSpec, Sort, Summary, Values

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

log = logging.getLogger(__name__)

CACHED_ROWS: Final = 64 * PAGE_ROWS
SEARCH_REST: Final = 0.5
"""Seconds without a new query before the keys of a search are read: while somebody types, the first page is enough."""
KEYS_SHARE: Final = 10
"""Keys are read again at most one part in this many of the time, however often rows change."""

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ID_ROLE: Final = Role.UserRole
VALUE_ROLE: Final = Role.UserRole + 1
_NO_PARENT: Final = QModelIndex()
_NO_KEYS: Final = np.empty(0, dtype=np.int64)


class ListState(StrEnum):
    """What a list can say of itself."""

    LOADING = "loading"
    READY = "ready"
    EMPTY = "empty"
    FAILED = "failed"


@dataclass(slots=True)
class Row:
    """One row as it was read: its values, the texts of its cells, or, if it can't be read, the message instead."""

    id: int
    values: Values
    texts: tuple[str, ...]
    message: str
    read_at: int


class ListModel(QAbstractTableModel):
    """Rows of a ListSpec, read by a thread of their own; nothing here waits for the database.

    `load` starts a query; `refresh` reads again what is seen and what was added; `close` ends the thread.
    A row that is not there yet has no texts (the view paints a placeholder); asking for it requests its page.
    Rows are cached by id, so rows that come or go in between leave the others as they are.

    Signals:
        state_changed(): `state` or `error` has a new value.
        summary_changed(): `count`, `summary` have new values.
        query_changed(): `query` has a new value.
        about_to_move(), moved(): the keys change; a view keeps selection and position by id over it.
    """

    state_changed = Signal()
    summary_changed = Signal()
    query_changed = Signal()
    about_to_move = Signal()
    moved = Signal()

    def __init__(self, spec: ListSpec, connect: Callable[[], Connection], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.connect_database = connect
        self._query = ListQuery()
        self._state = ListState.LOADING
        self._error: Exception | None = None
        self._summary: Summary | None = None
        self._keys: Keys = _NO_KEYS
        self._keys_complete = False
        self._keys_seconds = 0.0
        self._keys_at = 0.0
        self._rows: dict[int, Row] = {}
        self._asked: dict[int, tuple[int, int]] = {}
        self._tickets = itertools.count(1)
        self._turn = 0
        self._clock = 1
        self._fresh_from = 0
        self._formatter = wording.formatter(spec.columns)
        self._alignments = [wording.alignment(column.kind).value for column in spec.columns]
        self._refresh_timer = QTimer(self, singleShot=True)
        self._refresh_timer.timeout.connect(self._read_keys)
        self._reader = ListReader(spec, connect)
        self._connect_reader()

    def _connect_reader(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self._reader.first_read.connect(self._on_first, queued)
        self._reader.keys_read.connect(self._on_keys, queued)
        self._reader.page_read.connect(self._on_page, queued)
        self._reader.summary_read.connect(self._on_summary, queued)
        self._reader.failed.connect(self._on_failed, queued)
        self.destroyed.connect(self._reader.close)

    @property
    def query(self) -> ListQuery:
        """What the list shows at present."""
        return self._query

    @property
    def state(self) -> ListState:
        """Whether the list is loading, there, empty or failed."""
        return self._state

    @property
    def error(self) -> Exception | None:
        """Why the last reading failed; None when it did not."""
        return self._error

    @property
    def summary(self) -> Summary | None:
        """Count and sums over the whole filter; None until they are known."""
        return self._summary

    @property
    def count(self) -> int:
        """How many rows there are as far as it is known."""
        return len(self._keys)

    @property
    def count_known(self) -> bool:
        """Whether `count` is the whole list and not the first page alone."""
        return self._keys_complete

    def load(self, query: ListQuery) -> None:
        """Show another query; the old rows stay until the first page of the new one is there."""
        self._turn += 1
        self._query = query
        self._keys_complete = False
        self._summary = None
        self._asked.clear()
        self._refresh_timer.stop()
        self._reader.start_query(self._turn, query, SEARCH_REST if query.search.strip() else 0.0)
        self.query_changed.emit()
        self._set_state(ListState.LOADING)

    def refresh(self) -> None:
        """Rows may have changed, come or gone: read again those that are seen, and the keys, not too often."""
        if self._turn == 0 or not self._keys_complete:
            return
        self._forget_freshness()
        rest = self._keys_at + self._keys_seconds * KEYS_SHARE - time.monotonic()
        if not self._refresh_timer.isActive():
            self._refresh_timer.start(max(0, round(rest * 1000)))

    def retry(self) -> None:
        """Try again after a failure."""
        if self._keys_complete:
            self._error = None
            self._set_state(ListState.READY if len(self._keys) else ListState.LOADING)
            self._forget_freshness()
            self._read_keys()
        else:
            self.load(self._query)

    def close(self) -> None:
        """End the reading thread and give its connection back."""
        self._refresh_timer.stop()
        self._reader.close()

    def wait_closed(self, seconds: float) -> bool:
        """After `close`: wait for the reading thread; whether it ended."""
        return self._reader.join(seconds)

    def row(self, row: int) -> Row | None:
        """The row if it is there; asks for its page if it is missing or stale."""
        found = self._rows.get(int(self._keys[row]))
        if found is None or found.read_at < self._fresh_from:
            self._ask(row // PAGE_ROWS)
        return found

    def row_texts(self, row: int) -> tuple[str, ...] | None:
        """The texts of a row's cells; None while they are on their way."""
        found = self.row(row)
        return found.texts if found is not None else None

    def row_id(self, row: int) -> int:
        """The key of a row, known for every row."""
        return int(self._keys[row])

    def row_of(self, row_id: int) -> int | None:
        """Where the row with this key stands; None when it is not in the list."""
        places = np.nonzero(self._keys == row_id)[0]
        return int(places[0]) if len(places) else None

    def ids(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """The keys of the rows in these spans (first, last), in the order of the list."""
        parts = [self._keys[first : last + 1] for first, last in sorted(spans)]
        return [int(each) for each in np.concatenate(parts)] if parts else []

    def values(self, row: int) -> Mapping[str, Any] | None:
        """A row's values by column key; None while they are on their way, can't be read, or the row is gone."""
        if not 0 <= row < len(self._keys):  # a selection learns later than the list that its rows went
            return None
        found = self._rows.get(int(self._keys[row]))
        return dict(zip(self.spec.value_keys, found.values, strict=False)) if found and not found.message else None

    def prefetch(self, first: int, last: int) -> None:
        """Ask for the pages around these rows, so that the next screens are there when they are scrolled to."""
        margin = PAGE_ROWS // 4
        low, high = max(0, first - margin), min(len(self._keys) - 1, last + margin)
        for row in (low, high):
            if int(self._keys[row]) not in self._rows:
                self._ask(row // PAGE_ROWS)

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        ticket = next(self._tickets)
        self._asked[page] = (ticket, self._clock)
        ids = self._keys[page * PAGE_ROWS : (page + 1) * PAGE_ROWS].tolist()
        dropped = set(self._reader.want_page(self._turn, ticket, ids))
        if dropped:
            self._asked = {page: asked for page, asked in self._asked.items() if asked[0] not in dropped}

    def _forget_freshness(self) -> None:
        self._clock += 1
        self._fresh_from = self._clock
        self._asked.clear()
        self._announce_rows(0, len(self._keys) - 1)

    def _read_keys(self) -> None:
        self._reader.want_keys(self._turn, self._query)

    def _set_state(self, state: ListState) -> None:
        if state is not ListState.FAILED:
            self._error = None
        self._state = state
        self.state_changed.emit()

    @Slot(int, object)
    def _on_first(self, turn: int, rows: Sequence[Values]) -> None:
        if turn != self._turn:
            return
        self.beginResetModel()
        self._rows = {}
        self._keys = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        self._store(rows, self._clock)
        self.endResetModel()
        self._set_state(ListState.READY if rows else ListState.EMPTY)

    @Slot(int, object, float)
    def _on_keys(self, turn: int, keys: Keys, seconds: float) -> None:
        if turn != self._turn:
            return
        self._keys_complete = True
        self._keys_seconds = seconds
        self._keys_at = time.monotonic()
        self._move_to(keys)
        self._set_state(ListState.READY if len(keys) else ListState.EMPTY)
        if not self.spec.sums and not self._query.search.strip():
            self._summary = Summary(len(keys))
        else:
            self._reader.want_summary(turn, self._query)
        self.summary_changed.emit()

    @Slot(int, object)
    def _on_page(self, ticket: int, rows: Sequence[Values]) -> None:
        page = next((page for page, asked in self._asked.items() if asked[0] == ticket), None)
        if page is None:
            return
        _, clock = self._asked.pop(page)
        first, last = page * PAGE_ROWS, min((page + 1) * PAGE_ROWS, len(self._keys)) - 1
        self._store(rows, clock)
        self._store_missing(self._keys[first : last + 1].tolist(), {row[0] for row in rows}, clock)
        self._announce_rows(first, last)

    @Slot(int, object)
    def _on_summary(self, turn: int, summary: Summary) -> None:
        if turn == self._turn:
            self._summary = summary
            self.summary_changed.emit()

    @Slot(int, str, object)
    def _on_failed(self, turn: int, step: str, error: Exception) -> None:
        if turn != self._turn:
            return
        log.warning("list %s: reading the %s failed: %s", self.spec.name, step, error)
        if step == "first":
            self.beginResetModel()
            self._rows = {}
            self._keys = _NO_KEYS
            self.endResetModel()
        self._error = error
        self._set_state(ListState.FAILED)

    def _store(self, rows: Iterable[Values], clock: int) -> None:
        for key, *values in rows:
            if values and isinstance(values[0], Exception):
                self._put(Row(key, (), (), errors.sentence(values[0], i18n.language()), clock))
            else:
                self._put(Row(key, tuple(values), self._formatter.texts(values), "", clock))
        for _ in range(len(self._rows) - CACHED_ROWS):
            del self._rows[next(iter(self._rows))]

    def _store_missing(self, wanted: Iterable[int], found: set[int], clock: int) -> None:
        message = self.tr("This row was removed, or you may no longer see it.")
        for key in wanted:
            if key not in found:
                self._put(Row(key, (), (), message, clock))

    def _put(self, row: Row) -> None:
        self._rows.pop(row.id, None)
        self._rows[row.id] = row

    def _announce_rows(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.spec.columns) - 1))

    def _move_to(self, keys: Keys) -> None:
        """Take over new keys, telling views of the one stretch that differs."""
        head, tail = _same_ends(self._keys, keys)
        removed, inserted = len(self._keys) - head - tail, len(keys) - head - tail
        if not removed and not inserted:
            return
        self.about_to_move.emit()
        self._asked.clear()
        if removed:
            self.beginRemoveRows(_NO_PARENT, head, head + removed - 1)
            self._keys = np.concatenate([self._keys[:head], self._keys[head + removed :]])
            self.endRemoveRows()
        if inserted:
            self.beginInsertRows(_NO_PARENT, head, head + inserted - 1)
            self._keys = keys
            self.endInsertRows()
        self.moved.emit()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.rowCount."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.columnCount."""
        return 0 if parent.isValid() else len(self.spec.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.data; the view paints from `row`, this serves accessibility, tests and tips."""
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            return self._alignments[index.column()]
        if role == ID_ROLE:
            return self.row_id(index.row())
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole, VALUE_ROLE):
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Role.DisplayRole else None
        if role == VALUE_ROLE:
            return row.values[index.column()] if row.values else None
        if row.message:
            return row.message if index.column() == 0 or role == Role.ToolTipRole else ""
        return row.texts[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.headerData."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole else None
        if not 0 <= section < len(self.spec.columns):
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return wording.title(self.spec.columns[section].title)
        return self._alignments[section] if role == Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Override QAbstractItemModel.flags; reads the cache only, so that selecting all fetches nothing."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self._rows.get(int(self._keys[index.row()]))
        if row is not None and row.message:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Override QAbstractItemModel.sort: the database sorts."""
        key = self.spec.columns[column].key
        self.load(replace(self._query, sort=(Sort(key, order == Qt.SortOrder.DescendingOrder),)))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the model."""
        return self.spec.columns


def _same_ends(old: Keys, new: Keys) -> tuple[int, int]:
    """How many keys are equal at the beginning, and how many of the rest at the end."""
    shared = min(len(old), len(new))
    head = _first_true(old[:shared] != new[:shared])
    rest = shared - head
    tail = _first_true(old[len(old) - rest :][::-1] != new[len(new) - rest :][::-1])
    return head, tail


def _first_true(flags: np.typing.NDArray[np.bool_]) -> int:
    """The place of the first True; the length when there is none."""
    if not len(flags):
        return 0
    place = int(flags.argmax())
    return place if flags[place] else len(flags)
