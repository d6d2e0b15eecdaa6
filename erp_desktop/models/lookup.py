"""Finding records by what somebody types: the choices, the columns that show them, and which of them is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from erp_desktop.models.i18n import spoken

MOST_CHOICES: Final = 20


@dataclass(frozen=True)
class Choice:
    """One record that can be chosen; `extra` are further texts to show, `data` what the choice brings along.

    `names` are the Chinese and the English name where it has both, so that what was chosen can follow the language.
    """

    id: int
    code: str
    name: str
    extra: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)
    names: tuple[str, str] | None = field(default=None, compare=False)

    @property
    def called(self) -> str:
        """Its name in the language in use."""
        return self.name if self.names is None else spoken(*self.names)

    def stored(self) -> dict[str, Any]:
        """What a draft keeps of it; `restored` takes it back."""
        return {"id": self.id, "code": self.code, "name": self.name, "names": self.names and list(self.names)}

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Choice:
        """What `stored` returned."""
        names = kept.get("names")
        return cls(kept["id"], kept["code"], kept["name"], names=(names[0], names[1]) if names else None)

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
