"""The limits of the child process in which files are read, and how it takes them on."""

from __future__ import annotations

import resource
from dataclasses import dataclass

# A newspaper of sixteen full pages has some 120,000.
CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Limits:
    """What one file may cost: processor and wall-clock time in seconds, memory and answer in
    bytes.
    """

    cpu_seconds: int = 12
    # Several pages may be read at once on two processors.
    wall_seconds: float = 25.0
    # All that the process may map; the interpreter with a library and a page takes some 60 MB.
    address_space: int = 768 * 1024 * 1024
    # A printed line's place takes some 70 bytes.
    output_bytes: int = 64 * 1024 * 1024


# Somebody looks at a screen and waits for a picture.
DRAWN = Limits(cpu_seconds=8, wall_seconds=15.0, output_bytes=24 * 1024 * 1024)

_OPEN_FILES = 64


def take_on(cpu_seconds: int, address_space: int) -> None:
    """Limit this process for the rest of its life: time, memory, no files written, no dump, no
    children (the last does not bind root).
    """
    for what, soft, hard in (
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_AS, address_space, address_space),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
    ):
        _, most = resource.getrlimit(what)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(what, (soft, hard))
