"""A page as it is served: the file of the site, and a script that loads it again when it changes.

The files themselves stay those of ``site build``. The policy in their head allows a script of the
site's own; that it may listen to the server is added to it.
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from plainwork.serving.preview.live_site import identify

SCRIPT = "-/live.js"
STYLE = "-/live.css"
EVENTS = "-/events"
"""Addresses beside those of the site: none of its folders is called ``-``."""

POLICY = b"default-src 'none';"
"""How the policy of every page begins."""

_LISTENING = b"default-src 'none'; connect-src 'self';"
_END_OF_HEAD = b"</head>"

_MISSING = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; \
script-src 'self'">
<title>Not on this site</title>
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
<main>
<h1>Not on this site</h1>
<p>Nothing is at <code>{address}</code>. It may have been moved, removed or left out for this
audience; if it comes back, it will show here.</p>
<p><a href="/">Home</a></p>
</main>
</body>
</html>
"""


def make_live(page: bytes, address: str) -> bytes:
    """Return a page of the site with what loads it again when it changes."""
    return _add_script(page, address, identify(page))


def render_missing(address: str) -> bytes:
    """Return the page for an address that the site does not have; it waits for one to come."""
    page = _MISSING.format(address=escape(address)).encode("utf-8", "backslashreplace")
    return _add_script(page, address, "")


def _add_script(page: bytes, address: str, version: str) -> bytes:
    # What others wrote stands behind the policy, and a title cannot end the head: it is escaped.
    page = page.replace(POLICY, _LISTENING, 1)
    query = urlencode({"page": address, "version": version}, errors="backslashreplace")
    events = escape(f"/{EVENTS}?{query}")
    added = (
        f'<link rel="stylesheet" href="/{STYLE}">\n'
        f'<script defer src="/{SCRIPT}" data-events="{events}"></script>\n'
    )
    return page.replace(_END_OF_HEAD, added.encode() + _END_OF_HEAD, 1)
