"""The lines of a document while they are edited: typed values, what is wrong with them, computed columns, undo."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from erp_desktop.models import columns as wording
from erp_desktop.models.entry import MONEY, PERCENT, PRICE, QUANTITY, WHOLE, Entry, EntryError, NumberRule
from erp_desktop.models.i18n import Text, said
from erp_desktop.models.lookup import Choice, Lookup, best_choice
from erp_desktop.models.operations import Query
from erp_desktop.services.exporting import safe_text
from erp_desktop.services.listing import NUMBER_KINDS, Kind, text_of

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Line: TypeAlias = Mapping[str, Any]
"""One line: values by column key; never changed in place, so that a list of lines is a snapshot for undo."""
Cell: TypeAlias = tuple[int, str]

ERROR_ROLE: Final = Role.UserRole + 10
PENDING_ROLE: Final = Role.UserRole + 11
UNDO_STEPS: Final = 200
MOST_PASTED_ROWS: Final = 5000
TEXTS_AT_ONCE: Final = 100
"""So many pasted texts are looked up by one query; what they name shows as each comes back."""
TOKEN: Final = "_line"
"""The key under which a line carries its identity while it is edited."""
_BLANK: Final[Line] = {TOKEN: 0}
_TYPED: Final = object()
_NO_PARENT: Final = QModelIndex()
_RULES: Final[Mapping[Kind, NumberRule]] = {
    "money": MONEY,
    "price": PRICE,
    "qty": QUANTITY,
    "percent": PERCENT,
    "int": WHOLE,
}


@dataclass(frozen=True)
class Wrong:
    """What somebody typed and what is wrong with it; with an empty message it is still being looked up.

    `replaces` are the values that the answer may replace: what is typed while it is on its way stays.
    """

    text: str
    message: str = ""
    replaces: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def pending(self) -> bool:
        """Whether it is still being looked up."""
        return not self.message


@dataclass(frozen=True)
class LineColumn:
    """One column of a line grid.

    `title` is the English source text, marked under the context "Columns". A column with a `lookup` shows the chosen
    code; its id goes into the line under `id_key`, and the choice's data under the keys `brings`. `compute` makes a
    column that nobody types from the values of the line.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 100
    editable: bool = True
    required: bool = False
    rule: NumberRule | None = None
    lookup: Lookup | None = None
    id_key: str = ""
    brings: tuple[str, ...] = ()
    compute: Callable[[Line], Any] | None = None
    default: Any = None
    longest: int = 500

    @property
    def typed(self) -> bool:
        """Whether people type into this column."""
        return self.editable and self.compute is None

    @property
    def sets(self) -> tuple[str, ...]:
        """The keys of a line that change together with this column."""
        return (self.key, *((self.id_key,) if self.id_key else ()), *self.brings)

    def chosen(self, choice: Choice) -> dict[str, Any]:
        """The values that a choice gives a line."""
        values: dict[str, Any] = {key: choice.data.get(key) for key in self.brings}
        if self.id_key:
            values[self.id_key] = choice.id
        return {**values, self.key: choice.code}


@dataclass(frozen=True)
class Pasted:
    """What came of pasting: so many lines, so many cells that can't be as they are."""

    lines: int
    complaints: int
    cut: bool = False


