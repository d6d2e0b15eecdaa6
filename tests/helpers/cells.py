"""What a person sees of the database, cell by cell: which column of which row of a table or view holds which value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from psycopg2 import errors

from tests.helpers.stage import Stage

Cell = tuple[str, str, str]
"""Key of the row, column and value."""

Cells = Mapping[str, frozenset[Cell]]
"""The cells of each relation of which anything may be read at all."""

# Relations with the columns that a role may read, and the columns that name a row.
_READABLE = """
select c.oid::regclass::text, array_agg(quote_ident(a.attname) order by a.attnum), coalesce((
    select array_agg(k.attname::text) from pg_index i
    join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
    where i.indrelid = c.oid and i.indisprimary), '{id}')
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where pg_get_userbyid(n.nspowner) = 'erp_owner' and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    and has_schema_privilege(%s, n.oid, 'usage') and has_column_privilege(%s, c.oid, a.attnum, 'select')
    and (%s or c.relkind <> 'v' or c.relowner <> n.nspowner)
group by c.oid order by 1
"""


@dataclass
class Onlooker:
    """A person who is given one set of roles after the other, with the same rows of her own all the time.

    With `views` false, only what holds data is read: tables, and views that show rows their reader holds nothing on.
    """

    stage: Stage
    login: str
    views: bool
    _known: dict[tuple[str, str], frozenset[Cell]] = field(default_factory=dict)

    def sees(self, *roles: str) -> Cells:
        """What she sees with exactly these roles."""
        with self._being(roles):
            readable = self.stage.rows(_READABLE, f"erp_u_{self.login}", f"erp_u_{self.login}", self.views)
            return {relation: self._cells(relation, columns, key) for relation, columns, key in readable}

    @contextmanager
    def _being(self, roles: Iterable[str]) -> Iterator[None]:
        named = ", ".join(("erp_person", *roles))
        self.stage.rows(f"grant {named} to erp_u_{self.login}")
        yield
        self.stage.rows(f"revoke {named} from erp_u_{self.login}")

    def _cells(self, relation: str, columns: list[str], key: list[str]) -> frozenset[Cell]:
        rows = (
            f"select coalesce(jsonb_agg(to_jsonb(x)), '[]')::text from (select {', '.join(columns)} from {relation}) x"
        )
        text = self._text(rows)
        if (relation, text) not in self._known:
            self._known[relation, text] = frozenset(_cells_of(json.loads(text), key))
        return self._known[relation, text]

    def _text(self, rows: str) -> str:
        """The rows as JSON; none if a table behind a view is refused."""
        self.stage.rows("savepoint reading")
        try:
            text: str = self.stage.value(rows, login=self.login)
        except errors.InsufficientPrivilege:
            if not self.views:
                raise
            self.stage.rows("rollback to savepoint reading")
            return "[]"
        self.stage.rows("release savepoint reading")
        return text


def _cells_of(rows: list[dict[str, object]], key: list[str]) -> Iterator[Cell]:
    """The cells of rows; a null is none, as it may stand for what is not seen. A row without a key is its own key."""
    for row in rows:
        name = json.dumps([row[column] for column in key] if row.keys() >= set(key) else row, sort_keys=True)
        for column, value in row.items():
            if value is not None:
                yield name, column, json.dumps(value, sort_keys=True)


def union(one: Cells, other: Cells) -> Cells:
    """What both see together."""
    return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in one.keys() | other.keys()}


def columns_beyond(cells: Cells, limit: Cells) -> set[str]:
    """The columns of which there are cells beyond a limit."""
    return {f"{name}.{column}" for name, seen in cells.items() for _, column, _ in seen - limit.get(name, frozenset())}
