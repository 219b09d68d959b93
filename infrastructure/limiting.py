"""How often something may be tried: moving windows, kept in this process unless told otherwise."""

from __future__ import annotations

import time
from ipaddress import ip_address

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from application.credentials import TooMany

KINDS = ("pair", "name", "address", "command")
"""Wrong tries for a name from an address, for a name, from an address; and commands."""


class Counting:
    """Counts what is limited; a kind without a rate is not limited."""

    def __init__(self, rates: dict[str, str], storage: str = "memory://") -> None:
        self.rates: dict[str, RateLimitItem] = {
            kind: parse(rate) for kind, rate in rates.items() if rate
        }
        self.limiter = MovingWindowRateLimiter(storage_from_string(storage))

    def take(self, kind: str, *who: str) -> None:
        """Counts once; raises TooMany where it was done too often."""
        rate = self.rates.get(kind)
        if rate is not None and not self.limiter.hit(rate, kind, *who):
            raise TooMany(self.seconds(kind, *who))

    def check(self, kind: str, *who: str) -> None:
        """Raises TooMany where it was done too often; counts nothing."""
        rate = self.rates.get(kind)
        if rate is not None and not self.limiter.test(rate, kind, *who):
            raise TooMany(self.seconds(kind, *who))

    def seconds(self, kind: str, *who: str) -> int:
        """How long to wait, in whole seconds."""
        ends = self.limiter.get_window_stats(self.rates[kind], kind, *who).reset_time
        return max(1, int(ends - time.time()) + 1)

    def check_tries(self, name: str, address: str) -> None:
        """Raises TooMany where a name was tried too often, or an address tried too much.

        Whoever guesses from one address is stopped there long before the name itself is; the
        name's own window is for guesses from many addresses, and passes by itself.
        """
        net = net_of(address)
        self.check("pair", name, net)
        self.check("address", net)
        self.check("name", name)

    def wrong_try(self, name: str, address: str) -> None:
        """Counts a wrong try."""
        net = net_of(address)
        for kind, *who in (("pair", name, net), ("name", name), ("address", net)):
            if kind in self.rates:
                self.limiter.hit(self.rates[kind], kind, *who)

    def right_try(self, name: str, address: str) -> None:
        """Forgets the wrong tries of whoever has typed the right password after all."""
        if "pair" in self.rates:
            self.limiter.clear(self.rates["pair"], "pair", name, net_of(address))


def net_of(address: str) -> str:
    """The address as it is counted: one subscriber has a whole network of IPv6 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return ":".join(parsed.exploded.split(":")[:4])
