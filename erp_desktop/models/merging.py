"""Puts what one person typed onto a document that somebody else changed meanwhile, and says where both did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from erp_desktop.models.line_grid_model import Line, LineColumn

LINES: Final = "lines"
Typed: TypeAlias = Mapping[str, Any]
Identity: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Clash:
    """A value that both changed, each in another way: of a field, or of a line.

    `key` is the field or the group of lines, `line` the place of the line (in `Merged.mine`, or where the other has it)
    or its id as a text, and `column` the line's column; without a column one of both removed the line.
    """

    key: str
    line: int | str | None = None
    column: str = ""


@dataclass(frozen=True)
class Merged:
    """The document with the changes of both; where they clash `mine` has the person's values, `theirs` the other's."""

    mine: dict[str, Any]
    theirs: dict[str, Any]
    clashes: tuple[Clash, ...]


def merge(
    base: Typed | None, mine: Typed, theirs: Typed, *, whole: Collection[str], columns: Sequence[LineColumn] = ()
) -> Merged:
    """The newer document `theirs` with what differs between `base` and `mine`.

    All three are what `DocumentPage.draft_data` returned. A value of a field (`whole`) is taken whole; another mapping
    has a value for each line by its id; `lines` are those of a grid with `columns`. Without a `base` every difference
    counts as a clash.
    """
    ours, others, clashes = dict(theirs), dict(theirs), list[Clash]()
    for key in mine:
        was, here, there = (base or {}).get(key), mine[key], theirs.get(key)
        if key == LINES:
            lines = _Lines(columns, was or [], here, there or [])
            ours[key], others[key] = lines.result(keep_mine=True), lines.result(keep_mine=False)
            clashes += lines.clashes
        elif isinstance(here, Mapping) and key not in whole:
            parts = merge(was, here, there or {}, whole=here.keys())
            ours[key], others[key] = parts.mine, parts.theirs
            clashes += [Clash(key, each.key, key) for each in parts.clashes]
        elif not _same(here, was):
            ours[key] = here
            if _same(there, was):
                others[key] = here
            elif not _same(here, there):
                clashes.append(Clash(key))
    return Merged(ours, others, tuple(clashes))


def differing(one: Typed, other: Typed, *, whole: Collection[str], columns: Sequence[LineColumn] = ()) -> list[Clash]:
    """Where two states of one document differ."""
    found: list[Clash] = []
    for key, value in one.items():
        if key == LINES:
            found += _Lines(columns, [], value, other.get(key) or []).differences()
        elif isinstance(value, Mapping) and key not in whole:
            there = other.get(key) or {}
            found += [Clash(key, part, key) for part in value if not _same(value[part], there.get(part))]
        elif not _same(value, other.get(key)):
            found.append(Clash(key))
    return found


@dataclass
class _Lines:
    """The lines of a document in three states, matched by id, else by product, else by place."""

    columns: Sequence[LineColumn]
    base: Sequence[Line]
    mine: Sequence[Line]
    theirs: Sequence[Line]
    clashes: list[Clash] = field(init=False)

    def __post_init__(self) -> None:
        self._typed = [column for column in self.columns if column.typed]
        self._was, self._here, self._there = map(self._by_identity, (self.base, self.mine, self.theirs))
        self._clashes: dict[Identity, list[Clash]] = {}
        self._both = {identity: self._merged(identity) for identity in self._there | self._here}
        order = self._order(keep_mine=True)
        places = {identity: place for place, identity in [*enumerate(self._there), *enumerate(order)]}
        self.clashes = [
            replace(each, line=places[identity]) for identity, found in self._clashes.items() for each in found
        ]

    def result(self, *, keep_mine: bool) -> list[Line]:
        """The lines in their order, those of the other first of all."""
        found = (self._both[identity][0 if keep_mine else 1] for identity in self._order(keep_mine=keep_mine))
        return [line for line in found if line is not None]

    def differences(self) -> list[Clash]:
        """Where the person's lines and the other's differ."""
        found: list[Clash] = []
        for place, identity in enumerate(dict.fromkeys([*self._here, *self._there])):
            here, there = self._here.get(identity), self._there.get(identity)
            if here is None or there is None:
                found.append(Clash(LINES, place))
            else:
                differing = [each.key for each in self._typed if not _same(here.get(each.key), there.get(each.key))]
                found += [Clash(LINES, place, key) for key in differing]
        return found

    def _order(self, *, keep_mine: bool) -> list[Identity]:
        """The other's order; a line that only the person has stands below the one that it stands below in hers."""
        side = 0 if keep_mine else 1
        order = list(self._there)
        own = list(self._here)
        for place, identity in enumerate(own):
            if identity not in order:
                above = own[place - 1] if place else None
                order.insert(order.index(above) + 1 if above in order else 0 if not place else len(order), identity)
        return [identity for identity in order if self._both[identity][side] is not None]

    def _merged(self, identity: Identity) -> tuple[Line | None, Line | None]:
        """A line with the person's values, and with the other's, where they clash; None where it is gone."""
        was, here, there = self._was.get(identity), self._here.get(identity), self._there.get(identity)
        if here is not None and there is not None:
            return self._merged_cells(identity, was or {}, here, there)
        if was is None:
            return (here, here) if there is None else (there, there)  # somebody added it
        left = here if here is not None else there
        if left is None or self._equal(left, was):
            return None, None  # one removed it, the other left it as it was
        self._clashes[identity] = [Clash(LINES)]
        return here, there

    def _merged_cells(self, identity: Identity, was: Line, here: Line, there: Line) -> tuple[Line, Line]:
        ours, others = dict(there), dict(there)
        for column in self._typed:
            before, own, other = was.get(column.key), here.get(column.key), there.get(column.key)
            if _same(own, before):
                continue
            values = {key: here[key] for key in column.sets if key in here}
            ours |= values
            if _same(other, before):
                others |= values
            elif not _same(own, other):
                self._clashes.setdefault(identity, []).append(Clash(LINES, column=column.key))
        return ours, others

    def _equal(self, one: Line, other: Line) -> bool:
        return all(_same(one.get(column.key), other.get(column.key)) for column in self._typed)

    def _by_identity(self, lines: Sequence[Line]) -> dict[Identity, Line]:
        named = next((column.id_key or column.key for column in self.columns if column.lookup is not None), "")
        found: dict[Identity, Line] = {}
        for place, line in enumerate(lines):
            if line.get("id") is not None:
                found["id", line["id"]] = line
                continue
            name = (named, str(line.get(named))) if named else ("place",)
            nth = next(nth for nth in range(place + 1) if (*name, nth) not in found)
            found[(*name, nth)] = line
        return found


def _same(one: Any, other: Any) -> bool:
    """Whether two values mean the same to whoever looks at the field."""
    return (None if one == "" else one) == (None if other == "" else other)
