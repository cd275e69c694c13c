"""Browser pages that tests use one after another, each as if it were new.

To open a page costs Chromium about a second of processor time, to go to another address in one that
is open a fifth of that.  So when a test is done its page is cleaned, and the next test that wants a
page of the same kind gets it: storage, cookies, permissions, routes, history and what was pressed
are gone, size and preferences are set anew; only the browser's cache of files stays.

What cannot be taken back spoils a page, so that it is closed instead: a script for all documents,
another clock, a crash.  Pages of a test that failed are closed as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, ViewportSize

LAPTOP: Final[ViewportSize] = {"width": 1280, "height": 800}
PREFERENCES: Final = {
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
}
"""What a page is told of its reader unless the test says otherwise."""
STORAGE: Final = "cookies,local_storage,indexeddb,cache_storage,service_workers"
RESTING_PLACE: Final = "/healthz"
"""A small answer of the same origin: elsewhere Chromium would start a process for the next page."""
KEYS: Final = ("Shift", "Control", "Alt", "Meta")
AT_ONCE: Final = """
const sheet = new CSSStyleSheet();
sheet.replaceSync("html { scroll-behavior: auto !important }");
document.adoptedStyleSheets.push(sheet);
"""
"""Playwright scrolls to what it is about to point at and does not wait for a page that scrolls
smoothly: on a busy machine the pointer then goes down beside its target."""
SPOILERS: Final = (
    "add_init_script",
    "add_locator_handler",
    "expose_binding",
    "expose_function",
    "set_extra_http_headers",
    "set_geolocation",
    "set_offline",
)


@dataclass(eq=False)
class PooledPage:
    """A page, the context that it has for itself, and whether another test may have it."""

    kind: str
    base_url: str
    context: BrowserContext
    page: Page
    spoiled: bool = False
    sessions: list[CDPSession] = field(default_factory=list)

    def __post_init__(self) -> None:
        for owner in (self.page, self.context):
            for name in SPOILERS:
                if hasattr(owner, name):
                    setattr(owner, name, self._spoiling(getattr(owner, name)))
        clock: Any = self.page.clock
        for name in ("install", "pause_at", "set_fixed_time", "set_system_time"):
            setattr(clock, name, self._spoiling(getattr(clock, name)))
        self._new_session = self.context.new_cdp_session
        setattr(self.context, "new_cdp_session", self._open_session)  # noqa: B010 - typed as fixed

    def _spoiling(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.spoiled = True
            return method(*arguments, **options)

        return call

    def _open_session(self, page: Page) -> CDPSession:
        session = self._new_session(page)
        self.sessions.append(session)
        return session

    def dress(self, *, viewport: Any, permissions: list[str], **preferences: Any) -> None:
        """Give the page its size and its reader's preferences."""
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="null", **preferences)
        if permissions:
            self.context.grant_permissions(permissions)
        self.page.bring_to_front()

    def clean(self) -> None:
        """Take back what a test did. Raises playwright's Error when that is not possible."""
        self.context.unroute_all(behavior="ignoreErrors")
        self.page.unroute_all(behavior="ignoreErrors")
        for other in self.context.pages:
            if other != self.page:
                other.close()
        for session in self.sessions:
            session.detach()
        self.sessions.clear()
        self._let_go()
        self.page.goto(self.base_url + RESTING_PLACE)
        self._forget()
        self.context.clear_cookies()
        self.context.clear_permissions()

    def _let_go(self) -> None:
        self.page.mouse.up()
        self.page.mouse.move(0, 0)
        for key in KEYS:
            self.page.keyboard.up(key)

    def _forget(self) -> None:
        session = self._new_session(self.page)
        everything = {"origin": self.base_url, "storageTypes": STORAGE}
        session.send("Storage.clearDataForOrigin", everything)
        tab = {"securityOrigin": self.base_url, "isLocalStorage": False}
        session.send("DOMStorage.clear", {"storageId": tab})
        session.send("Page.resetNavigationHistory")
        session.detach()


class PagePool:
    """All pages of one browser that nobody uses at the moment."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: defaultdict[str, list[PooledPage]] = defaultdict(list)

    def take(self, base_url: str, **options: Any) -> PooledPage:
        """A clean page; the options are those of a browser context."""
        dress = {name: options.pop(name, usual) for name, usual in PREFERENCES.items()}
        dress["viewport"] = options.pop("viewport", LAPTOP)
        dress["permissions"] = options.pop("permissions", [])
        kind = repr((base_url, sorted(options.items())))
        pooled = self._idle[kind].pop() if self._idle[kind] else self._open(kind, base_url, options)
        pooled.dress(**dress)
        return pooled

    def _open(self, kind: str, base_url: str, options: dict[str, Any]) -> PooledPage:
        context = self._browser.new_context(base_url=base_url, viewport=LAPTOP, **options)
        context.add_init_script(AT_ONCE)
        return PooledPage(kind, base_url, context, context.new_page())

    def give_back(self, pooled: PooledPage, *, again: bool = True) -> None:
        """Clean the page for the next test; close it when that cannot be done."""
        try:
            if again and not pooled.spoiled and not pooled.page.is_closed():
                pooled.clean()
                self._idle[pooled.kind].append(pooled)
                return
        except Error:
            pass  # whatever happened to this page, another will do
        pooled.context.close()

    def close(self) -> None:
        """Close all pages."""
        for pages in self._idle.values():
            for pooled in pages:
                pooled.context.close()
        self._idle.clear()
