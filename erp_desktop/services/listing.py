"""Lists of any length: what a list shows, and the SQL that reads its first page, its keys, one page and its sums.

A list is a schema-qualified, security-invoker view with a bigint key. It is read in three steps: the first page by a
plain ordered select (painted at once), then the *key vector* (all keys in sort order, by binary COPY into one array),
then any page anywhere by its keys. No statement here fetches more than `FETCH_ROWS` rows at a time.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from psycopg2 import sql

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

Kind: TypeAlias = Literal[
    "text", "code", "money", "qty", "price", "percent", "int", "date", "datetime", "state", "flag"
]
PeriodName: TypeAlias = Literal[
    "today",
    "yesterday",
    "this_week",
    "last_7_days",
    "next_7_days",
    "this_month",
    "last_month",
    "this_year",
    "before_today",
]
Keys: TypeAlias = NDArray[np.int64]
Values: TypeAlias = tuple[Any, ...]

NUMBER_KINDS: Final[frozenset[Kind]] = frozenset({"money", "qty", "price", "percent", "int"})
TEXT_KINDS: Final[frozenset[Kind]] = frozenset({"text", "code", "state"})
DATE_KINDS: Final[frozenset[Kind]] = frozenset({"date", "datetime"})

PAGE_ROWS: Final = 256
FETCH_ROWS: Final = 1000
SEARCH_LIMIT: Final = 10_000
CELL_CHARACTERS: Final = 400


@dataclass(frozen=True)
class Column:
    """One column of a list: `key` is the view's column, `title` its English source text, `width` in pixels.

    A column of kind "state" holds codes of the vocabulary `words`; a filter on it offers `options`.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 120
    sortable: bool = True
    filterable: bool = True
    hidden_by_default: bool = False
    options: tuple[str, ...] = ()
    words: str = "state"


@dataclass(frozen=True)
class Sort:
    """One key of a sort order."""

    key: str
    descending: bool = False


@dataclass(frozen=True)
class Contains:
    """The column's text contains `text`, whatever the case."""

    key: str
    text: str


@dataclass(frozen=True)
class Equals:
    """The column equals `value`; None asks for empty."""

    key: str
    value: str | int | bool | Decimal | dt.date | None


@dataclass(frozen=True)
class OneOf:
    """The column is one of `values`; an empty tuple matches nothing."""

    key: str
    values: tuple[str | int, ...]


@dataclass(frozen=True)
class Range:
    """`low` ≤ column ≤ `high`, both inclusive, either may be None; a date bounds a timestamp by whole days."""

    key: str
    low: Decimal | int | dt.date | None = None
    high: Decimal | int | dt.date | None = None


@dataclass(frozen=True)
class Period:
    """The column lies in a period counted from the server's current date."""

    key: str
    name: PeriodName


Filter: TypeAlias = Contains | Equals | OneOf | Range | Period


@dataclass(frozen=True)
class ListQuery:
    """What a person asks of a list: filters (all must hold), a search text, a sort order (empty: the list's own)."""

    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()


