"""The server behind `quizgen preview`: one person's own browser, on this machine only.

Any web page that is open in the same browser can send requests to it, so it answers only those that name this very
server (a page elsewhere may have made its own name point here), carry the secret of this run in their path, and come
from its own pages. A path is compared with what is known, and never reaches the file system.
"""

import re
import threading
from collections.abc import Callable, Sequence
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from socket import socket
from typing import Any

_BEAT = 10.0
"""After how many seconds without news the page hears that the server is still there."""
_MOST_CONNECTIONS = 64
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Page = Callable[[str], tuple[HTTPStatus, bytes]]
"""Gives the page for the last part of a path; the empty text stands for the first page."""


class News:
    """A number that grows with each change, and that threads can wait for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._version = 0

    @property
    def version(self) -> int:
        """How many changes there were."""
        return self._version

    def tell(self) -> None:
        """There is something new."""
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def after(self, version: int | None, seconds: float) -> int:
        """The version when it is another one, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version, seconds)
            return self._version


class LiveServer(ThreadingHTTPServer):
    """Serves `page` at the loopback address; `port` 0 takes a free one."""

    daemon_threads = True

    def __init__(self, port: int, news: News, page: Page) -> None:
        self.news, self.page = news, page
        self.secret = token_urlsafe(16)
        self._free = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """Where the first page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.secret}/"

    @property
    def hosts(self) -> Sequence[str]:
        """What a browser may call this server."""
        names = ("127.0.0.1", "localhost")
        return [f"{name}:{self.server_port}" for name in names] + list(names if self.server_port == 80 else ())

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for the request, while there are not too many."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The request, in a thread of its own."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """A reader who leaves while he is answered is no fault; everything else is ours, and is printed."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: LiveServer
    server_version, sys_version = "quizgen", ""
    timeout = 30

    def parse_request(self) -> bool:
        """Read the head of a request; refuse it unless it is a GET from a page of this server."""
        if not super().parse_request():
            return False
        if refused := self._refusal():
            self._answer(refused, "text/plain", f"{refused.phrase}\n".encode())
            return False
        return True

    def _refusal(self) -> HTTPStatus | None:
        if self.headers.get_all("Host", []) not in [[host] for host in self.server.hosts]:
            return HTTPStatus.MISDIRECTED_REQUEST
        if self.command != "GET":
            return HTTPStatus.METHOD_NOT_ALLOWED
        # `none` is an address that a person typed or opened; another port of this machine would be `same-site`.
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return HTTPStatus.FORBIDDEN
        if self.headers.get("Origin", f"http://{self.headers['Host']}") != f"http://{self.headers['Host']}":
            return HTTPStatus.FORBIDDEN
        match = re.fullmatch(r"/([\w-]{1,64})/([\w-]{0,64})", self.path, re.ASCII)
        if not match or not compare_digest(match[1], self.server.secret):
            return HTTPStatus.FORBIDDEN
        self.wanted = match[2]
        return None

    def do_GET(self) -> None:
        """A page, or the stream of news."""
        if self.wanted == "events":
            self._tell()
        else:
            status, content = self.server.page(self.wanted)
            self._answer(status, "text/html", content)

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self._head(status, kind)
        self.send_header("Content-Length", str(len(content)))
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET")
        self.end_headers()
        self.wfile.write(content if self.command != "HEAD" else b"")

    def _head(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        for name, value in _HEADERS.items():
            self.send_header(name, value)

    def _tell(self) -> None:
        """Server-sent events: the version at once, and whenever it is another; in between a sign of life."""
        self._head(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        told: int | None = None
        while True:
            version = self.server.news.after(told, _BEAT)
            self.wfile.write(b": still here\n\n" if version == told else f"data: {version}\n\n".encode())
            told = version

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is the author's."""
