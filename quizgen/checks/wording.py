"""Checks of how an item is worded: vague words, words too many, words too hard, words that are the passage's own."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ..diagnostics import Diagnostic, warning
from ..items.quantity import quantities
from ..language import lix, sentences
from .english import without_quotations
from .reading import ArticleReading, ItemReading, OptionReading, Wording

_VAGUE = re.compile(
    r"\b(?:often|sometimes|usually|frequently|rarely|seldom|occasionally|generally|normally|typically|mostly"
    r"|hardly ever|from time to time|now and then|once in a while|most of the time|in most cases|as a rule)\b",
    re.IGNORECASE,
)
_VAGUE_WORDS = frozenset("""
    often sometimes usually frequently rarely seldom occasionally generally normally typically mostly ever time then
    while cases rule
""".split())  # fmt: skip
_ASKS_FOR_A_WORD = re.compile(r"\b(?:words?|adverbs?|synonym|means?|meaning|expression)\b", re.IGNORECASE)


def vague_frequency(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q419: what is right turns on a vague word of frequency.

    Found:   an option or a true_false statement with often, sometimes, usually, rarely, seldom, mostly and the like;
             not where the passage says so in that very word, and the key or the statement repeats it.
    Why:     people differ widely in what these words mean to them, and examiners do so too (Holsgrove & Elzubeir 1998,
             Medical Education 32, 343-350); so a careful reader may rightly disagree with the key.
    Example: stem: Farmers in the delta frequently harvest rice three times in one year.
    Mend:    say how often: In a good year farmers in the delta harvest rice three times.
    """
    for item in article.items if article.english else ():
        texts = [(option.wording, option.path) for option in item.options]
        if item.statement is not None:
            texts = [(item.statement, ("stem",))]
        for text, path in texts:
            match = None if _VAGUE_WORDS.isdisjoint(text.words) else _VAGUE.search(text.text)
            if match is None or _said(match[0], item):
                continue
            message = f"'{match[0].lower()}' means one thing to one reader and another to the next"
            yield warning("Q419", message, item.at_text(match[0], *path), "say how often, how many or when")


def _said(word: str, item: ItemReading) -> bool:
    """Whether the passage has the word and a key repeats it; or whether words themselves are asked for."""
    if item.options and _ASKS_FOR_A_WORD.search(item.stem.text):
        return True
    known = re.compile(rf"\b{word}\b", re.IGNORECASE)
    keys = (item.statement,) if item.statement is not None else item.keys
    repeated = any(known.search(key.text) for key in keys)
    return repeated and item.passage is not None and known.search(item.passage.wording.text) is not None


