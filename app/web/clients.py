"""Who asks: the address of a client, also behind a proxy that is trusted to tell it.

Anybody can write ``X-Forwarded-For``.  It counts only when the connection comes from a proxy that
the settings name; then the last address in it that is not itself such a proxy is the client.
A connection through a Unix socket has no address: whoever may open one is a proxy of this machine.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
_LOG: Final = logging.getLogger(__name__)


def networks_of(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses such as 10.0.0.7 and networks such as 10.0.0.0/8.  Raises ``ValueError``."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def is_in(host: str, networks: Iterable[Network]) -> bool:
    """Whether a host is named by its address, and the address is in one of the networks."""
    if not _is_address(host):
        return False
    address = ipaddress.ip_address(host)
    return any(address in network for network in networks)


def client_key(host: str) -> str:
    """What one client is counted by: its address; of IPv6 the network, which a household shares."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host


class Clients:
    """ASGI middleware that writes the client's own address into the scope."""

    def __init__(self, app: ASGIApp, proxies: Sequence[Network] = ()) -> None:
        self.app = app
        self._proxies = proxies
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (forwarded := _forwarded(scope)):
            host, port = scope["client"] or ("", 0)
            if scope["client"] is None or self._is_proxy(host):
                scope = {**scope, "client": (self._last_stranger(forwarded, host), port)}
            elif not self._warned and _is_near(host):
                self._warned = True
                advice = "if that is your proxy, name it: [server] trusted_proxies"
                _LOG.warning("%s forwards requests and is not trusted; %s", _where(host), advice)
        await self.app(scope, receive, send)

    def _last_stranger(self, forwarded: list[str], host: str) -> str:
        for address in reversed(forwarded):
            if not _is_address(address):
                return host
            host = address
            if not self._is_proxy(address):
                break
        return host

    def _is_proxy(self, host: str) -> bool:
        return bool(self._proxies) and is_in(host, self._proxies)


def _forwarded(scope: Scope) -> list[str]:
    """The addresses that the proxies wrote, the nearest proxy's last."""
    values = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    if not values:
        return []
    return [part.strip() for part in b",".join(values)[-1000:].decode("latin-1").split(",")]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _where(host: str) -> str:
    """This computer, or the network that a neighbour is in: it may be a reader's own address."""
    address = ipaddress.ip_address(host)
    if address.is_loopback:
        return host
    width = 16 if address.version == 4 else 48
    return f"Somebody in {ipaddress.ip_network((host, width), strict=False)}"


def _is_near(host: str) -> bool:
    return _is_address(host) and ipaddress.ip_address(host).is_private