@dataclass(frozen=True)
class ListSpec:
    """A list: its view, its columns, how it is sorted, searched and summed.

    `source` and `search_function` are schema-qualified; the function is
    `f(in_text text, in_limit int) returns setof bigint`. `kinds` are the change broadcasts that concern the list.
    `extra_keys` are view columns that may be filtered or read by actions but are not shown; they come as they are.
    `complete` puts into rows what no view can hold in one statement, a whole page at a time.
    """

    name: str
    source: str
    columns: tuple[Column, ...]
    key: str = "id"
    default_sort: tuple[Sort, ...] = ()
    search_function: str | None = None
    sums: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    extra_keys: tuple[str, ...] = ()
    complete: Callable[[Connection, ListSpec, Sequence[Values]], list[Values]] | None = None

    def __post_init__(self) -> None:
        """Refuse a specification that names unknown or doubled columns."""
        keys = self.value_keys
        if len(set(keys)) != len(keys):
            raise ValueError(f"list {self.name}: a column is named twice")
        sorted_by = (sort.key for sort in self.default_sort if sort.key != self.key)
        unknown = [key for key in (*self.sums, *sorted_by) if key not in keys]
        if unknown:
            raise ValueError(f"list {self.name}: unknown columns {unknown}")
        if self.source.count(".") != 1:
            raise ValueError(f"list {self.name}: the source must be schema-qualified")

    @property
    def value_keys(self) -> tuple[str, ...]:
        """The keys of a row's values: the columns, then the extra ones."""
        return tuple(column.key for column in self.columns) + self.extra_keys

    def column(self, key: str) -> Column:
        """The column named `key`; KeyError when the list has none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True)
class Summary:
    """Count and sums over the whole filter; `capped` when a search stopped at `SEARCH_LIMIT` matches."""

    count: int
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    capped: bool = False


@dataclass(frozen=True)
class Statement:
    """A composed statement with its parameters, ready for `cursor.execute` and `cursor.mogrify`."""

    text: sql.Composed
    params: Mapping[str, object]


_PERIODS: Final[Mapping[PeriodName, tuple[str | None, str]]] = {
    "today": ("current_date", "current_date + 1"),
    "yesterday": ("current_date - 1", "current_date"),
    "this_week": ("date_trunc('week', current_date)::date", "date_trunc('week', current_date)::date + 7"),
    "last_7_days": ("current_date - 6", "current_date + 1"),
    "next_7_days": ("current_date", "current_date + 8"),
    "this_month": (
        "date_trunc('month', current_date)::date",
        "(date_trunc('month', current_date) + interval '1 month')::date",
    ),
    "last_month": (
        "(date_trunc('month', current_date) - interval '1 month')::date",
        "date_trunc('month', current_date)::date",
    ),
    "this_year": (
        "date_trunc('year', current_date)::date",
        "(date_trunc('year', current_date) + interval '1 year')::date",
    ),
    "before_today": (None, "current_date"),
}
PERIODS: Final[tuple[PeriodName, ...]] = tuple(_PERIODS)


class _Composer:
    """Composes the statements of one list and one query; the view is always aliased `s`, the found keys `found`."""

    def __init__(self, spec: ListSpec, query: ListQuery = ListQuery()) -> None:
        self._spec = spec
        self._query = query
        self._params: dict[str, object] = {}
        self._source = sql.Identifier(*spec.source.split("."))
        self._key = self._column(spec.key)

    def first_page(self) -> Statement:
        return self._statement(
            sql.SQL("{found}select {key}, {values} from {tables} where {where} order by {order} limit {limit}"),
            values=self._values(short=True),
            order=self._order(),
            limit=self._param(PAGE_ROWS),
        )

    def keys(self) -> Statement:
        return self._statement(
            sql.SQL(
                "copy ({found}select {key} from {tables} where {where} order by {order}) to stdout (format binary)"
            ),
            order=self._order(),
        )

    def rows(self) -> Statement:
        return self._statement(
            sql.SQL("{found}select {key}, {values} from {tables} where {where} order by {order}"),
            values=self._values(short=False),
            order=self._order(),
        )

    def summary(self) -> Statement:
        sums = [sql.SQL(", coalesce(sum({}), 0)").format(self._column(key)) for key in self._spec.sums]
        found = "(select count(*) from found)" if self._search_text() else "0"
        return self._statement(
            sql.SQL("{found}select count(*), {matches}{sums} from {tables} where {where}"),
            matches=sql.SQL(found),
            sums=sql.Composed(sums),
        )

    def page(self, ids: Sequence[int], short: bool) -> Statement:
        text = sql.SQL(
            "select {key}, {values} from unnest({ids}::bigint[]) with ordinality as wanted (id, place)"
            " join {source} as s on {key} = wanted.id order by wanted.place"
        ).format(key=self._key, values=self._values(short), source=self._source, ids=self._param(list(ids)))
        return Statement(text, self._params)

    def _statement(self, text: sql.SQL, **parts: sql.Composable) -> Statement:
        found, where = self._found(), self._where()
        tables = sql.SQL("{} as s").format(self._source)
        if found is not None:
            # An array and no join: it leads to the index of the view's key, however many tables the view joins.
            where = sql.SQL("{} = any (array(select found.id from found)) and ").format(self._key) + where
        composed = text.format(found=found or sql.SQL(""), key=self._key, tables=tables, where=where, **parts)
        return Statement(composed, self._params)

    def _param(self, value: object) -> sql.Placeholder:
        name = f"p{len(self._params)}"
        self._params[name] = _sendable(value) if isinstance(value, str) else value
        return sql.Placeholder(name)

    def _column(self, key: str) -> sql.Composed:
        if key != self._spec.key and key not in self._spec.value_keys:
            raise ValueError(f"list {self._spec.name}: unknown column {key}")
        return sql.Composed([sql.SQL("s."), sql.Identifier(key)])

    def _values(self, short: bool) -> sql.Composed:
        texts = {column.key for column in self._spec.columns if column.kind in TEXT_KINDS}
        parts = []
        for key in self._spec.value_keys:
            column = self._column(key)
            cut = short and key in texts
            parts.append(sql.SQL("left({}::text, {})").format(column, sql.Literal(CELL_CHARACTERS)) if cut else column)
        return sql.SQL(", ").join(parts)

    def _order(self) -> sql.Composed:
        sorts = list(self._query.sort or self._spec.default_sort)
        if not any(sort.key == self._spec.key for sort in sorts):
            sorts.append(Sort(self._spec.key, sorts[-1].descending if sorts else False))
        words = {False: sql.SQL("{} asc"), True: sql.SQL("{} desc")}
        return sql.SQL(", ").join(words[sort.descending].format(self._column(sort.key)) for sort in sorts)

    def _search_text(self) -> str:
        return self._query.search.strip()

    def _found(self) -> sql.Composed | None:
        text = self._search_text()
        if not text:
            return None
        if self._spec.search_function is not None:
            function = sql.Identifier(*self._spec.search_function.split("."))
            hits = sql.SQL("select distinct hits.id from {}({}, {}) as hits (id)").format(
                function, self._param(text), self._param(SEARCH_LIMIT)
            )
        else:
            hits = self._scan(text)
        return sql.SQL("with found as materialized ({}) ").format(hits)

    def _scan(self, text: str) -> sql.Composed:
        pattern = self._param(_like(text))
        keys = [column.key for column in self._spec.columns if column.kind in {"text", "code"}]
        tests = sql.SQL(" or ").join(sql.SQL("{}::text ilike {}").format(self._column(key), pattern) for key in keys)
        return sql.SQL("select {} as id from {} as s where {} limit {}").format(
            self._key, self._source, tests if keys else sql.SQL("false"), self._param(SEARCH_LIMIT)
        )

    def _where(self) -> sql.Composed:
        tests = [self._test(each) for each in self._query.filters]
        return sql.SQL(" and ").join([*tests, sql.SQL("true")] if not tests else tests)

    def _test(self, each: Filter) -> sql.Composed:
        column = self._column(each.key)
        match each:
            case Contains(text=text):
                return sql.SQL("{}::text ilike {}").format(column, self._param(_like(text)))
            case Equals(value=None):
                return sql.SQL("{} is null").format(column)
            case Equals(value=str(value)):
                return sql.SQL("{}::text = {}").format(column, self._param(value))
            case Equals(value=value):
                return sql.SQL("{} = {}").format(column, self._param(value))
            case OneOf(values=values):
                return self._one_of(column, values)
            case Range(low=low, high=high):
                return self._range(column, low, high)
            case Period(name=name):
                return self._period(column, name)

    def _one_of(self, column: sql.Composed, values: tuple[str | int, ...]) -> sql.Composed:
        if not values:
            return sql.Composed([sql.SQL("false")])
        if all(isinstance(value, int) for value in values):
            return sql.SQL("{} = any ({}::bigint[])").format(column, self._param(list(values)))
        return sql.SQL("{}::text = any ({}::text[])").format(
            column, self._param([_sendable(str(value)) for value in values])
        )

    def _range(self, column: sql.Composed, low: object, high: object) -> sql.Composed:
        tests = []
        if low is not None:
            tests.append(sql.SQL("{} >= {}").format(column, self._param(low)))
        if isinstance(high, dt.date) and not isinstance(high, dt.datetime):
            tests.append(sql.SQL("{} < {}::date + 1").format(column, self._param(high)))
        elif high is not None:
            tests.append(sql.SQL("{} <= {}").format(column, self._param(high)))
        return sql.SQL(" and ").join(tests or [sql.SQL("true")])

    def _period(self, column: sql.Composed, name: PeriodName) -> sql.Composed:
        low, high = _PERIODS[name]
        tests = [sql.SQL("{} < ").format(column) + sql.SQL(high)]
        if low is not None:
            tests.append(sql.SQL("{} >= ").format(column) + sql.SQL(low))
        return sql.SQL(" and ").join(tests)


def _sendable(text: str) -> str:
    """The text without what no PostgreSQL text can hold: NUL characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _like(text: str) -> str:
    """A pattern that finds `text` literally anywhere."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def first_page_statement(spec: ListSpec, query: ListQuery) -> Statement:
    """The first `PAGE_ROWS` rows: the key, then the values."""
    return _Composer(spec, query).first_page()


def keys_statement(spec: ListSpec, query: ListQuery) -> Statement:
    """A binary COPY of all keys in sort order."""
    return _Composer(spec, query).keys()


def page_statement(spec: ListSpec, ids: Sequence[int], *, short: bool = True) -> Statement:
    """The rows with these keys in this order; texts are cut to `CELL_CHARACTERS` when `short`."""
    return _Composer(spec).page(ids, short)


def rows_statement(spec: ListSpec, query: ListQuery) -> Statement:
    """All rows in sort order with their full texts, to be read through a server-side cursor."""
    return _Composer(spec, query).rows()


def summary_statement(spec: ListSpec, query: ListQuery) -> Statement:
    """The count, the number of found keys (0 without a search), then the sums."""
    return _Composer(spec, query).summary()


def read_first_page(connection: Connection, spec: ListSpec, query: ListQuery) -> list[Values]:
    """Fetch the first page; each row is its key followed by its values."""
    return _completed(connection, spec, _fetch(connection, first_page_statement(spec, query)))


def read_page(connection: Connection, spec: ListSpec, ids: Sequence[int], *, short: bool = True) -> list[Values]:
    """Fetch the rows with these keys (at most `FETCH_ROWS`); keys that are gone or not visible are left out."""
    if len(ids) > FETCH_ROWS:
        raise ValueError(f"at most {FETCH_ROWS} rows are read at a time")
    return _completed(connection, spec, _fetch(connection, page_statement(spec, ids, short=short)))


def read_keys(connection: Connection, spec: ListSpec, query: ListQuery) -> Keys:
    """Read all keys in sort order: 8 bytes a row."""
    statement = keys_statement(spec, query)
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(cursor.mogrify(statement.text, statement.params), buffer)
    return _keys_from_copy(buffer)


def read_summary(connection: Connection, spec: ListSpec, query: ListQuery) -> Summary:
    """Count and sum over the whole filter."""
    row = _fetch(connection, summary_statement(spec, query))[0]
    return Summary(row[0], dict(zip(spec.sums, row[2:], strict=True)), row[1] >= SEARCH_LIMIT)


def stream_rows(connection: Connection, spec: ListSpec, query: ListQuery) -> Iterator[list[Values]]:
    """Yield all rows in batches of `FETCH_ROWS` from one snapshot; `connection` must not be in autocommit."""
    statement = rows_statement(spec, query)
    with connection.cursor(name="list_rows") as cursor:
        cursor.execute(statement.text, statement.params)
        while batch := cursor.fetchmany(FETCH_ROWS):
            yield _completed(connection, spec, batch)


def _completed(connection: Connection, spec: ListSpec, rows: list[Values]) -> list[Values]:
    return rows if spec.complete is None else spec.complete(connection, spec, rows)


def _fetch(connection: Connection, statement: Statement) -> list[Values]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return cursor.fetchall()


_COPY_HEADER: Final = 19
_COPY_TRAILER: Final = 2
_COPY_ROW: Final = np.dtype([("fields", ">i2"), ("length", ">i4"), ("value", ">i8")])


def _keys_from_copy(buffer: io.BytesIO) -> Keys:
    """The single bigint field of each row of a binary COPY."""
    with buffer.getbuffer() as raw:
        rows = np.frombuffer(raw[_COPY_HEADER:-_COPY_TRAILER], dtype=_COPY_ROW)
        keys = rows["value"].astype(np.int64)
        del rows
    return keys


TextOf: TypeAlias = Callable[[Any], str]


Words: TypeAlias = Mapping[str, Mapping[str, str]]


class Formatter:
    """Turns a row's values into the texts of its cells; `words` holds for each vocabulary the word of each code."""

    def __init__(self, columns: Sequence[Column], words: Words | None = None) -> None:
        known = words or {}
        self._formats: tuple[TextOf, ...] = tuple(text_of(each.kind, known.get(each.words)) for each in columns)

    def texts(self, values: Sequence[Any]) -> tuple[str, ...]:
        """One text a column; extra values beyond the columns are ignored."""
        return tuple("" if value is None else text(value) for text, value in zip(self._formats, values, strict=False))


