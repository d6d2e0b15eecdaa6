"""The one pattern of all documents: header card, body, side panel, totals, buttons by state and right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import columns as wording
from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import Text
from erp_desktop.models.operations import Query
from erp_desktop.models.sender import Errand, Open, Sender
from erp_desktop.services.audit import record_print
from erp_desktop.services.calls import Call
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ChangedMeanwhile, ConnectionLost, KnownError
from erp_desktop.views import errors, registry
from erp_desktop.views.widgets import chips, fields, forms, theme
from erp_desktop.views.widgets.actions import ActionButton, make_action
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.list_states import ListNotice
from erp_desktop.views.widgets.notice import Notice
from erp_desktop.views.widgets.page import Context, Page, names_row
from erp_desktop.views.widgets.print_preview import PrintPreview
from erp_desktop.views.widgets.side_panel import WIDTH, RelatedPanel, SideColumn, TimelinePanel
from erp_desktop.views.widgets.unsaved import Unsaved

_LINE_FIELD = re.compile(r"lines\[(\d+)\](?:\.(\w+))?")


@dataclass(frozen=True)
class Facts:
    """What the frame must know of a document: how it is called, its state and version, what the person may do."""

    number: str
    state: str
    version: int
    steps: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Sent:
    """What was on the page when a command was sent: how often it had been touched, what stood there."""

    touches: int
    typed: Mapping[str, Any] | None
    saves: bool
    leaves: tuple[str, ...] = ()


class DocumentPage(Page):
    """Base of the documents.

    A subclass names its `kind` and overrides

    - `build_header`, `build_body`, `build_totals`: what the page is made of; header fields go through `add_field`,
      which also lets a refusal of the server stand at the field that it names;
    - `build_steps`: the buttons, each by `add_step`; they show when the server allows the step in the present state;
    - `read` (off the GUI thread), `facts`, `show_document`, `show_new`;
    - `draft_data`, `take_draft` for documents that are typed into: unsaved input then survives a crash, and is put
      onto what others changed meanwhile (see `Unsaved`);
    - `pdf` for documents that are printed.

    It sends commands with `send`, and names its texts in `retranslate` (after `super().retranslate()`).
    The body's LineGrid, if there is one, is kept in `grid`.
    """

    kind: ClassVar[str] = ""
    line_values: ClassVar[Mapping[str, str]] = {}
    """The parts of `draft_data` that hold a value for each line of the grid by its id, and the column of the value."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let the page watch its own kind."""
        super().__init_subclass__(**kwargs)
        if cls.kind:
            cls.watches = cls.watches | {cls.kind}

    def __init__(
        self, context: Context, document_id: int | None = None, parent: QWidget | None = None, **preset: object
    ) -> None:
        super().__init__(context, parent)
        self.document_id = document_id
        self.grid: LineGrid | None = None
        self._preset = preset
        self._document: Any = None
        self._facts: Facts | None = None
        self._own_version: int | None = None
        self._fields: dict[str, forms.Field] = {}
        self._steps: list[tuple[QAction, ActionButton, str, bool]] = []
        self._showing = 0
        self._is_modified = False
        self._is_editable = True
        self._primary: ActionButton | None = None
        self._touches = 0
        self._following: _Sent | None = None
        self._unanswered: tuple[Errand, Call] | None = None
        self._is_closing = False
        self._last_focus: QWidget | None = None
        self._when_shown: Callable[[], object] | None = None
        self._turn = self._shown_turn = 0
        self._heading = forms.text_label("title")
        self._chip = chips.Chip()
        self._tags = forms.text_label("warning")
        self._notice = Notice()
        self._notice.focus_lost.connect(self.take_focus_back)
        self._state_notice = ListNotice()
        self.timeline = TimelinePanel()
        self.related = RelatedPanel()
        self._set_up_sending()
        self._build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._note_focus)
        self._begin()

    # What a subclass overrides

    def build_header(self) -> QWidget | None:
        """The card above the body; see `header_card`."""
        return None

    def build_body(self) -> QWidget:
        """What fills the page, usually a LineGrid that is kept in `grid`."""
        raise NotImplementedError

    def build_totals(self) -> QWidget | None:
        """What stands below the body: sums, amounts in words."""
        return None

    def build_side(self) -> list[QWidget]:
        """The panels at the right, from top to bottom."""
        return [self.related, self.timeline]

    def build_steps(self) -> None:
        """Add the buttons with `add_step`."""

    def read(self, database: Database, document_id: int) -> Any:
        """Read the document. Runs off the GUI thread: touches no widget."""
        raise NotImplementedError

    def facts(self, document: Any) -> Facts:
        """What the frame must know of it."""
        raise NotImplementedError

    def show_document(self, document: Any) -> None:
        """Fill the page."""
        raise NotImplementedError

    def show_new(self, **preset: object) -> None:
        """Fill the page for a document that does not exist yet."""

    def draft_data(self) -> dict[str, Any] | None:
        """What was typed, as plain values, numbers and dates; None for a document that nobody types into.

        What belongs to a field stands under its name, as one value; `lines` are the grid's; see `line_values`, too.
        """
        return None

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Show what `draft_data` returned once."""

    def pdf(self) -> Callable[[], bytes] | None:
        """What makes the printed document (runs off the GUI thread); None if it can't be printed now."""
        return None

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what was typed, and do `then` when it is saved; for documents that are typed into."""

    # What a subclass calls

    @property
    def document_shown(self) -> Any:
        """The document as it was read last; None while it is new or not there yet."""
        return self._document

    @property
    def shown_facts(self) -> Facts | None:
        """The facts of the document shown; None while it is new or not there yet."""
        return self._facts

    @property
    def version(self) -> int | None:
        """The version that was read, or that the last command made; commands are given on it."""
        known = [self._own_version, self._facts.version if self._facts is not None else None]
        return max((each for each in known if each is not None), default=None)

    @property
    def editable(self) -> bool:
        """Whether the fields are open."""
        return self._is_editable

    @property
    def modified(self) -> bool:
        """Whether there is input that was not saved."""
        return self._is_modified

    def header_card(self, columns: int, *placed: tuple[forms.Field, int, int, int]) -> QWidget:
        """A card with fields on a grid of equal columns: each (field, row, column, how many columns wide)."""
        return fields.card(columns, *placed)

    def add_field(self, name: str, editor: QWidget) -> forms.Field:
        """A labelled field (name it with `set_label` in `retranslate`); `name` is its name in the server's document."""
        made = forms.Field(editor)
        self._fields[name] = made
        fields.listen(made, self.touch)
        return made

    def add_step(
        self,
        slot: Callable[[], object],
        *,
        step: str,
        icon: str = "",
        role: str = "",
        shortcut: str = "",
        primary: bool = False,
    ) -> QAction:
        """A button at the lower right that shows while the document allows `step`.

        The last of the `primary` ones that show is the one that Ctrl+Enter triggers. Set its text in `retranslate`.
        """
        action = make_action(self, slot, icon, shortcut)
        button = ActionButton(action, role, icon)
        self._buttons.addWidget(button)
        self._steps.append((action, button, step, primary))
        action.setVisible(False)
        return action

    def send(
        self,
        function: Callable[..., dict[str, Any]],
        *,
        done: Callable[[dict[str, Any]], object] | None = None,
        title: str = "",
        saves: bool = False,
        leaves: tuple[str, ...] = (),
        **arguments: Any,
    ) -> None:
        """Give a command: `function(database, request_id=…, **arguments)`, a function of a service that words one.

        `saves` says that it writes all that was typed: then the person may type on, and after a lost connection what
        she types is a change of what was sent. Any other command is a posting or a step that is given once.
        `leaves` names the parts of `draft_data` that it does not write; they stay as they were typed.
        `title` (translated) names it in the progress window; by default the document does. While it runs the buttons
        wait. On success the document is read again, then `done(result)` is called, which may send the next command. A
        refusal stands at the field or line it names, or above the document; what was typed stays. A command whose
        answer was lost is repeated with its request id before anything else is sent, so it is carried out once.
        """
        if self._sender.sending:
            return
        before = self._following
        if before is not None and before.saves and self._touches != before.touches:
            self.say(lambda: self.tr("It is saved, but you went on typing: the next step was not taken."))
            return
        if before is None:
            self._is_closing = False  # whoever goes on working stays
        self.clear_refusals()
        if not saves and self._unsaved.asks_first():
            return
        sent = _Sent(self._touches, self.draft_data(), saves, leaves)
        title = title or self._heading.text()
        settled = partial(self._on_done, sent, done)
        errand = Errand(title, saves, sent.typed, settled, self.show_refusal, leaves=leaves)
        self._sender.send(function, arguments, errand)

    def say(self, text: Text) -> None:
        """Show a sentence above the document; a function follows the language."""
        self._notice.say(text)

    def refuse(self, error: Exception) -> None:
        """Show a refusal where it belongs: at the field or line it names, else above the document."""
        place = error.field if isinstance(error, KnownError) else ""
        sentence = partial(self._sentence, error, place)
        line = _LINE_FIELD.fullmatch(place)
        if place in self._fields:
            self._fields[place].refuse(sentence)
            self._fields[place].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif line is not None and self.grid is not None and self._refuse_line(line, sentence):
            self._notice.say(sentence)
        else:
            self._notice.say(sentence)

    def _sentence(self, error: Exception, place: str) -> str:
        """What an error means in the language in use; the field has the name that stands over it now."""
        if isinstance(error, KnownError) and place in self._fields and "field" in error.params:
            error.params["field"] = self._fields[place].label
        return errors.sentence(error)

    def clear_refusals(self) -> None:
        """Take all marks of the server away."""
        self._notice.clear()
        for each in self._fields.values():
            each.clear_refusal()
        if self.grid is not None:
            self.grid.grid_model().clear_refusals()

    @Slot()
    def touch(self) -> None:
        """Say that the person changed something; fields of `add_field` and the grid do it by themselves."""
        if not self._showing:
            self._touches += 1
            self._set_modified(True)
            self._unsaved.keeper.expect_more()

    def set_editable(self, editable: bool) -> None:
        """Open or close the fields and the grid."""
        self._is_editable = editable
        for each in self._fields.values():
            fields.set_open(each.editor, editable)
        if self.grid is not None:
            self.grid.grid_model().set_read_only(not editable)

    # The page

    def title(self) -> str:
        """Override Page.title: kind and number."""
        entry = registry.document(self.kind)
        name = entry.shown_title() if entry is not None else ""
        if self._facts is not None:
            return f"{name} {self._facts.number}".rstrip()
        return self.tr("New: {document}").format(document=name) if self.document_id is None else name

    def document(self) -> tuple[str, int | None]:
        """Override Page.document."""
        return (self.kind, self.document_id)

    def concerns(self, kind: str, ids: list[str]) -> bool:
        """Override Page.concerns: of its own kind only its own id."""
        return kind != self.kind or names_row(ids, self.document_id)

    def reload(self) -> None:
        """Override Page.reload; over unsaved input it only says that there is something newer."""
        if self.document_id is None or self._sender.sending:
            return
        if self._is_being_typed():
            Query(self._read_facts, self.document_id).quiet().success(self._compare_version).failure(
                self._ignore
            ).owned_by(self).run()
        else:
            self._load()

    def can_close(self) -> bool:
        """Override Page.can_close: unsaved input is saved, thrown away or kept."""
        if self._is_modified or self._sender.is_lost:
            answer = self._ask_unsaved()
            if answer == QMessageBox.StandardButton.Save:
                self._save_and_close()
                return False
            if answer != QMessageBox.StandardButton.Discard:
                return False
            self._unsaved.keeper.forget()
        self._unsaved.keeper.leave()
        return True

    def _save_and_close(self) -> None:
        """Close when all is saved; a command that is under way, or whose answer was lost, is heard of first."""
        lost = self._unanswered
        if self._sender.sending:
            self._is_closing = True
        elif self._sender.is_lost and lost and not self._unsaved.changes(lost[0].typed, self.draft_data()):
            self._is_closing = True
            self._repeat(*lost)
        elif self._is_modified:
            self.save(then=self._close)
        else:
            self._close()  # it was saved while the question stood there

    def _close(self) -> None:
        self.context.close_page(self)

    def _go_on_closing(self) -> None:
        """A command was carried out that the person waits for to close the page."""
        if self._is_closing and not self._sender.sending:
            self._is_closing = False
            self._save_and_close()

    def retranslate(self) -> None:
        """Override Page.retranslate."""
        self.print_action.setText(self.tr("&Print…"))
        self.refresh_action.setText(self.tr("Read again"))
        self.side_action.setText(self.tr("Timeline and related documents"))
        self.primary_action.setText(self.tr("Go on with the next step"))
        self._show_heading()

    def focus_first(self) -> None:
        """Override Page.focus_first: the first field of the header that is open, else the grid, else anything."""
        first = next((each.editor for each in self._fields.values() if fields.is_open(each.editor)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.grid is not None:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    @Slot()
    def take_focus_back(self) -> None:
        """Put the keyboard where it was last, when what had it goes away: a field, the grid, else the next step."""
        places = [each.editor for each in self._fields.values()] + ([self.grid] if self.grid is not None else [])
        may_have = [each for each in places if each.isVisibleTo(self) and (each is self.grid or fields.is_open(each))]
        if self._last_focus in may_have:
            self._last_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif may_have:
            may_have[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._primary is not None:
            self._primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QWidget, QWidget)
    def _note_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        places = [each.editor for each in self._fields.values()] + ([self.grid] if self.grid is not None else [])
        at = next((each for each in places if now is not None and (each is now or each.isAncestorOf(now))), None)
        if at is not None:
            self._last_focus = at

    # Building

    def _build(self) -> None:
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(2 * theme.GRID)
        self.print_action = make_action(self, self.print_document, "print", "Ctrl+P")
        self.refresh_action = make_action(self, self._refresh, "refresh", "F5")
        self.side_action = make_action(self, self._toggle_side, "history", "Ctrl+I")
        self.primary_action = make_action(self, self._trigger_primary, shortcut="Ctrl+Enter")
        header, body, totals = self.build_header(), self.build_body(), self.build_totals()
        self.build_steps()
        if self.grid is not None:
            self.grid.grid_model().edited.connect(self.touch)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setHandleWidth(3 * theme.GRID)
        middle.setChildrenCollapsible(False)
        middle.addWidget(body)
        self._side = self._side_panel()
        middle.addWidget(self._side)
        middle.setStretchFactor(0, 1)
        middle.setSizes([10_000, WIDTH])
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(3 * theme.GRID)
        for part in (header, middle, totals):
            if part is not None:
                inner.addWidget(part, 1 if part is middle else 0)
        print_button = ActionButton(self.print_action, icon="print")
        side_button = ActionButton(self.side_action, "quiet", "history")
        inner.addLayout(self._footer(print_button, side_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(3 * theme.GRID)
        column.addLayout(forms.row(self._heading, self._chip, self._tags, None, spacing=3 * theme.GRID))
        column.addWidget(self._notice)
        column.addWidget(self._state_notice, 1)
        column.addWidget(self._content, 1)
        self._state_notice.hide()
        self._state_notice.retry.clicked.connect(self._load)
        self.related.opened.connect(self._open_related)

    def _footer(self, *quiet: QWidget) -> QHBoxLayout:
        line = forms.row(*quiet, None)
        line.addLayout(self._buttons)
        return line

    def _side_panel(self) -> QWidget:
        cards = self.build_side()
        return SideColumn([(each, int(each is self.timeline or isinstance(each, QScrollArea))) for each in cards])

    # Reading and showing

    def _begin(self) -> None:
        if self.document_id is None:
            self._showing += 1
            self.show_new(**self._preset)
            self._showing -= 1
            self._show_steps()
            self.retranslate()
            self._unsaved.offer()
        else:
            self._content.setVisible(False)
            self.retranslate()
            self._load()

    def _load(self) -> None:
        self._state_notice.hide()
        if self.document_id is not None:
            self._turn += 1
            Query(self.read, self.context.session.database, self.document_id).titled(self._heading.text()).success(
                partial(self._on_read, self._turn)
            ).failure(self._on_unread).run()

    def _on_read(self, turn: int, document: Any) -> None:
        """Show what was read, unless something newer is known already: answers may come in any order."""
        if turn < self._shown_turn or self.facts(document).version < (self.version or 0):
            return
        self._shown_turn = turn
        if self._is_being_typed() and self._when_shown is None and self.version is not None:
            self._take_own_version(document)
            return
        first = self._facts is None
        self._show(document)
        if first and self._content.isHidden():
            self._content.setVisible(True)
            self.focus_first()  # not after a new document was saved: whoever types goes on where she is
        then, self._when_shown = self._when_shown, None
        if then is not None:
            then()
        elif first:
            self._unsaved.offer()

    def _is_being_typed(self) -> bool:
        """Whether showing something else would take input away; a cell that is open counts from its first key."""
        return self._is_modified or (self.grid is not None and self.grid.is_typing())

    def _take_own_version(self, document: Any) -> None:
        """Typed into since it was asked for: what the person's own command made of it is no change by others."""
        facts = self.facts(document)
        if facts.version == self._own_version:
            self._document, self._facts = document, facts
            self._show_steps()
            self._show_heading()
            self.title_changed.emit()
        else:
            self._compare_version(facts)

    def _show(self, document: Any) -> None:
        self._document = document
        self._facts = self.facts(document)
        self._showing += 1
        try:
            self.show_document(document)
        finally:
            self._showing -= 1
        self._unsaved.base = self.draft_data()
        self._set_modified(False)
        self._show_steps()
        self._show_heading()
        self.title_changed.emit()

    def _on_unread(self, error: Exception) -> None:
        if self._sender.open is not None:
            return  # what is said of the command that was sent matters more; the document is read again after it
        if self._facts is not None or self._is_being_typed():
            self._notice.say(partial(errors.sentence, error), [(lambda: self.tr("Try &again"), self._load)])
        elif isinstance(error, KnownError):
            self._content.hide()
            self._state_notice.show_failure(error)
            self._state_notice.show()
        else:
            bridge.fail(error)

    def _read_facts(self, document_id: int) -> Facts:
        return self.facts(self.read(self.context.session.database, document_id))

    def _compare_version(self, facts: Facts) -> None:
        if self._sender.open is not None:
            return  # it may be the person's own command that made the newer one
        if self.version is not None and self._is_being_typed() and facts.version > self.version:
            self._say_changed(lambda: self.tr("Somebody else has changed this document since you opened it."))

    def _ignore(self, _error: Exception) -> None:
        """The next command will tell."""

    def _say_changed(self, sentence: Text) -> None:
        self._notice.say(sentence, [(lambda: self.tr("Show the &newer one"), self._give_way)], danger=False)

    def _give_way(self) -> None:
        """Read the newer document; what was typed stays on this computer and is offered again."""
        if self.grid is not None:
            self.grid.commit()
        self._unsaved.keep()
        self._notice.clear()
        self._set_modified(False)
        self._unsaved.keeper.rest()
        self._facts = None
        self._load()

    def _show_heading(self) -> None:
        self._heading.setText(self.title())
        if self._facts is not None:
            tone = wording.tone(self._facts.state)
            self._chip.show_state(wording.word(self._facts.state), tone)
        else:
            self._chip.show_state("", wording.Tone.NEUTRAL)
        self._tags.setText(self.tag_text())

    def tag_text(self) -> str:
        """What stands beside the state, such as why the document is on hold."""
        return ""

    def _show_steps(self) -> None:
        allowed = self._facts.steps if self._facts is not None else self.new_steps()
        primary = None
        focused = QApplication.focusWidget()
        held = focused if any(button is focused for _action, button, *_rest in self._steps) else None
        for action, button, step, may_be_primary in self._steps:
            action.setVisible(step in allowed)
            action.setEnabled(step in allowed and not self._sender.sending)
            if step in allowed and may_be_primary:
                primary = button
        for _action, button, _step, may_be_primary in self._steps:
            if may_be_primary:
                button.set_role("primary" if button is primary else "")
        self.print_action.setVisible(self.pdf() is not None)
        self.primary_action.setEnabled(primary is not None and not self._sender.sending)
        self._primary = primary
        if held is not None and not (held.isEnabled() and held.isVisibleTo(self)):
            self.take_focus_back()  # Qt would give the keyboard to whatever is next in the window

    def new_steps(self) -> frozenset[str]:
        """The steps that a document which is not saved yet allows."""
        return frozenset({"save"})

    # Commands

    def _set_up_sending(self) -> None:
        self._sender = Sender(self.context.session.database, self)
        self._sender.sending_changed.connect(self._show_steps)
        self._sender.adopted.connect(self._on_adopted)
        self._sender.overtaken.connect(self._on_overtaken)
        self._unsaved = Unsaved(self, self._notice, self._sender, self._fields)

    def _on_done(self, sent: _Sent, done: Callable[[dict[str, Any]], object] | None, result: dict[str, Any]) -> None:
        self._notice.clear()  # what it says of the command is no longer so
        if self.grid is not None and not sent.saves:
            self.grid.commit()  # the document will be shown anew
        left_over = self._of_parts(sent.leaves)
        if sent.saves:
            self._unsaved.base = sent.typed
        now = self.draft_data()
        is_the_same = sent.typed is not None and now is not None and not self._unsaved.changes(sent.typed, now)
        if self._touches == sent.touches or (is_the_same and not sent.saves):
            self.show_result(result, self._when_shown)
        elif sent.saves:
            self._adopt(result)
            self._unsaved.keep()
            self._load()
        else:
            left_out = self._unsaved.changes(sent.typed, now, but=sent.leaves)
            self._is_closing = False
            self.show_result(result, partial(self._unsaved.say_left_out, left_out))
        if done is not None:
            self._following = sent
            try:
                done(result)
            finally:
                self._following = None
        if left_over and not self._sender.sending:
            self._when_shown = partial(self._put_back, left_over, self._when_shown)
        self._go_on_closing()

    def _of_parts(self, names: Collection[str]) -> dict[str, Any]:
        """What stands in these parts of the input."""
        return {name: value for name, value in (self.draft_data() or {}).items() if name in names}

    def _put_back(self, typed: Mapping[str, Any], then: Callable[[], object] | None) -> None:
        """Show what was typed and not written by a command, as far as it can still be typed; then do `then`."""
        shown = self.draft_data() or {}
        changed = {name: value for name, value in typed.items() if name in shown and shown[name] != value}
        if changed:
            self.fill_in({**shown, **changed})
        if then is not None:
            then()

    def show_result(self, result: Mapping[str, Any], then: Callable[[], object] | None = None) -> None:
        """Read the document that a command made and show it, then do `then`; what stands here now is saved, or left."""
        self._adopt(result)
        self._unsaved.keeper.forget()
        self._set_modified(False)
        self._when_shown = then
        self._load()

    def _adopt(self, result: Mapping[str, Any]) -> None:
        """Take over what a command made of the document: its id, its version."""
        if self.document_id is None and "id" in result:
            self.document_id = int(result["id"])
            self._unsaved.keeper.move_to(self.document_id)
        version = result.get("version")
        if version is not None and result.get("id", self.document_id) == self.document_id:
            self._own_version = version

    @Slot(object)
    def _on_adopted(self, result: Mapping[str, Any]) -> None:
        """A command whose answer was lost had been carried out; what was typed since follows as a change."""
        self._notice.clear()
        self._adopt(result)
        self._load()

    @Slot(object, object)
    def _on_overtaken(self, lost: Open, result: Mapping[str, Any]) -> None:
        """A posting whose answer was lost had been carried out: show it instead of posting it again."""
        self._is_closing = False
        self._notice.clear()
        if self.grid is not None:
            self.grid.commit()
        too_late = self._unsaved.changes(lost.typed, self.draft_data(), but=lost.leaves)
        said = partial(self._unsaved.say_recorded, too_late, result)
        self.show_result(result, partial(self._put_back, self._of_parts(lost.leaves), said))

    def recorded_title(self, _result: Mapping[str, Any]) -> str:
        """What the person calls that which a command with this result recorded."""
        return self.title()

    def _repeat(self, errand: Errand, call: Call) -> None:
        self._notice.clear()
        self._sender.repeat(errand, call)

    def _try_again(self, errand: Errand, call: Call, answers: int) -> None:
        """Give a command again, unless the server was heard of since: then it is answered, or overtaken."""
        if self._sender.answers == answers:
            self._repeat(errand, call)
        else:
            self._notice.clear()

    def show_refusal(self, errand: Errand, call: Call, error: Exception) -> None:
        """Say why a command was not carried out, or that nobody knows whether it was."""
        self._is_closing = False
        self._unanswered = (errand, call) if self._sender.open is not None else None
        if isinstance(error, ConnectionLost):
            again = partial(self._try_again, errand, call, self._sender.answers)
            self._notice.say(partial(errors.sentence, error), [(lambda: self.tr("Try &again"), again)])
        elif isinstance(error, ChangedMeanwhile):
            self._say_changed(partial(errors.sentence, error))
        elif isinstance(error, KnownError):
            self.refuse(error)
        else:
            bridge.fail(error)

    def _refuse_line(self, line: re.Match[str], sentence: Text) -> bool:
        if self.grid is None:
            return False
        model = self.grid.grid_model()
        row, name = int(line[1]), line[2] or ""
        keys = [column.key for column in model.columns if name in (column.key, column.id_key)]
        key = keys[0] if keys else model.columns[0].key
        if not model.refuse(row, key, sentence):
            return False
        self.grid.go_to(row, key)
        return True

    @Slot()
    def _trigger_primary(self) -> None:
        if self.grid is not None:
            self.grid.commit()
        if self._primary is not None:
            self._primary.action.trigger()

    # Unsaved input

    def _set_modified(self, modified: bool) -> None:
        if modified != self._is_modified:
            self._is_modified = modified
            self.modified_changed.emit(modified)

    def fill_in(self, typed: Mapping[str, Any]) -> None:
        """Show what was typed once; it is not saved."""
        self._showing += 1
        try:
            self.take_draft(typed)
        finally:
            self._showing -= 1
        self.touch()

    def _ask_unsaved(self) -> QMessageBox.StandardButton:
        buttons = QMessageBox.StandardButton
        lost = self._sender.is_lost
        if lost:
            question = self.tr(
                "“{title}” was sent, but the answer did not come. Send it once more? It is carried out only once."
                " If you discard it, look whether it is recorded before you enter it again."
            )
        else:
            question = self.tr("Save what you typed in “{title}”?")
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.title(),
            question.format(title=self.title()),
            buttons.Save | buttons.Discard | buttons.Cancel,
            self,
        )
        box.setDefaultButton(buttons.Save)
        if lost:
            box.button(buttons.Save).setText(self.tr("&Send again"))
        return QMessageBox.StandardButton(box.exec())

    # The other actions

    @Slot()
    def print_document(self) -> None:
        """Show the printed document in its preview."""
        make = self.pdf()
        if make is not None and self.document_id is not None:
            record = partial(record_print, self.context.session.database, self.kind, self.document_id)
            PrintPreview(make, self.title(), record, self).open_beside()

    @Slot()
    def _refresh(self) -> None:
        if self._is_modified:
            self._say_changed(lambda: self.tr("What you typed is not saved."))
        else:
            self._load()

    @Slot()
    def _toggle_side(self) -> None:
        self._side.setVisible(self._side.isHidden())

    @Slot(str, object)
    def _open_related(self, kind: str, document_id: int) -> None:
        if self.context.open_document(kind, document_id) is None:
            bridge.info(self.tr("You may not open this document."))
