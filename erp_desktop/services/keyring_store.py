"""Remembered passwords, in the keyring of the operating system or nowhere.

Each function returns a problem instead of raising it: being remembered is a comfort, and its absence stops nobody. A
keyring may ask its owner to unlock it, so call these off the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from erp_desktop.services.errors import KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from erp_desktop.services.db import Profile

T = TypeVar("T")

# Backends that store in the clear, or nothing at all; keyring itself prefers others, but takes these if told to.
_REFUSED_MODULES = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


def remember(profile: Profile, login: str, password: str) -> KeyringUnavailable | None:
    """Keep the password of `login` on this server; the problem, or None."""
    return _use(lambda keyring: keyring.set_password(_service(profile), login, password))[1]


def recall(profile: Profile, login: str) -> tuple[str | None, KeyringUnavailable | None]:
    """The remembered password, None if there is none, and the problem or None."""
    return _use(lambda keyring: keyring.get_password(_service(profile), login))


def forget(profile: Profile, login: str, password: str | None = None) -> KeyringUnavailable | None:
    """Remove a remembered password, if there is one (and it is still `password`); the problem, or None."""
    return _use(lambda keyring: _delete(keyring, _service(profile), login, password))[1]


def renew(profile: Profile, login: str, password: str) -> KeyringUnavailable | None:
    """Keep a changed password in place of a remembered one; who is not remembered stays so."""
    return _use(lambda keyring: _replace(keyring, _service(profile), login, password))[1]


def _service(profile: Profile) -> str:
    return f"Tenon {profile.host}:{profile.port}/{profile.database}"


def _delete(keyring: KeyringBackend, service: str, login: str, password: str | None) -> None:
    kept = keyring.get_password(service, login)
    if kept is not None and password in (None, kept):
        keyring.delete_password(service, login)


def _replace(keyring: KeyringBackend, service: str, login: str, password: str) -> None:
    if keyring.get_password(service, login) is not None:
        keyring.set_password(service, login, password)


def _use(action: Callable[[KeyringBackend], T]) -> tuple[T | None, KeyringUnavailable | None]:
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    backend = keyring.get_keyring()
    if not _is_safe(backend):
        return None, KeyringUnavailable("UX101", message=f"no safe keyring: {backend.name}")
    try:
        return action(backend), None
    except NoKeyringError as error:
        return None, KeyringUnavailable("UX101", message=str(error))
    except KeyringError as error:
        return None, KeyringUnavailable("UX102", message=str(error))


def _is_safe(backend: KeyringBackend) -> bool:
    """Whether the backend, or every one of a chain, encrypts what it keeps."""
    chain = getattr(backend, "backends", None)
    if chain is not None:
        return bool(chain) and all(_is_safe(each) for each in chain)
    return not type(backend).__module__.startswith(_REFUSED_MODULES)
