"""Every screen, document, finder and badge of the desktop, one line each; modules are imported when they are opened."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, translate

CONTEXT = "Screens"
"""Translation context of all titles in this module."""


@dataclass(frozen=True)
class Department:
    """A group of the navigation; screens belong to it by the first part of their code."""

    code: str
    title: str
    icon: str

    def shown_title(self) -> str:
        """The title in the language in use."""
        return translate(CONTEXT, self.title)


@dataclass(frozen=True)
class Screen:
    """A place in the navigation. Who sees it stands on the server (seed/screens.sql), under the same code.

    `factory` is "package.module:Class", called with the page's context.
    """

    code: str
    title: str
    icon: str
    factory: str

    @property
    def department(self) -> str:
        """Code of the department in whose group it stands."""
        return self.code.partition(".")[0]

    def shown_title(self) -> str:
        """The title in the language in use."""
        return translate(CONTEXT, self.title)


@dataclass(frozen=True)
class Document:
    """A kind of document that opens as a page: `factory(context, document_id or None, **preset)`.

    `screen` is the code of its list: whoever may see that may open the document, as far as its rows are visible.
    """

    kind: str
    title: str
    icon: str
    factory: str
    screen: str

    def shown_title(self) -> str:
        """The title in the language in use."""
        return translate(CONTEXT, self.title)


@dataclass(frozen=True)
class Finder:
    """Something that Ctrl+K searches on the server, for whoever may see `screen`.

    `find` names a function `(database, text, limit) -> list[tuple[int, str, str]]`: id, title, detail of each hit.
    """

    kind: str
    screen: str
    find: str


@dataclass(frozen=True)
class Badge:
    """A number beside a screen in the navigation: what waits for this person there.

    `count` names a function `(database) -> int`; it is asked again when one of the kinds `watches` changes.
    """

    screen: str
    count: str
    watches: frozenset[str] = field(default_factory=frozenset)


DEPARTMENTS: tuple[Department, ...] = (
    Department("reports", QT_TRANSLATE_NOOP("Screens", "Overview"), "dashboard"),
    Department("sales", QT_TRANSLATE_NOOP("Screens", "Sales"), "orders"),
    Department("stock", QT_TRANSLATE_NOOP("Screens", "Warehouse"), "stock"),
    Department("production", QT_TRANSLATE_NOOP("Screens", "Production"), "factory"),
    Department("purchasing", QT_TRANSLATE_NOOP("Screens", "Purchasing"), "cart"),
    Department("finance", QT_TRANSLATE_NOOP("Screens", "Finance"), "ledger"),
    Department("service", QT_TRANSLATE_NOOP("Screens", "Service"), "help"),
    Department("admin", QT_TRANSLATE_NOOP("Screens", "Administration"), "settings"),
)

APPROVALS = "sales.approvals"
"""The screen with the documents that wait for the person; its badge also stands in the top bar."""

SCREENS: tuple[Screen, ...] = ()

DOCUMENTS: tuple[Document, ...] = ()

FINDERS: tuple[Finder, ...] = ()

BADGES: tuple[Badge, ...] = ()


def screen(code: str) -> Screen | None:
    """The screen with that code, None if this client has none."""
    return next((each for each in SCREENS if each.code == code), None)


def document(kind: str) -> Document | None:
    """The document of that kind, None if this client has none."""
    return next((each for each in DOCUMENTS if each.kind == kind), None)


def load(path: str) -> Callable[..., Any]:
    """The class or function "package.module:name"."""
    module_name, _, name = path.partition(":")
    made: Callable[..., Any] = getattr(importlib.import_module(module_name), name)
    return made
