"""The address of a PostgreSQL database: read once, refused where it cannot be one, and shown without what may be secret in it.

A password may stand in it, but belongs into PGPASSWORD or a ~/.pgpass, which libpq reads itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

_SCHEMES = ("postgresql", "postgres")
_SECRET = ("password", "sslpassword", "user")  # parameters of an address


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a PostgreSQL database is. `url` goes to libpq as it is; `str` of it shows no user, no password and no parameter."""

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no address, without saying it again. Raises ValueError."""
        if not (is_address(self.url) and self.url.isprintable() and " " not in self.url):
            raise ValueError("should be a path, or the address of a PostgreSQL database: postgresql://USER@HOST/NAME")

    def __str__(self) -> str:
        """Return it as a message may show it: what stands before the last @, and after ? and #, may be secret."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{re.split('[?#]', rest.rpartition('@')[2])[0]}"

    def hidden(self, text: str) -> str:
        """Return a text, such as a message of the server, without the user and the password."""
        rest = self.url.partition("://")[2]
        user, _, password = rest.rpartition("@")[0].partition(":")
        named = parse_qs(rest.rpartition("?")[2])
        for secret in (password, *(value for key in _SECRET for value in named.get(key, ())), user):
            for form in {secret, unquote(secret)} - {""}:
                text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", "…", text)
        return text


def is_address(text: str) -> bool:
    """Return whether a text is meant as an address, right or wrong, and not as the path of a file."""
    return "://" in text and text.partition("://")[0] in _SCHEMES
