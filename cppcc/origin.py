"""Where a request comes from: the visitor's address behind trusted proxies, for locks and journal.

`TRUSTED_PROXIES` names the networks whose `X-Forwarded-For` is believed. From right to left, the
first address that is none of theirs is the visitor's: what stands left of it was sent by the
visitor and may be made up.
"""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from speeches.moderation import journal

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class OriginMiddleware:
    """Puts the visitor's address into REMOTE_ADDR, and into what is journalled meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its true address."""
        address = visitor(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            settings.TRUSTED_PROXIES,
        )
        request.META["REMOTE_ADDR"] = address
        with journal.coming_from(address):
            return self.get_response(request)


def visitor(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """Return the visitor's address, given the peer's and the X-Forwarded-For header.

    "" where the peer is no address, as behind a socket in a folder.
    """
    found = _address(peer)
    if found is None:
        return ""
    for part in reversed(forwarded.split(",")):
        if not any(found in network for network in trusted):
            break
        before = _address(part)
        if before is None:
            break
        found = before
    return str(found)


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        # The scope of a link says nothing on another machine.
        return address.ipv4_mapped or IPv6Address(int(address))
    return address
