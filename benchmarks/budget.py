"""What a reader's browser fetches for each kind of public page: `make budget`.

Sizes are those of gzip at its usual level: the page itself, and every style sheet, script and
icon that it names, each once. Pictures of meetings are not counted. A meeting shown in full has no
limit.
"""

from __future__ import annotations

import gzip
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cppcc.settings.test")
django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from lxml import html  # noqa: E402

from benchmarks.pages import make_page  # noqa: E402
from tests.public.typical import TYPICAL, publish_typical  # noqa: E402

# In bytes, compressed.
MOST = 60 * 1024
UNLIMITED = {"meeting in full"}


@dataclass(frozen=True)
class Weight:
    """One kind of page: bytes of the page and of what it names, and how many requests that is."""

    name: str
    page: int
    assets: dict[str, int]

    @property
    def total(self) -> int:
        """All bytes of a first visit."""
        return self.page + sum(self.assets.values())

    @property
    def requests(self) -> int:
        """The page's own, and one for each thing that it names."""
        return 1 + len(self.assets)

    @property
    def fits(self) -> bool:
        """Whether it keeps to the limit."""
        return self.name in UNLIMITED or self.total <= MOST


def weigh(name: str, address: str, client: Client) -> Weight:
    """Return what a browser fetches that has nothing yet.

    Raises LookupError where the page or a thing that it names is not there.
    """
    page = _answered(address, client)
    root = html.fromstring(page)
    named = root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script[@src]/@src")
    assets = {path: len(gzip.compress(_fetched(str(path), client))) for path in named}
    return Weight(name, len(gzip.compress(page)), assets)


def _fetched(path: str, client: Client) -> bytes:
    if not path.startswith("/static/"):
        return _answered(path, client)
    found = finders.find(path.removeprefix("/static/"))
    if not isinstance(found, str):
        raise LookupError(f"{path} is missing")
    return Path(found).read_bytes()


def _answered(path: str, client: Client) -> bytes:
    answer = client.get(path)
    if answer.status_code != 200:
        raise LookupError(f"{path}: {answer.status_code}")
    return answer.content


def weights() -> list[Weight]:
    """Return the weight of every kind of page; the database is empty before."""
    names = publish_typical([make_page(times) for times in (1, 2)])
    client = Client()
    return [weigh(name, address.format(**names), client) for name, address in TYPICAL.items()]


def main() -> int:
    """Print the table; 1 where a page is over the limit."""
    call_command("migrate", verbosity=0)
    found = weights()
    print(f"{'page':24} {'HTML':>7} {'assets':>7} {'total':>7} {'requests':>9}   (KB, gzip)")
    for one in sorted(found, key=lambda one: -one.total):
        assets = sum(one.assets.values())
        sizes = f"{one.page / 1024:7.1f} {assets / 1024:7.1f} {one.total / 1024:7.1f}"
        print(f"{one.name:24} {sizes} {one.requests:9}{'' if one.fits else '   over the limit'}")
    return 0 if all(one.fits for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
