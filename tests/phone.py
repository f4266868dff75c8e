"""A phone that shows codes: RFC 6238 computed here, apart from the library that is under test."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Iterable

STEP = 30


def code_at(secret: bytes, moment: float) -> str:
    """Return the six digits that a phone with this secret shows at a moment."""
    counter = struct.pack(">Q", int(moment) // STEP)
    digest = hmac.new(secret, counter, hashlib.sha1).digest()
    at = digest[-1] & 0xF
    (number,) = struct.unpack(">I", digest[at : at + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the code that belongs to a typed secret so many steps of 30 seconds from now."""
    return code_at(base64.b32decode(secret), time.time() + steps * STEP)


def wrong_code(secret: str) -> str:
    """Return six digits that are no code of this secret for minutes around."""
    near = {code_of(secret, steps=steps) for steps in range(-5, 6)}
    return next(digits for digits in _digits() if digits not in near)


def _digits() -> Iterable[str]:
    return (f"{number:06d}" for number in range(1_000_000))
