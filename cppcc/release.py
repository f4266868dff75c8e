"""The release: what the pages are made with, in one short word."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def release_of(*places: Path, words: Iterable[str] = ()) -> str:
    """Return a word that differs whenever a file under `places`, or one of `words`, does.

    Names and contents count, times do not: two machines with the same release agree.
    """
    digest = hashlib.sha256()
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(place.parent)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    for word in words:
        digest.update(f"{word}\0".encode())
    return digest.hexdigest()[:16]
