"""Words that change with a number: `1 point`, `3 points`; in Russian `1 балл`, `3 балла`, `5 баллов`.

Languages cut the numbers into up to six categories, by the plural rules of CLDR
(https://cldr.unicode.org/index/cldr-spec/plural-rules). Those here are for what a quiz counts: numbers below a million,
with decimals.
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, get_args

Category: TypeAlias = Literal["zero", "one", "two", "few", "many", "other"]
CATEGORIES: tuple[str, ...] = get_args(Category)

# --- Rules: of a number, its absolute value; it is whole where its remainder by 1 is 0 ------------------------------


def _like_english(n: float) -> Category:
    return "one" if n == 1 else "other"


def _like_french(n: float) -> Category:
    return "one" if n < 2 else "other"


def _like_hindi(n: float) -> Category:
    return "one" if n <= 1 else "other"


def _never(n: float) -> Category:
    return "other"


def _like_russian(n: float) -> Category:
    if n % 1:
        return "other"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else "many"


def _polish(n: float) -> Category:
    found = _like_russian(n)
    return "many" if found == "one" and n != 1 else found


def _like_czech(n: float) -> Category:
    return "many" if n % 1 else "one" if n == 1 else "few" if 2 <= n <= 4 else "other"


def _hebrew(n: float) -> Category:
    return "one" if n == 1 or 0 < n < 1 else "two" if n == 2 else "other"


def _arabic(n: float) -> Category:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[int(n)]
    if n % 1:
        return "other"
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


RULES: dict[str, Callable[[float], Category]] = {
    "ar": _arabic,
    "he": _hebrew,
    "pl": _polish,
    **dict.fromkeys(("be", "ru", "uk"), _like_russian),
    **dict.fromkeys(("cs", "sk"), _like_czech),
    **dict.fromkeys(("fr", "hy", "pt"), _like_french),
    **dict.fromkeys(("am", "bn", "fa", "gu", "hi", "kn", "zu"), _like_hindi),
    **dict.fromkeys(("id", "ja", "km", "ko", "lo", "ms", "my", "th", "vi", "zh"), _never),
}
"""For every other language, as in English."""


def category(language: str, number: float) -> Category:
    """Into which category a number falls."""
    return RULES.get(language.lower().split("-")[0], _like_english)(abs(number))


# --- Words ------------------------------------------------------------------------------------------------------


class Counted(str):
    """Words with a number `{n}` in them. As a text, they are what is said of most numbers."""

    forms: Mapping[str, str]
    """Category -> what is said; `other` is always there, and stands for those that are not."""
    language: str

    def __new__(cls, forms: Mapping[str, str], language: str) -> "Counted":
        """The forms by category, among which must be `other`."""
        self = super().__new__(cls, forms["other"])
        self.forms, self.language = dict(forms), language
        return self

    def of(self, number: float) -> str:
        """What is said of the number; its `{n}` is still to be filled in."""
        return self.forms.get(category(self.language, number), self.forms["other"])


def each(word: str, change: Callable[[str], str]) -> str:
    """A word, or each form of it, changed."""
    if isinstance(word, Counted):
        return Counted({name: change(text) for name, text in word.forms.items()}, word.language)
    return change(word)


def as_data(word: str) -> str | dict[str, str]:
    """A word as a script is told it: a text, or what is said by category."""
    return dict(word.forms) if isinstance(word, Counted) else str(word)


def counted(name: str, number: float, said: Mapping[str, str]) -> str:
    """The number in words: `counted("points", 3, said)` is `3 points`."""
    return fill(_of(said[name], number), n=as_written(number, said))


def as_written(number: float, said: Mapping[str, str]) -> str:
    """The number in digits, with the decimal mark of the language."""
    return f"{number:g}".replace(".", said["decimal_mark"].strip("\u2066\u2069"))


def fill(text: str, **values: object) -> str:
    """The text with values in place of their names in braces; where it changes with a number `n`, the form for that."""
    number = values.get("n")
    if isinstance(number, int | float):
        text = _of(text, number)
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _of(word: str, number: float) -> str:
    return word.of(number) if isinstance(word, Counted) else word