_MINDED = (
    r"(?:noted?|noting|noticed?|remember(?:ed|ing)?|recall(?:ed|ing)?|forget|forgotten|know(?:ing)?"
    r"|(?:keep|kept|bear|borne) in mind|mention(?:ed|ing)?|point(?:ed|ing)? out|stress(?:ed)?|reali[sz]ed?"
    r"|recogni[sz]ed?|understand|understood|added?|overlook(?:ed)?|denied|doubted)"
)
_LEARNED = (
    r"(?:know|knows|agree|agrees|remember(?:ed)?|recall(?:ed)?|learn(?:ed|t)?|seen|saw|heard|noticed?|stud(?:y|ied)"
    r"|discuss(?:ed)?|talked|understand|understood|found out|(?<=ve )read|(?<=now )read|(?<=just )read)"
)
_MAY = (
    r"(?: (?:all|may|might|can|will|would|must|should|have|just|surely|probably|certainly|perhaps|already|now|also))*"
)
_READ = r"(?:text|passage|story|article|paragraph|question|statement|sentence|lesson|above)s?"
_FILLERS = (
    # Of all that is or might be kept in mind, what follows is the matter.
    rf"it (?:is|must|should|can|cannot|may|might|has to|will)(?: (?!(?:said|known)\b)\w+){{0,4}}? {_MINDED}\b",
    rf"it was (?:\w+ ){{1,2}}to {_MINDED}\b|it (?:is|was) (?:well|generally|widely|commonly) (?:known|accepted|agreed)",
    r"it has (?:\w+ )?been (?:said|noted|observed|pointed out|remarked)|it goes without saying|needless to say",
    r"there (?:is|can be) (?:no|little) (?:doubt|question)|(?:it is )?(?:a|the) (?:well[- ]known )?fact (?:is )?that",
    r"(?:one|some|another) of the (?:\w+ ){1,3}(?:facts?|things?|points?) (?:about|of) (?:[\w-]+ ){1,4}(?:is|are)",
    r"(?:of course|obviously|clearly|naturally|interestingly|as a matter of fact|basically|as already mentioned)(?=,)",
    r"as (?:was |is |has been |already )*(?:said|mentioned|noted|explained|described|shown) (?:above|before|earlier)",
    r"throughout history|since (?:the dawn of|time immemorial)|nowadays(?=,)"
    r"|in (?:this day and age|(?:today's|(?:the|our) modern) world)",
    # What the reader knows or has learned.
    rf"(?:(?:as|like|since|because|if|when|now that|of course) )?(?:we|you){_MAY}(?: \w+ly)? {_LEARNED}\b",
    r"now that (?:you|we) have|(?:as )?(?:everyone|everybody) (?:knows|agrees|likes|loves|has heard)",
    r"have you ever|did you know|believe it or not",
    r"(?:based on|using|from|with|given|drawing on|thanks to) (?:all )?"
    r"(?:(?:what|everything)(?: that)? (?:you|we)\b|(?:the|your) knowledge(?: that)?(?: (?:you|we)\b)?)(?: \w+){1,3}",
    rf"(?:having|after)(?: \w+ly)? (?:re-?)?read(?:ing)? (?:\w+ ){{1,3}}?{_READ}",
    r"after \w+ing(?: \w+){1,5} (?:carefully|closely)|having (?:carefully )?read",
    r"without looking|to the best of your|use your (?:knowledge|memory)",
    # What the reader should do before the question comes.
    r"(?:please )?(?:try to |be sure to |make sure to )?(?:remember|recall|note|imagine) that",
    r"(?:please )?(?:try to|be sure to|make sure to|carefully) (?:re-?read|read|remember|recall|think|consider)",
    r"(?:please )?(?:bear|keep)(?:ing)? in mind|(?:please )?take a (?:\w+ )?(?:moment|minute|look)|let us|let's",
    rf"(?:please )?think (?:back|carefully|hard|for a moment|about (?:what|(?:the|this) {_READ}))",
    r"(?:please )?look (?:carefully|closely|again|back)|before (?:you )?(?:answer|choos|decid)(?:e|ing)?\b",
    r"(?:please )?(?:re-?)?read (?:\w+ ){0,6}(?:carefully|attentively|closely|again|once more)",
    r"(?:please )?(?:answer|consider) (?:the|this) (?:following |next )?question|here is (?:a|another) question",
)
"""Openings that say nothing of the matter; each line is a way of speaking to the reader instead."""
_FILLER = re.compile(rf"(?:{'|'.join(_FILLERS)})\b", re.IGNORECASE)
_STORY = 60
"""How many words before the question make a story."""
_SHARED = 3
"""How many words that all options have in common belong in the stem."""
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|her|hers|they|them|their|theirs|it|its|this|these|those|such|both|either|neither|here|there|then"
    r"|former|latter|you|your|we|our|i|my)\b",
    re.IGNORECASE,
)


