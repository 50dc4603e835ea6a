"""What browsers may do with our pages: own scripts only, no inline script or style, no other host."""

from collections.abc import Iterable

from flask import request
from werkzeug.exceptions import RequestURITooLarge

LONGEST_QUERY = 100_000  # bytes; the longest CQL2 filter in Chinese, percent-encoded, still fits


def policy(*, image_hosts: Iterable[str] = (), is_embeddable: bool = False) -> str:
    """Return the Content-Security-Policy.

    Args:
        image_hosts: Hosts of online base maps, such as https://tile.openstreetmap.org; none by default.
        is_embeddable: Whether pages of any host may show this one in a frame. It only ever shows public data and
            takes no orders, so a frame around it gains nothing.
    """
    images = " ".join(["'self'", "data:", "blob:", *image_hosts])
    ancestors = "*" if is_embeddable else "'self'"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )


def refuse_long_address() -> None:
    """Refuse a query longer than any that can be meant.

    Raises:
        RequestURITooLarge: It is; answered as 414.
    """
    length = len(request.query_string)
    if length > LONGEST_QUERY:
        raise RequestURITooLarge(description=f"the query has {length} bytes; expected at most {LONGEST_QUERY}")


def headers(image_hosts: Iterable[str] = ()) -> dict[str, str]:
    """Return the headers of every answer. Hosts of online base maps are told where a request comes from."""
    hosts = list(image_hosts)
    return {
        "Content-Security-Policy": policy(image_hosts=hosts),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin" if hosts else "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
