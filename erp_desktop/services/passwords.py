"""New passwords: the rules that they follow, and the verifiers that go to the server in their place."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

from erp_desktop.resources import resource_path
from erp_desktop.services.errors import InvalidInput

MECHANISM: Final = "SCRAM-SHA-256"

_FEWEST_DIFFERENT: Final = 5
_SHORTEST_NAME: Final = 4  # shorter ones occur in good passwords by chance
_ENDS: Final = re.compile(r"^[^a-z]+|[^a-z]+$")


@dataclass(frozen=True)
class PasswordRules:
    """What a server wants of a new password.

    `length` is the fewest characters, `former` salt and rounds of each password that can't be chosen again (the present
    one first), `remembered` how many of these the server keeps.
    """

    length: int
    iterations: int
    remembered: int
    former: tuple[tuple[bytes, int], ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> PasswordRules:
        """The rules as the server tells them."""
        former = tuple((base64.b64decode(each["salt"]), each["iterations"]) for each in told["former"])
        return cls(told["length"], told["iterations"], told["remembered"], former)


def make_credentials(password: str, iterations: int) -> dict[str, Any]:
    """The SCRAM verifiers of a new password, as commands take them. InvalidInput UV106 for an impossible password."""
    salt, stored_key, server_key = _verifiers(password, iterations)
    keys = {"salt": salt, "stored_key": stored_key, "server_key": server_key}
    return {"iterations": iterations, **{name: _text(value) for name, value in keys.items()}}


def renewal(password: str, rules: PasswordRules) -> dict[str, Any]:
    """The verifiers of a new password, and what shows the server that it is none of the former ones. UV106."""
    former = [_text(_verifiers(password, iterations, salt)[1]) for salt, iterations in rules.former]
    return {**make_credentials(password, rules.iterations), "former": former}


def is_long_enough(password: str, length: int) -> bool:
    """Whether a password has `length` characters (code points, as NIST SP 800-63B-4 counts them)."""
    return len(password) >= length


def is_common(password: str) -> bool:
    """Whether guessers try this password first, or one of these with digits and signs before or behind it."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return plain in _common() or _ENDS.sub("", plain) in _common()


def is_pattern(password: str, name: str) -> bool:
    """Whether a password is one thing over and over, a row of neighbours, or holds the person's user name."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    steps = {ord(right) - ord(left) for left, right in pairwise(plain)}
    return (
        len(set(plain)) < _FEWEST_DIFFERENT
        or plain in (plain + plain)[1:-1]
        or steps <= {1, -9}  # 0 follows on 9
        or steps <= {-1, 9}
        or (len(name) >= _SHORTEST_NAME and name.casefold() in plain)
    )


def check(password: str, length: int, name: str) -> None:
    """Refuse a password that breaks a rule: InvalidInput UV121 too short, UV122 common, UV123 a pattern."""
    if not is_long_enough(password, length):
        raise InvalidInput("UV121", {"length": length}, "password")
    if is_common(password):
        raise InvalidInput("UV122", field="password")
    if is_pattern(password, name):
        raise InvalidInput("UV123", field="password")


@cache
def _common() -> frozenset[str]:
    return frozenset(resource_path("passwords", "common.txt").read_text(encoding="ascii").split("\n")) - {""}


def _verifiers(password: str, iterations: int, salt: bytes | None = None) -> tuple[bytes, bytes, bytes]:
    from scramp import ScramException, ScramMechanism

    try:
        if not password:
            raise ScramException("empty")
        salt, stored_key, server_key, _ = ScramMechanism(MECHANISM).make_auth_info(password, iterations, salt)
    except ScramException as error:
        raise InvalidInput("UV106", field="password", message=str(error)) from error
    return salt, stored_key, server_key


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
