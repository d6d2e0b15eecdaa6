"""Coming to work: the login window, a refused password, one click."""

from __future__ import annotations

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Desk, Stage, expect

CLERK = "lina"


def refuse_a_wrong_password(stage: Stage) -> str:
    """A wrong password is refused in the form, with what helps; nothing typed is lost."""
    desk = Desk(stage, stage.people["hejing"])
    window = desk.come()
    desk.enter("not-her-password")
    hands.wait_until(lambda: window.form.refusal, "the refusal stands in the form")
    expect("the name in the form", window.form.login_edit.text(), "hejing")
    stage.picture(window, "login-refused")
    window.close()
    return ""


def log_the_clerk_in_by_one_click(stage: Stage) -> str:
    """The demo's login window offers its people; one click is a login."""
    desk = Desk(stage, stage.people[CLERK])
    window = desk.come()
    cards = window.cards.cards()
    expect("the number of people offered", len(cards), len(stage.people))
    stage.picture(window, "login")
    hands.click(next(card for card in cards if card.persona.login == CLERK))
    desk.arrive()
    expect("the person who is logged in", desk.shell.session.login, CLERK)
    stage.take_seat(desk)
    return ""


STEPS = (
    Step("a wrong password is refused with its remedy", "hejing", refuse_a_wrong_password),
    Step("the sales clerk logs in by one click", CLERK, log_the_clerk_in_by_one_click),
)
