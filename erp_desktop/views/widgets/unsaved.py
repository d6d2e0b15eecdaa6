"""What is typed into a document and not saved: kept on this computer, offered again, put onto what others changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Slot

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.draft_keeper import DraftKeeper, Kept
from erp_desktop.models.drafts import DraftBox
from erp_desktop.models.line_grid_model import LineColumn
from erp_desktop.models.merging import LINES, Clash, Merged, differing, merge
from erp_desktop.models.sender import Errand, Sender
from erp_desktop.services.calls import Call
from erp_desktop.services.errors import ChangedMeanwhile
from erp_desktop.views.widgets.forms import Field
from erp_desktop.views.widgets.notice import Notice, Offer

if TYPE_CHECKING:
    from erp_desktop.views.widgets.document_page import DocumentPage

MOST_NAMED: Final = 6
"""So many fields a message names; it is no list."""

Typed = Mapping[str, Any]


class Unsaved(QObject):
    """The unsaved input of one page: `base` is what stood there before anything was typed.

    It is kept while somebody types and when a command is sent, together with that command. Whoever takes it over gets
    only what she changed on top of the document as it is now; what both changed is named, and hers to decide.
    """

    def __init__(self, page: DocumentPage, notice: Notice, sender: Sender, fields: Mapping[str, Field]) -> None:
        super().__init__(page)
        self.base: Typed | None = None
        self._page = page
        self._notice = notice
        self._sender = sender
        self._fields = fields
        self._asking = False
        self._offered: Kept | None = None
        session = page.context.session
        profile = session.database.profile
        box = DraftBox(f"{profile.host}:{profile.port}/{profile.database}", session.login, page.kind)
        self.keeper = DraftKeeper(box, page.document_id, self)
        self.keeper.due.connect(self.keep)
        sender.open_changed.connect(self.keep)

    @Slot()
    def keep(self) -> None:
        """Keep what was typed, with the command that was sent and not answered."""
        page, left = self._page, self._sender.open
        is_new = page.document_id is None
        if self._asking:
            return  # what an earlier run kept stays until the server answered
        data = page.draft_data() if page.modified or (is_new and left is not None) else None
        if data is not None:
            self.keeper.keep(Kept(data, self.base, left))
        elif is_new:
            self.keeper.forget()  # what was filled in by the program alone was refused

    def offer(self) -> None:
        """Offer what was kept of the document, if there is something."""
        page = self._page
        found = self.keeper.find(page.document_id) if page.draft_data() is not None and page.editable else None
        if found is not None:
            self._offered = found
            self._say_offer(found, partial(self._offer_text, found))

    def asks_first(self) -> bool:
        """Whether a command of an earlier run is open that the person decides about before anything is posted."""
        found = self._offered
        if found is None or found.open is None:
            return False
        self._say_offer(found, partial(self._first_text, found))
        return True

    def _say_offer(self, found: Kept, text: Callable[[], str]) -> None:
        offers: list[Offer] = [
            (lambda: self.tr("Take it &over"), partial(self._take_over, found)),
            (lambda: self.tr("&Discard"), partial(self._throw_away, found)),
        ]
        self._notice.say(text, offers, danger=False)

    def _first_text(self, found: Kept) -> str:
        return self.tr(
            "Decide first about the input from {when}: it was sent, but the answer did not come. Taking it over sends"
            " it once more and tells what became of it; nothing else is sent before."
        ).format(when=f"{found.kept_at:%Y-%m-%d %H:%M}")

    def _offer_text(self, found: Kept) -> str:
        when = f"{found.kept_at:%Y-%m-%d %H:%M}"
        if found.open is None:
            return self.tr("There is input from {when} that was not saved.").format(when=when)
        return self.tr(
            "There is input from {when} that was sent, but the answer did not come. Taking it over sends it once more:"
            " it is carried out only once."
        ).format(when=when)

    def _throw_away(self, found: Kept) -> None:
        self._offered = None
        self._notice.clear()
        self.keeper.forget_found(found)

    # Taking it over

    def _take_over(self, found: Kept) -> None:
        """Show input that was kept; what became of a command that was sent with it is asked first."""
        self._offered = None
        self._notice.clear()
        if found.open is None:
            self._put_in(found, found.base)
            return
        self._asking = True
        self._sender.take_up(found.open)
        done, refused = partial(self._on_carried_out, found), partial(self._on_refused, found)
        errand = Errand(self._page.title(), True, found.open.typed, done, refused, leaves=found.open.leaves)
        self._sender.repeat(errand, found.open.call)

    def _on_carried_out(self, found: Kept, result: dict[str, Any]) -> None:
        """Its document comes first, then what was typed after it was sent."""
        self._asking = False
        self._notice.clear()
        self._page.show_result(result, partial(self._settle, found, result))

    def _settle(self, found: Kept, result: Typed) -> None:
        sent = found.open
        shown = (self._page.draft_data() if self._page.editable else None) or {}
        if sent is None:
            return
        # What the command does not write counts as typed since, too.
        written = None if sent.typed is None else {k: v for k, v in sent.typed.items() if k not in sent.leaves}
        base = None if written is None else {**written, **{name: None for name in sent.leaves}}
        typed_on = self.changes(base, found.typed)
        too_late = [each for each in typed_on if each.key not in shown]
        if len(typed_on) > len(too_late):
            self._put_in(found, base)
        else:
            self.keeper.forget_found(found)
        if too_late or len(typed_on) == len(too_late):
            self.say_recorded(too_late, result)

    def _on_refused(self, found: Kept, errand: Errand, call: Call, error: Exception) -> None:
        """A command that is refused was never carried out: what was sent is input like any other."""
        if self._sender.open is None:
            self._asking = False
            self._put_in(found, found.base)
        if self._sender.open is not None or not isinstance(error, ChangedMeanwhile):
            self._page.show_refusal(errand, call, error)

    def _put_in(self, found: Kept, base: Typed | None) -> None:
        """Put what was typed onto `base` onto the document that is shown."""
        shown = self._page.draft_data()
        if self._page.document_id is None or shown is None:
            merged = Merged(dict(found.typed), {}, ())
        else:
            merged = merge(base, found.typed, shown, whole=self._fields.keys(), columns=self._columns())
        self._page.fill_in(merged.mine)
        self.keeper.leave_found(found)
        if merged.clashes:
            self._say_clashes(merged)

    def _say_clashes(self, merged: Merged, *, with_mine: bool = True) -> None:
        """Where both changed something the person decides, and may look at either before she does."""
        names, stands = self._names(merged.clashes), self._page.draft_data()

        def sentence() -> str:
            if with_mine:
                text = self.tr("Somebody else changed this, too: {fields}. Your input stands there now.")
            else:
                text = self.tr("Somebody else changed this, too: {fields}. The other's input stands there now.")
            return text.format(fields=names())

        keep = (lambda: self.tr("&Keep mine")) if with_mine else (lambda: self.tr("&Keep the other's"))
        change = (lambda: self.tr("Use the o&ther's")) if with_mine else (lambda: self.tr("&Take mine again"))

        def exchange() -> None:
            self._notice.clear()
            mine, theirs = (self._with_what_followed(stands, each) for each in (merged.mine, merged.theirs))
            typed_on = replace(merged, mine=mine, theirs=theirs)
            self._page.fill_in(typed_on.theirs if with_mine else typed_on.mine)
            self._say_clashes(typed_on, with_mine=not with_mine)

        self._notice.say(sentence, [(keep, self._notice.clear), (change, exchange)], danger=False)

    def _with_what_followed(self, base: Typed | None, typed: Typed) -> dict[str, Any]:
        """`typed` with what the person typed since `base` stood on the page."""
        now = self._page.draft_data() or {}
        return merge(base, now, typed, whole=self._fields.keys(), columns=self._columns()).mine

    # What was typed too late

    def say_recorded(self, changes: Sequence[Clash], result: Typed) -> None:
        """Say that what was sent had reached the server with `result`, and what was changed too late for it."""
        names = self._names(changes)

        def sentence() -> str:
            document = self._page.recorded_title(result)
            if not changes:
                return self.tr("Already recorded as {document}.").format(document=document)
            return self.tr("Already recorded as {document}, without what you changed afterwards: {fields}.").format(
                document=document, fields=names()
            )

        self._notice.say(sentence, danger=False)

    def say_left_out(self, changes: Sequence[Clash]) -> None:
        """Say what was typed while a posting was under way, and is not part of it."""
        names = self._names(changes)

        def sentence() -> str:
            if not changes:
                return self.tr("What you typed after it was sent is not part of it.")
            return self.tr("What you typed after it was sent is not part of it: {fields}.").format(fields=names())

        self._notice.say(sentence, danger=False)

    def changes(self, before: Typed | None, after: Typed | None, but: Collection[str] = ()) -> list[Clash]:
        """Where two states of the input differ, except in the parts `but`; nothing if one is unknown."""
        if before is None or after is None:
            return []
        found = differing(after, before, whole=self._fields.keys(), columns=self._columns())
        return [each for each in found if each.key not in but]

    def _columns(self) -> Sequence[LineColumn]:
        return self._page.grid.grid_model().columns if self._page.grid is not None else ()

    def _names(self, changes: Sequence[Clash]) -> Callable[[], str]:
        """What the person calls the changed fields and cells, in the language in use whenever it is asked.

        Lines may come and go while a message stands: their numbers are those of now.
        """
        rows = [self._row_of(each) for each in changes]

        def listed() -> str:
            names = list(dict.fromkeys(filter(None, map(self._name_of, changes, rows))))
            more = ["…"] if len(names) > MOST_NAMED else []
            return ("、" if i18n.language() == "zh_CN" else ", ").join(names[:MOST_NAMED] + more)

        return listed

    def _row_of(self, change: Clash) -> int:
        if not isinstance(change.line, str) or self._page.grid is None:
            return change.line if isinstance(change.line, int) else 0
        lines = self._page.grid.grid_model().lines()
        return next(
            (row for row, line in enumerate(lines) if str(line.get("id", line.get("invoice_id"))) == change.line), 0
        )

    def _name_of(self, change: Clash, row: int) -> str:
        if change.key in self._fields:
            field = self._fields[change.key]
            return field.label or field.editor.accessibleName()
        if change.line is None:
            return ""
        key = change.column if change.key == LINES else self._page.line_values.get(change.key, "")
        name = next((wording.title(column.title) for column in self._columns() if column.key == key), "")
        if not name:
            return self.tr("line {number}").format(number=row + 1) if change.key == LINES else ""
        return self.tr("{field} in line {number}").format(field=name, number=row + 1)
