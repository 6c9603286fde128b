"""How screen and paper show what is not text: images, formulas, gaps; and the set of files that paper may use."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from markupsafe import Markup, escape

from .. import markup
from ..formula import to_mathml
from ..images import Image, safe


@dataclass
class Assets:
    """The files that a printed page may ask for, by URL. What is not in here does not exist for it."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def add(self, kind: str, media_type: str, content: bytes) -> str:
        """The URL under which a page finds the content."""
        url = f"asset:///{kind}/{sha256(content).hexdigest()[:32]}"
        self.files[url] = (media_type, content)
        return url


@dataclass(frozen=True)
class Screen:
    """A page in a browser: one file, so images are inside it; formulas are MathML, gaps are fields."""

    images: Mapping[str, Image]
    name: str = ""
    """The name of the item's fields, before the number of the gap."""
    gap_label: str = ""
    choose: str = ""
    """What a field says that is to be picked for, and is not yet."""
    bank: tuple[str, ...] = ()
    """The words that the item shows for its gaps: then a gap is a field to pick one of them."""

    def image(self, source: str, alt: str) -> str:
        """The image itself, in the page."""
        image = safe(self.images[source], source)
        data = base64.b64encode(image.content).decode()
        size = f'width="{image.width}" height="{image.height}"'
        return f'<img class="picture" src="data:{image.media_type};base64,{data}" alt="{escape(alt)}" {size}>'

    def formula(self, tex: str, *, display: bool) -> str:
        """MathML, which every browser sets and reads aloud."""
        return to_mathml(tex, display=display)

    def gap(self, number: int) -> str:
        """A field as wide as any other."""
        label = escape(self.gap_label.replace("{n}", str(number)))
        named = f'class="gap" name="{escape(self.name)}-{number}" aria-label="{label}"'
        if self.bank:
            picks = "".join(f"<option>{escape(markup.to_plain(word))}</option>" for word in self.bank)
            return f'<select {named}><option value="">{escape(self.choose)}</option>{picks}</select>'
        return f'<input type="text" {named} autocomplete="off" autocapitalize="off" spellcheck="false">'


@dataclass(frozen=True)
class Paper:
    """A printed page: images and formulas are files of its own closed set, gaps are lines."""

    images: Mapping[str, Image]
    assets: Assets

    def image(self, source: str, alt: str) -> str:
        """The image from the closed set."""
        image = safe(self.images[source], source)
        url = self.assets.add("image", image.media_type, image.content)
        return f'<img class="picture" src="{url}" alt="{escape(alt)}">'

    def formula(self, tex: str, *, display: bool) -> str:
        """The formula drawn, standing on the line of the text, with its TeX as its text."""
        drawing, width, height, depth = _drawn(tex, display)
        url = self.assets.add("formula", "image/svg+xml", drawing)
        kind = "formula display" if display else "formula"
        place = f"width: {width:.3f}em; height: {height:.3f}em; vertical-align: {depth:.3f}em"
        return f'<img class="{kind}" src="{url}" alt="{escape(tex)}" style="{place}">'

    def gap(self, number: int) -> str:
        """A line as long as any other."""
        return f'<span class="gap"><span>{number}</span></span>'


_SIZE = 20.0


@lru_cache(maxsize=4096)
def _drawn(tex: str, display: bool) -> tuple[bytes, float, float, float]:
    """The formula as SVG, with its width, its height and how far it reaches below the line, in em."""
    from ziamath.zmath import Math

    drawing = Math(to_mathml(tex, display=display), size=_SIZE)
    svg = drawing.svg()
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size
    return svg.encode(), float(size[1]) / _SIZE, float(size[2]) / _SIZE, drawing.getyofst() / _SIZE


@dataclass(frozen=True)
class TextSetter:
    """Sets a text in a medium; this is what a template calls."""

    medium: markup.Medium
    cited: markup.Citing | None = None
    """Where words of the passage stand; without it a citation shows the words alone."""

    def block(self, text: str) -> Markup:
        """Paragraphs, lists, tables."""
        return markup.to_html(text, self.medium, cited=self.cited)

    def line(self, text: str) -> Markup:
        """One line, without a paragraph around it."""
        return markup.to_html(text, self.medium, inline=True, cited=self.cited)

    def gapped(self, text: str) -> Markup:
        """The text of a cloze."""
        return markup.to_html(text, self.medium, gaps=True, cited=self.cited)

    def where(self, quotations: Sequence[str]) -> str:
        """Where these words of the passage stand: `lines 3–4, line 9`; nothing where that is not known."""
        told = [self.cited(words, False) for words in quotations] if self.cited else []
        return ", ".join(dict.fromkeys(filter(None, told)))