def gratuitous_wording(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q422: words that could be dropped.

    Found:   three options or more that all begin, or all end, with the same three words or more; a stem that opens
             with filler ("As we all know, ..."), or tells a story of 60 words or more that its question does not need.
    Why:     reading takes time from answering, and from slow readers most; an item should hold little more than what
             is asked (Haladyna, Downing & Rodriguez 2002, guidelines 13 and 16: textbooks agree, studies are few).
    Example: distractors: [Because it feared high tolls, Because it feared a rising]
    Mend:    put the words into the stem once: Britain was against the canal because it feared ...
    """
    for item in article.items:
        if shared := _shared(item.options):
            message = f"every option repeats '{shared}'"
            yield warning("Q422", message, item.at_text(shared, *item.options[0].path), "say it once, in the stem")
        if article.english and (match := _FILLER.match(item.stem.text)):
            hint = "begin with what is asked"
            yield warning("Q422", f"'{match[0]}' asks nothing", item.at_text(match[0], "stem"), hint)
        elif article.english and (length := _needless_story(item)):
            message = f"the question does not need the {length} words before it"
            yield warning("Q422", message, item.at("stem"), "ask the question alone")


def _shared(options: Sequence[OptionReading]) -> str:
    """The words with which all options begin or end, as the first one has them; nothing where they are too few."""
    loose = [option.wording for option in options if option.option.pinned is None]
    if len(loose) < 3 or not _alike(loose[0].words, loose[1].words):
        return ""
    texts = [wording.text for wording in loose]
    split = [text.split() for text in texts]
    for step in (1, -1):
        rows = [row[::step] for row in split]
        same = list(takewhile(lambda column: len({_bare(word) for word in column}) == 1, zip(*rows, strict=False)))
        spelled = any(len(_bare(column[0])) > 1 for column in same)  # not a row of letters such as C, B, A
        if len(same) >= _SHARED and spelled and quantities(texts) is None:
            return " ".join([column[0] for column in same][::step]).rstrip(".")
    return ""


def _alike(one: Sequence[str], two: Sequence[str]) -> bool:
    return one[:_SHARED] == two[:_SHARED] or one[-_SHARED:] == two[-_SHARED:]


def _bare(word: str) -> str:
    return word.casefold().strip(".,;:!?\"'()“”’")


def _needless_story(item: ItemReading) -> int:
    """How many words stand before a question that rests on none of them; 0 where it needs them, or they are few."""
    if len(item.stem.words) <= _STORY:
        return 0
    *story, question = (item.article.wording(part) for part in sentences(item.stem.text))
    length = sum(len(part.words) for part in story)
    if length < _STORY or _points_back(question):
        return 0
    told = frozenset[str]().union(*(part.stems for part in story))
    if item.passage is not None:
        told -= item.passage.wording.stems
    asked = question.stems.union(*(option.wording.stems for option in item.options))
    return 0 if told & asked else length


def _points_back(question: Wording) -> bool:
    """Whether a question has a pronoun for what was told; one behind `when` stands for what the question names."""
    match = _POINTS_BACK.search(question.text)
    if match is None:
        return False
    before = question.text[: match.start()].split()
    return len(before) < 4 or before[-1].lower() not in _OF_ITSELF


_OF_ITSELF = frozenset("when while before after if as because until where".split())

_ENOUGH_WORDS = 15
_HARD = 50
_HARDER = 20


def harder_than_passage(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q427: the item is much harder to read than its passage.

    Found:   an item of 15 words or more whose stem and options have a LIX of at least 50, and of at least 20 above that
             of its passage. LIX is the mean number of words to a sentence plus the percentage of words longer than six
             letters (Björnsson 1968); each option counts as a sentence.
    Why:     who has understood the passage should not fail at the question. Plainer wording of items has raised scores
             a little (Abedi & Lord 2001, Applied Measurement in Education 14, 219-234). LIX only counts; it cannot tell
             a rare word from a common one.
    Example: stem: Which characteristic determines propagation velocity?     (the passage says: how fast it is)
    Mend:    use the words of the passage's own level; break a long question in two.
    """
    passages: dict[str, float] = {}
    for item in article.items:
        if item.passage is None or item.passage.missing:
            continue
        texts = (item.asked, *(option.wording for option in item.options))
        count = sum([len(text.words) for text in texts])
        long = sum([len([word for word in text.words if len(word) > 6]) for text in texts])
        if count < _ENOUGH_WORDS or count / len(texts) + 100 * long / count < _HARD:  # as hard as LIX can find it
            continue
        score = lix(". ".join(text.text for text in texts))
        if score < _HARD:
            continue
        name = item.passage.passage.id
        if name not in passages:
            passages[name] = lix(item.passage.wording.text)
        if score >= passages[name] + _HARDER:
            message = f"the item (LIX {score:.0f}) is harder to read than its passage (LIX {passages[name]:.0f})"
            yield warning(
                "Q427", message, item.at("stem"), "use shorter sentences and the plainer words of the passage"
            )


_COPIED = 8


def stem_copied(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q428: the stem is copied from the passage.

    Found:   a stem of which more than half, and at least eight words in a row, stands in the passage word for word,
             without quotation marks.
    Why:     who finds the same words in the passage can answer without having understood them (Anderson 1972, Review of
             Educational Research 42, 145-170: items should paraphrase).
    Example: stem: The land lies barely a metre above the sea, on average.     (the passage says exactly this)
    Mend:    say it in other words: Most fields of the delta are about as high as the water.
    """
    passages = {name: f" {' '.join(_whole(passage.wording.words))} " for name, passage in article.passages.items()}
    for item in article.items:
        own, text = item.stem.words, item.stem.text
        spaced = 2 * text.count(" ") >= len(own)  # where words have no spaces between them, eight signs are few
        if item.passage is None or len(own) < _COPIED or not spaced:
            continue
        plain = without_quotations(text)
        own = _whole(own if plain == text else article.wording(plain).words)
        if copied := _longest_run(own, passages[item.passage.passage.id]):
            message = f"{len(copied)} words in a row are those of the passage"
            quoted = re.search(r"\W+".join(map(re.escape, copied)), text, re.IGNORECASE)
            span = item.at_text(quoted[0], "stem") if quoted else item.at("stem")
            yield warning("Q428", message, span, "say it in other words, or put it in quotation marks")


def _whole(words: Sequence[str]) -> list[str]:
    """The words without the `s` of a decade."""
    return [word for word in words if word != "s"] if "s" in words else [*words]


def _longest_run(own: Sequence[str], passage: str) -> Sequence[str]:
    """The words in a row that a stem has from the passage; nothing where they are too few, or not most of it."""
    least = max(_COPIED, len(own) // 2 + 1)
    core = own[len(own) - least : least]  # what every run of this length has
    for start in range(len(own) - least + 1) if f" {' '.join(core)} " in passage else ():
        if f" {' '.join(own[start : start + least])} " in passage:
            end = start + least
            while end < len(own) and f" {' '.join(own[start : end + 1])} " in passage:
                end += 1
            return own[start:end]
    return ()


CHECKS = (vague_frequency, gratuitous_wording, harder_than_passage, stem_copied)
