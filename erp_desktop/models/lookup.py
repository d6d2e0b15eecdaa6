"""Finding records by what somebody types: the choices, the columns that show them, and which of them is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

MOST_CHOICES: Final = 20


@dataclass(frozen=True)
class Choice:
    """One record that can be chosen; `extra` are further texts to show, `data` what the choice brings along."""

    id: int
    code: str
    name: str
    extra: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def texts(self) -> tuple[str, ...]:
        """What the columns of the list of choices show."""
        return (self.code, self.name, *self.extra)


@dataclass(frozen=True)
class LookupColumn:
    """A column of the list of choices: `title` is translated already, `width` in pixels."""

    title: str
    width: int
    right: bool = False


@dataclass(frozen=True)
class Lookup:
    """A kind of record to be found.

    `search(text, limit)` runs off the GUI thread and returns the best choices first. `columns()` are asked for when the
    list is shown, in the language of that moment; the first two show code and name, the rest `Choice.extra`.
    """

    search: Callable[[str, int], Sequence[Choice]]
    columns: Callable[[], Sequence[LookupColumn]]

    def find(self, text: str) -> Sequence[Choice]:
        """The choices for `text`; off the GUI thread."""
        return self.search(text, MOST_CHOICES)

    def find_each(self, texts: Sequence[str]) -> dict[str, Choice | None]:
        """For each text the one record it names without doubt, or None; off the GUI thread."""
        return {text: exact_choice(text, self.find(text)) for text in dict.fromkeys(texts)}


def exact_choice(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice whose code or name is `text`, or the only one there is."""
    wanted = text.strip().casefold()
    for part in ("code", "name"):
        named = [choice for choice in choices if getattr(choice, part).casefold() == wanted]
        if len(named) == 1:
            return named[0]
    return choices[0] if len(choices) == 1 else None


def best_choice(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice meant by somebody who types `text` and goes on: an exact one, else the first."""
    return exact_choice(text, choices) or (choices[0] if choices else None)