def text_of(kind: Kind, words: Mapping[str, str] | None = None) -> TextOf:
    """The function that formats a value of this kind (never called with None)."""
    if kind == "state":
        known = words or {}
        return lambda code: known.get(code, str(code))
    return _TEXTS[kind]


def _plain(value: object) -> str:
    text = str(value)
    return " ".join(text.split()) if not text.isprintable() else text


def _trimmed(value: Decimal | int | float, least: int) -> str:
    """Grouped digits with at least `least` decimals and no further trailing zeros."""
    text = f"{Decimal(value):,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _date_time(value: dt.datetime) -> str:
    return f"{value.astimezone() if value.tzinfo else value:%Y-%m-%d %H:%M}"


_TEXTS: Final[Mapping[Kind, TextOf]] = {
    "text": _plain,
    "code": _plain,
    "money": lambda value: f"{value:,.2f}",
    "price": lambda value: _trimmed(value, 2),
    "qty": lambda value: _trimmed(value, 0),
    "percent": lambda value: f"{_trimmed(Decimal(value) * 100, 0)}%",
    "int": lambda value: f"{value:,}",
    "date": lambda value: value.isoformat(),
    "datetime": _date_time,
    "flag": lambda value: "✓" if value else "",
}


def filter_to_json(each: Filter) -> dict[str, Any]:
    """A filter as plain JSON values, for saved views."""
    data: dict[str, Any] = {"type": type(each).__name__}
    data.update({name: _to_json(value) for name, value in vars(each).items()})
    return data


def filter_from_json(data: Mapping[str, Any]) -> Filter:
    """The filter that `filter_to_json` wrote; ValueError when it can't be understood."""
    makers: dict[str, Callable[..., Filter]] = {
        each.__name__: each for each in (Contains, Equals, OneOf, Range, Period)
    }
    fields = {name: _from_json(value) for name, value in data.items() if name != "type"}
    try:
        return makers[data["type"]](**fields)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a filter: {data}") from error


def _to_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict) and "number" in value:
        return Decimal(value["number"])
    if isinstance(value, dict) and "date" in value:
        return dt.date.fromisoformat(value["date"])
    return value
