"""The rules for new passwords, and what of them goes to the server."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erp_desktop.services import passwords
from erp_desktop.services.errors import InvalidInput
from erp_desktop.services.passwords import PasswordRules


def verdict(password: str, length: int = 15, name: str = "lina") -> str:
    """The code with which a password is refused; "" if it is not."""
    try:
        passwords.check(password, length, name)
    except InvalidInput as error:
        assert error.field == "password"
        return error.code
    return ""


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("correct horse battery staple", ""),
        ("三张榆木椅子靠窗摆放着一盏旧台灯", ""),
        ("Tr0ub4dor&3-and-more", ""),
        ("fourteen-chars", "UV121"),
        ("qwertyuiop", "UV121"),
        ("1234567890qwertyuiop", "UV122"),
        ("Password2026!!!!", "UV122"),
        ("2026##SUNSHINE##2026", "UV122"),
        ("ＰＡＳＳＷＯＲＤ２０２６ＡＡＡＡ", ""),
        ("aaaaaaaaaaaaaaaaaa", "UV123"),
        ("xyzzyxyzzyxyzzyx xyzzyxyzzyxyzzyx ", "UV123"),
        ("456789012345678901", "UV123"),
        ("fedcba9876543210zyxw", ""),
        ("zyxwvutsrqponmlkji", "UV123"),
        ("i am LINA from sales", "UV123"),
    ],
)
def test_rules(password: str, code: str) -> None:
    assert verdict(password) == code


@pytest.mark.parametrize("name", ["", "li", "a"])
def test_a_short_name_may_occur_by_chance(name: str) -> None:
    assert verdict("a line of old oak trees", name=name) == ""


def test_the_shorter_length_is_for_who_gives_codes() -> None:
    assert (verdict("kurz&gut", 8), verdict("kurz&gu", 8)) == ("", "UV121")


@given(st.text(max_size=80))
def test_any_text_is_judged(password: str) -> None:
    assert verdict(password) in {"", "UV121", "UV122", "UV123"}


def test_the_list_holds_what_guessers_try_first() -> None:
    common = passwords._common()
    assert {"password", "qwerty123", "iloveyou", "1q2w3e4r"} <= common
    assert len(common) > 15_000
    assert all(word.isascii() and word.isprintable() and 4 <= len(word) <= 40 for word in common)


def stored_key(password: str, salt: bytes, iterations: int) -> str:
    """StoredKey of RFC 5802, with the library's functions."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    return base64.b64encode(hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()).decode()


@settings(max_examples=10, deadline=None)
@given(st.text("abcdefgh 0123", min_size=1, max_size=40))
def test_a_renewal_holds_the_keys_under_the_former_salts_and_no_password(password: str) -> None:
    former = tuple((os.urandom(32), iterations) for iterations in (4096, 5000))
    document = passwords.renewal(password, PasswordRules(8, 4096, 5, former))
    assert document["former"] == [stored_key(password, salt, iterations) for salt, iterations in former]
    assert document["iterations"] == 4096
    own = base64.b64decode(document["salt"])
    assert document["stored_key"] == stored_key(password, own, 4096)
    assert document.keys() == {"iterations", "salt", "stored_key", "server_key", "former"}


def test_rules_are_read_as_the_server_tells_them() -> None:
    told = {"length": 8, "iterations": 4096, "remembered": 3, "former": [{"salt": "AAEC", "iterations": 5000}]}
    assert PasswordRules.of(told) == PasswordRules(8, 4096, 3, ((b"\0\1\2", 5000),))
