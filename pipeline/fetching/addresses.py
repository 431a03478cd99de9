"""Which addresses may be asked for a file: http and https on the public internet, unless more is allowed."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

import httpx


class FetchError(ValueError):
    """A sentence that says why a file could not be brought; ``again`` where trying later may help."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        """Keep the sentence, and whether the fault may pass."""
        super().__init__(sentence)
        self.again = again


@dataclass(frozen=True, slots=True)
class Target:
    """An address to ask: the url as written and the IP addresses that its host had when it was checked."""

    url: httpx.URL
    hosts: tuple[str, ...]

    def pinned(self, host: str) -> httpx.URL:
        """Return the url with the checked IP address as host, so that a second look-up cannot lead elsewhere."""
        return self.url.copy_with(host=host)


def check_address(text: str, *, allow_private: bool) -> Target:
    """Look up the host of an address; FetchError unless it is http(s) and all its IP addresses are public.

    All of them, because a host with one public and one private address could be used to reach the private one.
    """
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise FetchError(f"{text!r} is not an address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"{text!r} is not an address that begins with http:// or https://")
    if url.userinfo:
        raise FetchError(f"the address at {url.host} has a user name or password in it; give one without")
    try:
        found = socket.getaddrinfo(
            url.host, url.port or (443 if url.scheme == "https" else 80), type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {url.host} is not known ({error})", again=isinstance(error, OSError)) from error
    hosts = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [host for host in hosts if not _is_public(host)]
    if private and not allow_private:
        raise FetchError(
            f"the host {url.host} is at {private[0]}, which is not on the public internet; "
            "allow private addresses if this is meant"
        )
    return Target(url, hosts)


def _is_public(host: str) -> bool:
    # An IPv6 address of this link carries its interface after a percent sign.
    address = ipaddress.ip_address(host.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)
