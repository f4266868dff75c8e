"""Reads settings from environment variables and says clearly when a value cannot be used."""

import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """Return the variable's value without surrounding space, or `default` when it is not set."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """Return the variable as a truth value; raise ImproperlyConfigured for anything unclear."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, *, default: int) -> int:
    """Return the variable as a whole number; raise ImproperlyConfigured when it is not one."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str) -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def web_address(name: str, *, default: str) -> str:
    """Return the variable as scheme and host without a final slash, such as https://example.org.

    Raise ImproperlyConfigured when it is not one.
    """
    value = (text(name) or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must begin with https:// and a host, not {value!r}.")
    return value


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Return a comma-separated variable as networks; a single address is a network of one."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must name addresses or networks: {error}.") from error


def origins(name: str) -> list[str]:
    """Return a comma-separated variable as origins such as http://127.0.0.1:6081."""
    found = [word.rstrip("/") for word in words(name)]
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or origin != f"{parts.scheme}://{parts.netloc}":
            raise ImproperlyConfigured(
                f"{name} must name origins such as http://127.0.0.1:6081, not {origin!r}."
            )
    return found


def one_of(name: str, choices: Sequence[str], *, default: str) -> str:
    """Return the variable's value; raise ImproperlyConfigured when it is none of `choices`."""
    value = text(name) or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def required(name: str, *, hint: str) -> str:
    """Return the variable's value; raise ImproperlyConfigured with `hint` when it is empty."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value
