"""The browsers that the tests drive, both by one API: Chromium and Firefox, as the system has them.

Playwright drives Chromium by its own protocol, and an unpatched Firefox by WebDriver BiDi; so a test is written once.
What BiDi cannot do yet is seen to here: looks are preferences of Firefox, and a download is a file that appears in a
folder.

A test asks for the fixture `browsers`, and for a page by `browsers.tab(...)`: a browser of its own as far as the page
can tell, with no past. What has to outlive it is tested in a `browsers.session(...)`, which has a profile folder.
"""

import os
import shutil
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

Engine = Literal["chromium", "firefox"]
Look = Literal["light", "dark", "forced"]
"""What the system asks for; `forced` are forced colours, as in Windows' contrast themes."""
Deed = Callable[[], object]

NAMES: dict[Engine, tuple[str, ...]] = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
"""What the programs are called, as in scripts/setup.sh."""
ENGINES: tuple[Engine, ...] = ("chromium", "firefox")

PATIENCE = 10.0
"""How long something may take on a machine that is busy, in seconds."""

_CHROMIUM_SWITCHES = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-breakpad"
).split()
_FIREFOX_PREFERENCES: dict[str, str | float | bool] = {
    "app.normandy.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    "services.settings.server": "data:,",  # what it would ask for by itself, again and again
    "toolkit.startup.max_resumed_crashes": -1,
    "security.sandbox.content.level": 0,  # as Chromium's --no-sandbox: there may be no user namespaces
}
_FIREFOX_LOOKS: dict[Look, dict[str, str | float | bool]] = {
    "light": {"layout.css.prefers-color-scheme.content-override": 1},
    "dark": {"layout.css.prefers-color-scheme.content-override": 0},
    "forced": {"browser.display.document_color_use": 2},
}
_CHROMIUM_LOOKS: dict[Look, dict[str, str]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


class Net(socketserver.ThreadingTCPServer):
    """All of the net that a browser of the tests can reach: it gives nothing, and notes what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Asked(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Net)
        with suppress(OSError):
            self.server.asked.append(self.rfile.readline(2000).decode("latin-1").strip())
            while self.rfile.readline(2000).strip():
                pass
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def program(engine: Engine) -> str | None:
    """Where the browser is, or None where it is not installed."""
    return next(filter(None, map(shutil.which, NAMES[engine])), None)


def _parameter(engine: Engine) -> Any:
    missing = pytest.mark.skipif(program(engine) is None, reason=f"no {engine.title()} on this machine: make test")
    return pytest.param(engine, marks=missing)


IN_BOTH = pytest.mark.parametrize("engine", [_parameter(engine) for engine in ENGINES])
"""Marks a test that is held in both browsers."""
IN_CHROMIUM = pytest.mark.parametrize("engine", [_parameter("chromium")])


@dataclass
class Watched:
    """What the pages of a browser asked for and complained of, besides files and what a page has in itself."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._note(request.url))
        context.on("page", self._listen)
        for page in context.pages:
            self._listen(page)

    def _note(self, url: str) -> None:
        if not url.startswith(("file:", "data:", "blob:", "about:")):
            self.asked.append(url)

    def _listen(self, page: Page) -> None:
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


class Session:
    """A browser with a profile folder, which a later session can take up; until then it can be killed."""

    def __init__(self, play: Playwright, engine: Engine, folder: Path, look: Look, options: dict[str, Any]) -> None:
        self.engine = engine
        self.profile = folder / f"{engine}-profile"
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True, exist_ok=True)
        settings = _settings(engine, look) | {"downloads_path": self.downloads}
        context = settings.pop("context") | options
        self.context = _kind(play, engine).launch_persistent_context(self.profile, **settings, **context)
        self.watched = Watched()
        self.watched.watch(self.context)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self._processes = _family(self.profile)

    def kill(self) -> None:
        """End all its processes at once, as a crash does. Nothing can be saved any more."""
        for process in _family(self.profile) or self._processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(self._processes, timeout=PATIENCE)
        self.close()

    def close(self) -> None:
        with suppress(PlaywrightError):  # it may be dead already
            self.context.close()


