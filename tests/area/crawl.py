"""Visit every page and document of an application that another one names, once, as a robot would."""

import html
import re
from collections import deque
from urllib.parse import parse_qsl, urljoin, urlsplit

_HOST = "http://localhost"
_LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']|(http://localhost/[^\s"'<>\\]*)""")
_FILES = ("/og/", "/exports/")  # pictures, and files in formats that have tests of their own
_READABLE = ("html", "json", "xml", "turtle", "text", "svg")


def crawled(client, starts):
    """Return what is said at every address that can be reached: status and text."""
    found, waiting = {}, deque(starts)
    while waiting:
        address = waiting.popleft()
        if address in found:
            continue
        response = client.get(address, follow_redirects=True)
        text = response.get_data().decode(errors="replace") if _is_readable(response) else ""
        found[address] = (response.status_code, text)
        waiting.extend(_links(address, text))
    return found


def _is_readable(response):
    return any(kind in response.content_type for kind in _READABLE)


def _links(address, text):
    for match in _LINK.finditer(text):
        to = urlsplit(urljoin(_HOST + address, html.unescape(next(filter(None, match.groups())))))
        if to.netloc == "localhost" and _is_another_page(to):
            yield to.path + (f"?{to.query}" if to.query else "")


def _is_another_page(to):
    """Tell whether an address is more than the same page with fewer cases, a pattern for scripts or a file."""
    names = {name for name, _ in parse_qsl(to.query)}
    return not to.path.startswith(_FILES) and "_" not in to.path.split("/") and names <= {"lang", "f", "url"}
