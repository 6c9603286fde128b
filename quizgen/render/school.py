"""What a school's settings change on every page: its colour."""

from markupsafe import Markup


def accent(colour: str | None) -> Markup:
    """The rules that colour headings and the lines beside them, on screen and paper; nothing without a colour.

    The colour is `#rrggbb`, and dark enough to be read on white: settings are read that way.
    """
    if colour is None:
        return Markup("")
    headings = "h1, h2, h3, .kicker, .article, .heading"
    return Markup(f":root {{ --accent: {colour}; }} {headings} {{ color: {colour}; border-color: {colour}; }}")  # noqa: S704
