"""Where a push may go: https, the usual port, and a public address. Never a machine of our own network."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2000


class NotAllowed(Exception):
    """The endpoint is not one we may call."""


def host_of(endpoint: str) -> tuple[str, str]:
    """(host, path with query) of an acceptable endpoint. Raises NotAllowed."""
    if len(endpoint) > LONGEST or not endpoint.isascii() or any(c.isspace() or c == "\\" for c in endpoint):
        raise NotAllowed
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as fault:
        raise NotAllowed from fault
    if (
        parts.scheme != "https"
        or not parts.hostname
        or parts.username is not None
        or parts.password is not None
    ):
        raise NotAllowed
    if port not in {None, 443} or parts.fragment:
        raise NotAllowed
    return parts.hostname, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet (an IPv4 hidden in an IPv6 is looked at as itself)."""
    ip = ipaddress.ip_address(address.split("%")[0])
    inner = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        inner += [each for each in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if each is not None]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return all(each.is_global and not each.is_multicast for each in inner)


def addresses_of(host: str) -> list[str]:
    """The addresses of a host, all of them public. Raises NotAllowed, or OSError when the name cannot be looked up."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(each) for each in found):
        raise NotAllowed
    return found


def check_endpoint(endpoint: str) -> None:
    """Refuse at the door what could never be called; names are looked up again when something is sent."""
    host, _path = host_of(endpoint)
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if "." not in host or host.endswith((".localhost", ".local", ".internal", ".home.arpa")):
            raise NotAllowed from None
        # "2130706433", "0x7f.1" and "127.1" are addresses to some resolvers; no push service is named like that.
        if host.rsplit(".", 1)[1].isdigit() or host.rsplit(".", 1)[1].startswith("0x"):
            raise NotAllowed from None
        return
    if not is_public(str(literal)):
        raise NotAllowed