class LineGridModel(QAbstractTableModel):
    """Editable lines with an empty one at the end that becomes a line when something is typed into it.

    Text that can't be understood stays in its cell, marked; `complaints` lists what must be mended before saving.
    Every change by the person is one step of undo. With `fixed` lines no line comes or goes, only their cells change.

    Signals:
        changed(): any value changed, typed or computed.
        edited(): the person changed something.
        pasted(outcome): a Pasted.
    """

    changed = Signal()
    edited = Signal()
    pasted = Signal(object)

    def __init__(self, columns: Sequence[LineColumn], parent: QObject | None = None, *, fixed: bool = False) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.may_edit: Callable[[Line, LineColumn], bool] = lambda _line, _column: True
        self._places = {column.key: place for place, column in enumerate(self.columns)}
        self._lines: list[Line] = []
        self._refusals: dict[tuple[int, str], Text] = {}
        self._undo: list[list[Line]] = []
        self._redo: list[list[Line]] = []
        self._read_only = False
        self._fixed = fixed
        self._tokens = itertools.count(1)
        self._entry = Entry(self)

    @property
    def read_only(self) -> bool:
        """Whether the lines can only be looked at."""
        return self._read_only

    @property
    def may_grow(self) -> bool:
        """Whether lines can be added and removed; the empty one at the end is there only then."""
        return not self._read_only and not self._fixed

    def set_read_only(self, read_only: bool) -> None:
        """Allow or forbid editing; the empty line at the end is there only while editing is allowed."""
        if read_only == self._read_only:
            return
        self.beginResetModel()
        self._read_only = read_only
        self.endResetModel()

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show these lines; what could be undone is forgotten."""
        self.beginResetModel()
        self._lines = [self._complete(line) for line in lines]
        self._refusals.clear()
        self._undo.clear()
        self._redo.clear()
        self.endResetModel()
        self.changed.emit()

    def lines(self) -> list[dict[str, Any]]:
        """The lines as they are to be saved; a value that is wrong counts as None."""
        return [{key: value for key, value in self._sound(line).items() if key != TOKEN} for line in self._lines]

    def draft(self) -> list[dict[str, Any]]:
        """The lines with everything that was typed, wrong texts too; `set_draft` takes them back."""
        return [
            {
                key: {"wrong": value.text} if isinstance(value, Wrong) else value
                for key, value in line.items()
                if key != TOKEN
            }
            for line in self._lines
        ]

    def set_draft(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Show lines that `draft` returned, as one step of the person."""
        complete = []
        for line in lines:
            wrong = {key: value["wrong"] for key, value in line.items() if isinstance(value, dict) and "wrong" in value}
            sound = {key: value for key, value in line.items() if key not in wrong}
            complete.append(
                self._typed(self._complete(sound), {key: wrong[key] for key in wrong if key in self._places})
            )
        self._change(complete)
        self._look_up_pending(complete)

    def complaints(self) -> list[tuple[int, str, str]]:
        """What must be mended: (row, column key, sentence), from top to bottom."""
        return [
            (row, column.key, message)
            for row in range(len(self._lines))
            for column in self.columns
            if (message := self._complaint(row, column, strict=True))
        ]

    def refuse(self, row: int, key: str, sentence: Text) -> bool:
        """Mark a cell with the server's refusal until it is changed; whether there is such a cell."""
        if not 0 <= row < len(self._lines):
            return False
        place = self._places.get(key, 0)
        self._refusals[self._lines[row][TOKEN], self.columns[place].key] = sentence
        self._announce(row, row)
        return True

    def clear_refusals(self) -> None:
        """Take all marks of the server away."""
        self._refusals.clear()
        self._announce(0, len(self._lines) - 1)

    def sum_of(self, key: str) -> Decimal:
        """The sum of a column over all lines; wrong and missing values count as nothing."""
        values = (line.get(key) for line in self._lines)
        return Decimal(sum(value for value in values if isinstance(value, Decimal | int)))

    def line(self, row: int) -> Line | None:
        """A line; None for the empty one at the end."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def is_ghost(self, row: int) -> bool:
        """Whether `row` is the empty one at the end."""
        return row == len(self._lines)

    def place_of(self, key: str) -> int:
        """Where the column with this key stands."""
        return self._places[key]

    def update_line(self, row: int, values: Mapping[str, Any]) -> None:
        """Set values of a line from outside (prices that the server computed); not a step of undo."""
        self._lines[row] = self._with(self._lines[row], values)
        self._announce(row, row)
        self.changed.emit()

    def insert_line(self, row: int) -> None:
        """Insert an empty line above `row`."""
        if not self.may_grow:
            return
        if self._read_only:
            return
        lines = list(self._lines)
        lines.insert(min(row, len(lines)), self._complete({}))
        self._change(lines)

    def remove_lines(self, rows: Iterable[int]) -> None:
        """Remove these lines; those that may not be edited stay."""
        gone = {row for row in rows if row < len(self._lines) and self._may_edit_line(row)}
        if gone and self.may_grow:
            self._change([line for row, line in enumerate(self._lines) if row not in gone])

    def clear_cells(self, cells: Iterable[Cell]) -> None:
        """Empty these cells."""
        self._enter_all([(row, key, "") for row, key in cells if row < len(self._lines)])

    def copy_down(self, cells: Sequence[Cell]) -> None:
        """Fill each column of the selection with the value of its topmost cell, or of the cell above a single one."""
        tops: dict[str, int] = {}
        for row, key in cells:
            tops[key] = min(row, tops.get(key, row))
        lines = list(self._lines)
        for row, key in sorted(cells):
            single = all(other == row for other, each in cells if each == key)
            source = self.line(row - 1 if single else tops[key])
            if source is None or (row == tops[key] and not single):
                continue
            if row == len(lines):
                lines.append(self._complete({}))
            if row < len(lines) and self._may_edit_cell(lines[row], key):
                lines[row] = self._with(lines[row], self._copied(source, key))
        self._change(lines)

    def copied_text(self, rows: Sequence[int], keys: Sequence[str]) -> str:
        """These cells as tab-separated text that spreadsheets and this grid can paste."""
        lines = [line for line in map(self.line, rows) if line is not None]
        return "\n".join("\t".join(safe_text(self._edit_text(line, key)) for key in keys) for line in lines)

    def paste(self, row: int, keys: Sequence[str], text: str, filling: tuple[int, int] = (1, 1)) -> None:
        """Paste tab-separated text from `row` on into the columns `keys`; a first row of titles chooses the columns.

        `filling` is how many rows and columns are selected: one cell, or a block that fits into them a whole number of
        times, fills them all.
        """
        if self._read_only:
            return
        table = _table(text)
        if len(table) > 1 and (titled := self._titled_keys(table[0])):
            keys, table = titled, table[1:]
        else:
            table = _filling(table, *filling)
        cut = len(table) > MOST_PASTED_ROWS
        entries = [
            (row + down, key, _unprotected(cell))
            for down, cells in enumerate(table[:MOST_PASTED_ROWS])
            for key, cell in zip(keys, cells, strict=False)
            if key in self._places
        ]
        self._enter_all(entries)
        touched = {line for line, _key, _text in entries if line < len(self._lines)}
        wrong = sum(bool(self._complaint(line, column, strict=False)) for line in touched for column in self.columns)
        self.pasted.emit(Pasted(len(touched), wrong, cut))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo) and not self._read_only

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._redo) and not self._read_only

    def undo(self) -> None:
        """Take the person's last step back."""
        if self.can_undo:
            self._redo.append(self._lines)
            self._show(self._undo.pop())

    def redo(self) -> None:
        """Take a step again that was taken back."""
        if self.can_redo:
            self._undo.append(self._lines)
            self._show(self._redo.pop())

    def _change(self, lines: list[Line]) -> None:
        """One step of the person."""
        if len(lines) == len(self._lines) and all(new is old for new, old in zip(lines, self._lines, strict=True)):
            return
        self._undo.append(self._lines)
        del self._undo[:-UNDO_STEPS]
        self._redo.clear()
        self._show(lines)

    def _show(self, lines: list[Line]) -> None:
        """Take over `lines`, telling views of the one stretch that differs."""
        old = self._lines
        shared = min(len(old), len(lines))
        head = next((at for at in range(shared) if old[at] is not lines[at]), shared)
        rest = shared - head
        tail = next((at for at in range(rest) if old[-1 - at] is not lines[-1 - at]), rest)
        removed, inserted = len(old) - head - tail, len(lines) - head - tail
        kept = min(removed, inserted)
        if removed > kept:
            self.beginRemoveRows(_NO_PARENT, head + kept, head + removed - 1)
            self._lines = old[: head + kept] + old[head + removed :]
            self.endRemoveRows()
        if inserted > kept:
            self._insert_rows(head + kept, lines[head + kept : head + inserted])
        self._lines = lines
        self._announce(head, head + inserted - 1)
        self.edited.emit()
        self.changed.emit()

    def _insert_rows(self, first: int, lines: Sequence[Line]) -> None:
        """Tell views of new rows.

        What is typed into the empty line at the end turns that line into a real one, so the new row comes below it and
        whoever stands on it stays where he is; its values follow as a change.
        """
        from_the_end = first == len(self._lines) and self.may_grow
        below = 1 if from_the_end else 0
        self.beginInsertRows(_NO_PARENT, first + below, first + len(lines) - 1 + below)
        self._lines = [*self._lines[:first], *([_BLANK] * len(lines) if from_the_end else lines), *self._lines[first:]]
        self.endInsertRows()

    def _announce(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _complete(self, line: Line) -> Line:
        """A line with an identity, defaults and computed values."""
        defaults = {column.key: column.default for column in self.columns}
        return self._with({**defaults, TOKEN: next(self._tokens)}, line)

    def _with(self, line: Line, values: Mapping[str, Any]) -> Line:
        changed = {**line, **values}
        sound = self._sound(changed)
        for column in self.columns:
            if column.compute is not None:
                sound[column.key] = changed[column.key] = column.compute(sound)
        return changed

    def _sound(self, line: Line) -> dict[str, Any]:
        return {key: None if isinstance(value, Wrong) else value for key, value in line.items()}

    def _may_edit_line(self, row: int) -> bool:
        return any(self._may_edit_cell(self._lines[row], column.key) for column in self.columns)

    def _may_edit_cell(self, line: Line, key: str) -> bool:
        column = self.columns[self._places[key]]
        return column.typed and not self._read_only and self.may_edit(line, column)

    def _copied(self, source: Line, key: str) -> Mapping[str, Any]:
        """The value of a cell together with what its choice had brought."""
        return {each: source.get(each) for each in self.columns[self._places[key]].sets}

    def _enter_all(self, entries: Iterable[tuple[int, str, str]]) -> None:
        """Enter texts into cells as one step; texts of lookups are looked up together."""
        by_row: dict[int, dict[str, str]] = {}
        for row, key, text in entries:
            by_row.setdefault(row, {})[key] = text
        lines = list(self._lines)
        for row in sorted(by_row):
            if row >= len(lines) and not self.may_grow:
                break
            while row >= len(lines):
                lines.append(self._complete({}))
            texts = {key: text for key, text in by_row[row].items() if self._may_edit_cell(lines[row], key)}
            lines[row] = self._typed(lines[row], texts)
            for key in texts:
                self._refusals.pop((lines[row][TOKEN], key), None)
        self._change(lines)
        self._look_up_pending(lines[row] for row in by_row if row < len(lines))

    def _typed(self, line: Line, texts: Mapping[str, str]) -> Line:
        """The line after these texts were typed into it at once."""
        for key, text in texts.items():
            line = self._with(line, self._entered(self.columns[self._places[key]], text))
        for key in texts:
            value = line[key]
            if isinstance(value, Wrong) and value.pending:
                brought = self.columns[self._places[key]].brings
                open_keys = [each for each in brought if not texts.get(each, "").strip()]
                line = {**line, key: replace(value, replaces={each: line.get(each) for each in open_keys})}
        return line

    def _look_up_pending(self, lines: Iterable[Line]) -> None:
        """Look up the texts of these lines that wait for it, each for the one record that it names."""
        wanted: dict[str, dict[str, None]] = {}
        for line in lines:
            for key, value in line.items():
                if isinstance(value, Wrong) and value.pending:
                    wanted.setdefault(key, {})[value.text] = None
        for key, texts in wanted.items():
            lookup = self.columns[self._places[key]].lookup
            rest = list(texts)
            while rest and lookup is not None:
                some, rest = rest[:TEXTS_AT_ONCE], rest[TEXTS_AT_ONCE:]
                Query(lookup.find_each, some).success(partial(self._settle, key)).failure(
                    partial(self._on_failed, key, some)
                ).owned_by(self).quiet().run()

    def _entered(self, column: LineColumn, text: str) -> Mapping[str, Any]:
        """The values that typing `text` into a column gives a line."""
        cleaned = text.strip()
        if not cleaned:
            return dict.fromkeys(column.sets)
        if column.lookup is not None:
            return {column.key: Wrong(cleaned)}
        try:
            return {column.key: self._parsed(column, cleaned)}
        except EntryError as error:
            return {column.key: Wrong(cleaned, str(error))}

    def _parsed(self, column: LineColumn, text: str) -> Any:
        if column.kind in NUMBER_KINDS:
            number = self._entry.number(text, column.rule or _RULES[column.kind])
            return int(number) if column.kind == "int" else number
        if column.kind == "date":
            return self._entry.date(text)
        if column.kind == "flag":
            return text.casefold() in ("1", "x", "✓", "yes", "y", "true", "是")
        if len(text) > column.longest:
            raise EntryError(self.tr("Enter at most {count} characters.").format(count=column.longest))
        return text

    def _on_found(self, key: str, text: str, choices: Sequence[Choice]) -> None:
        """The lookup of one cell came back: whoever types and goes on means the best match."""
        self._settle(key, {text: best_choice(text, choices)})

    def _on_failed(self, key: str, texts: Sequence[str], _error: Exception) -> None:
        message = self.tr("This could not be looked up. Enter it again.")
        self._settle(key, dict.fromkeys(texts, message))

    def _settle(self, key: str, answers: Mapping[str, Choice | str | None]) -> None:
        """Lookups came back: fill the cells that still hold the texts, also in the steps that undo and redo show."""
        settled: dict[int, tuple[Line, Line]] = {}
        for lines in (self._lines, *self._undo, *self._redo):
            for row, line in enumerate(lines):
                value = line.get(key)
                if not isinstance(value, Wrong) or not value.pending or value.text not in answers:
                    continue
                if id(line) not in settled:
                    settled[id(line)] = (line, self._answered(line, key, value, answers[value.text]))
                lines[row] = settled[id(line)][1]
        changed = {id(line) for _, line in settled.values()}
        rows = [row for row, line in enumerate(self._lines) if id(line) in changed]
        if rows:
            self._announce(rows[0], rows[-1])
            self.changed.emit()

    def _answered(self, line: Line, key: str, value: Wrong, answer: Choice | str | None) -> Line:
        """The line after its text was looked up: the record it names, or why there is none."""
        if not isinstance(answer, Choice):
            message = answer or self.tr("Nothing, or more than one, fits “{text}”.").format(text=value.text)
            return self._with(line, {key: Wrong(value.text, message)})
        column = self.columns[self._places[key]]
        typed = {each for each in column.brings if line.get(each) != value.replaces.get(each, _TYPED)}
        return self._with(line, {each: new for each, new in column.chosen(answer).items() if each not in typed})

    def _titled_keys(self, cells: Sequence[str]) -> list[str]:
        """The columns that a first row of titles names; empty when it is not such a row."""
        known = {
            name.casefold(): column.key for column in self.columns for name in (column.key, wording.title(column.title))
        }
        named = [known.get(cell.strip().rstrip("*").strip().casefold(), "") for cell in cells]
        hits = sum(bool(key) for key in named)
        return named if hits >= 2 or (hits == 1 and len(cells) == 1) else []

    def _complaint(self, row: int, column: LineColumn, *, strict: bool) -> str:
        """What is wrong with a cell; `strict` also says that a required one is empty."""
        line = self._lines[row]
        value = line.get(column.key)
        if isinstance(value, Wrong):
            return value.message or (self.tr("This is still being looked up.") if strict else "")
        refusal = self._refusals.get((line[TOKEN], column.key))
        if refusal:
            return said(refusal)
        return self.tr("Fill in this cell.") if strict and column.required and value in (None, "") else ""

    def _show_text(self, line: Line, column: LineColumn) -> str:
        value = line.get(column.key)
        if isinstance(value, Wrong):
            return value.text
        if value is None:
            return ""
        if column.kind == "state":
            return wording.word(str(value))
        return text_of(column.kind)(value)

    def _edit_text(self, line: Line, key: str) -> str:
        """A value as somebody would type it."""
        column = self.columns[self._places[key]]
        value = line.get(key)
        if isinstance(value, Wrong):
            return value.text
        if column.kind == "percent" and value is not None:
            return f"{(Decimal(value) * 100).normalize():f}"
        if column.kind in NUMBER_KINDS and value is not None:
            return self._show_text(line, column).replace(",", "")
        return value.isoformat() if isinstance(value, dt.date) else self._show_text(line, column)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.rowCount: the lines and, while editing is allowed, an empty one."""
        return 0 if parent.isValid() else len(self._lines) + (1 if self.may_grow else 0)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.columnCount."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.data."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Role.TextAlignmentRole:
            return wording.alignment(column.kind).value
        line = self.line(index.row())
        if line is None:
            return "" if role in (Role.DisplayRole, Role.EditRole) else None
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return self._show_text(line, column)
            case Role.EditRole:
                return self._edit_text(line, column.key)
            case _ if role == PENDING_ROLE:
                value = line.get(column.key)
                return isinstance(value, Wrong) and value.pending
        if role in (ERROR_ROLE, Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return self._complaint(index.row(), column, strict=False) or (
                self._show_text(line, column) if role == Role.ToolTipRole else ""
            )
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Override QAbstractItemModel.setData: `value` is what was typed, or the Choice that was picked."""
        if role != Role.EditRole or not index.isValid() or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = self.columns[index.column()]
        if isinstance(value, Choice):
            self._choose(index.row(), column, value)
            return True
        text = str(value)
        line = self.line(index.row())
        if text.strip() == (self._edit_text(line, column.key) if line is not None else ""):
            return True
        if column.lookup is not None and text.strip():
            self._look_up(index.row(), column, text.strip())
        else:
            self._enter_all([(index.row(), column.key, text)])
        return True

    def _choose(self, row: int, column: LineColumn, choice: Choice) -> None:
        lines = list(self._lines)
        if row == len(lines):
            lines.append(self._complete({}))
        lines[row] = self._with(lines[row], column.chosen(choice))
        self._refusals.pop((lines[row][TOKEN], column.key), None)
        self._change(lines)

    def _look_up(self, row: int, column: LineColumn, text: str) -> None:
        """Take the text as it is and look up what it means."""
        lines = list(self._lines)
        if row == len(lines):
            lines.append(self._complete({}))
        lines[row] = self._typed(lines[row], {column.key: text})
        self._refusals.pop((lines[row][TOKEN], column.key), None)
        self._change(lines)
        if column.lookup is not None:
            Query(column.lookup.find, text).success(partial(self._on_found, column.key, text)).failure(
                partial(self._on_failed, column.key, [text])
            ).owned_by(self).quiet().run()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.headerData."""
        if orientation == Qt.Orientation.Vertical:
            return ("+" if self.is_ghost(section) else str(section + 1)) if role == Role.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.DisplayRole:
            shown = wording.title(column.title)
            return f"{shown} *" if column.required and not self._read_only else shown
        return wording.alignment(column.kind).value if role == Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Override QAbstractItemModel.flags."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        line = self.line(index.row())
        if self._may_edit_cell(line if line is not None else {}, self.columns[index.column()].key):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags


def _table(text: str) -> list[list[str]]:
    """Tab-separated text as spreadsheets put it on the clipboard; quoted cells may hold line breaks."""
    plain = text.replace("\0", "")
    try:
        rows = list(csv.reader(io.StringIO(plain, newline=""), dialect="excel-tab"))
    except csv.Error:
        rows = []
    if not rows or plain.count('"') % 2:
        # A lone quotation mark (an inch, for example) is none of a spreadsheet's.
        rows = [line.split("\t") for line in plain.splitlines()]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _filling(table: list[list[str]], rows: int, columns: int) -> list[list[str]]:
    """The block repeated until it fills so many rows and columns, if it fits into them a whole number of times."""
    width = max((len(cells) for cells in table), default=0)
    if not width or rows % len(table) or columns % width:
        return table
    return [(cells + [""] * (width - len(cells))) * (columns // width) for cells in table] * (rows // len(table))


def _unprotected(cell: str) -> str:
    """The text without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and safe_text(cell[1:]) == cell else cell