class Browsers:
    """What a module of tests shares: one browser of each kind and look, started when it is first asked for.

    They have one way out, which is `net`.
    """

    def __init__(self, play: Playwright, folder: Path) -> None:
        self._play = play
        self._folder = folder
        (folder / "saved").mkdir(parents=True)
        self._shared: dict[tuple[Engine, Look, bool], Browser] = {}
        self._stack = ExitStack()
        self.net = Net()

    @contextmanager
    def tab(
        self,
        engine: Engine,
        path: Path,
        *,
        look: Look = "light",
        quiet: bool = True,
        scripts: bool = True,
        **context: Any,
    ) -> Iterator[Page]:
        """The file in a browser without a past. The page asks for nothing; where `quiet`, it complains of nothing."""
        settings = _settings(engine, look)["context"] | {"java_script_enabled": scripts} | context
        with self._browser(engine, look, scripts).new_context(**settings) as tab:
            watched = Watched()
            watched.watch(tab)
            page = tab.new_page()
            page.goto(path.as_uri())
            try:
                yield page
            except Exception as problem:
                problem.add_note(f"the page complained of {watched.complaints}")
                raise
            assert not watched.asked
            assert not (quiet and watched.complaints), watched.complaints

    @contextmanager
    def session(self, engine: Engine, folder: Path, *, look: Look = "light", **options: Any) -> Iterator[Session]:
        """A browser of its own with its profile in the folder, to be killed or closed."""
        session = Session(self._play, engine, folder, look, options)
        try:
            yield session
        finally:
            session.close()

    def saved(self, engine: Engine, page: Page, act: Deed) -> Path:
        """The file that the page gives to be saved when something is done, by the name that the page gives it."""
        if engine == "chromium":
            with page.expect_download() as started:
                act()
            path = self._folder / "saved" / started.value.suggested_filename
            started.value.save_as(path)
            return path
        act()
        found = _appeared(self._folder / engine)
        return found.rename(self._folder / "saved" / found.name)

    def printed(self, engine: Engine, page: Page) -> bytes:
        """The page as it is printed on A4, as PDF."""
        if engine == "chromium":
            return page.pdf(width="210mm", height="297mm")
        return page.pdf(width="21in", height="29.7in")  # Playwright gives inches where BiDi takes centimetres

    def close(self) -> None:
        """End every browser that was started."""
        self._stack.close()
        self.net.close()

    def _browser(self, engine: Engine, look: Look, scripts: bool) -> Browser:
        if engine == "chromium":
            look, scripts = "light", True  # here these are a page's own
        if (engine, look, scripts) not in self._shared:
            settings = _settings(engine, look)
            del settings["context"]
            if engine == "chromium":
                settings["proxy"] = {"server": f"http://127.0.0.1:{self.net.port}"}
            else:
                settings["firefox_user_prefs"] |= _proxied(self.net.port) | {"javascript.enabled": scripts}
            folder = self._folder / engine
            folder.mkdir(exist_ok=True)
            browser = _kind(self._play, engine).launch(**settings, downloads_path=folder)
            self._shared[engine, look, scripts] = self._stack.enter_context(browser)
        return self._shared[engine, look, scripts]


@contextmanager
def driver(folder: Path) -> Iterator[Browsers]:
    """The driver of the browsers, for tests and for drills."""
    play = sync_playwright().start()
    try:
        browsers = Browsers(play, folder)
        try:
            yield browsers
        finally:
            browsers.close()
    finally:
        play.stop()


@pytest.fixture(scope="module")
def browsers() -> Iterator[Browsers]:
    """The browsers of a module."""
    with TemporaryDirectory(prefix="quizgen-browsers-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        try:
            ready = stack.enter_context(driver(Path(folder)))
        except Exception as problem:  # it is a program of its own, and may lack a library
            pytest.skip(f"the driver of the browsers does not start here: {problem}")
        yield ready


def _kind(play: Playwright, engine: Engine) -> Any:
    return play.chromium if engine == "chromium" else play.firefox


def _settings(engine: Engine, look: Look) -> dict[str, Any]:
    """How the browser is started; `context` is what a page sees of it."""
    if engine == "chromium":
        return {"executable_path": program(engine), "args": _CHROMIUM_SWITCHES, "context": _CHROMIUM_LOOKS[look]}
    return {
        "executable_path": program(engine),
        "channel": "moz-firefox",
        "firefox_user_prefs": _FIREFOX_PREFERENCES | _FIREFOX_LOOKS[look],
        "context": {"color_scheme": "null"},
    }


def _proxied(port: int) -> dict[str, str | float | bool]:
    """Preferences of Firefox with which all goes to this port of this machine."""
    ways = ("http", "ssl")
    hosts = {f"network.proxy.{way}": "127.0.0.1" for way in ways}
    return {"network.proxy.type": 1, **hosts, **{f"network.proxy.{way}_port": port for way in ways}}


def _family(profile: Path) -> list[psutil.Process]:
    """The processes of the browser with this profile, the browser itself first."""
    for process in psutil.Process(os.getpid()).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if any(str(profile) in argument for argument in process.cmdline()):
                return [process, *process.children(recursive=True)]
    return []


def _appeared(folder: Path) -> Path:
    """The file that comes to be in the empty folder, when it is whole."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = list(folder.iterdir())
        if found and not any(path.suffix == ".part" for path in found) and all(path.stat().st_size for path in found):
            return found[0]
        time.sleep(0.05)
    raise AssertionError("nothing was saved")
