"""As much English grammar as can be seen without a parser: verbs and their forms, articles, number, quotations.

Verbs are known from a list of the common ones, and by the endings of all others; so what is found here is a likely
reading, never a proof, and a check that asks wants a second sign.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

AUXILIARIES = frozenset("""
    is are was were am has have had does do did can could will would shall should may might must isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't can't couldn't won't wouldn't shouldn't mustn't cannot
""".split())  # fmt: skip
NOMINATIVES = frozenset("he she it they we there i you".split())
DETERMINERS = frozenset("""
    a an the this that these those its his her their our my your no some any each every another both several many most
    few all one two three four five six seven eight nine ten
""".split())  # fmt: skip
PREPOSITIONS = frozenset("""
    about above across after against along among around at before behind below beneath beside between beyond by down
    during for from in inside into near of off on onto out outside over past since through throughout to toward towards
    under until up upon with within without
""".split())  # fmt: skip
SUBORDINATORS = frozenset("""
    that who whom whose which what when where why how because if unless although though while whether than as until
    before after since
""".split())  # fmt: skip
REPORTING = frozenset("""
    say says said think thinks thought believe believes believed claim claims claimed know knows knew hope hopes hoped
    show shows showed feel feels felt fear fears feared
""".split())  # fmt: skip
_BEHIND_A_VERB = (DETERMINERS | PREPOSITIONS | frozenset("""
    it him them me us itself himself herself themselves apart away back together forward here there again not only how
    that what as more much less little enough once twice late early first last far well soon too
""".split())) - {"of"}  # fmt: skip

# base past participle; what is a noun or an adjective as often has a star
_IRREGULAR = """
    bear* bore borne, beat* beat beaten, become became become, begin began begun, bend* bent bent, bind bound* bound,
    bite* bit* bitten, blow* blew blown, break* broke broken, bring brought brought, build built built,
    burst* burst* burst, buy bought bought, cast* cast* cast, catch* caught caught, choose chose chosen,
    cling clung clung, come came come, cost* cost* cost, creep* crept crept, cut* cut* cut, deal* dealt dealt,
    dig dug dug, draw drew drawn, drink* drank drunk, drive* drove driven, eat ate eaten, fall* fell fallen,
    feed* fed fed, feel felt* felt, fight* fought fought, find* found found, flee fled fled, fly* flew flown,
    forbid forbade forbidden, forget forgot forgotten, freeze froze frozen, get got got, give gave given,
    go went gone, grind ground* ground, grow grew grown, hang hung hung, hear heard heard, hide* hid hidden,
    hit* hit* hit, hold* held held, hurt* hurt* hurt, keep kept kept, kneel knelt knelt, know knew known,
    lay laid laid, lead* led led, learn learnt learnt, leave* left* left, lend lent lent, let let let, lie* lay lain,
    lose lost lost, make made made, mean* meant meant, meet met met, overcome overcame overcome, pay* paid paid,
    put put put, read* read* read, rebuild rebuilt rebuilt, ride* rode ridden, ring* rang rung, rise* rose* risen,
    run* ran run, see saw* seen, seek sought sought, sell sold sold, send sent sent, set* set* set,
    shake* shook shaken, shine* shone shone, shoot* shot* shot, show* showed shown, shrink shrank shrunk,
    shut* shut* shut, sing sang sung, sink* sank sunk, sit sat sat, sleep* slept slept, slide* slid slid,
    speak spoke* spoken, spend spent spent, spin* spun spun, split* split* split, spread* spread* spread,
    stand* stood stood, steal stole stolen, stick* stuck stuck, sting* stung stung, strike* struck struck,
    swear swore sworn, sweep* swept swept, swell* swelled swollen, swim* swam swum, swing* swung swung,
    take took taken, teach taught taught, tear* tore torn, tell told told, think thought* thought,
    throw* threw thrown, undergo underwent undergone, understand understood understood, wake* woke woken,
    wear* wore worn, weave* wove woven, win* won won, withdraw withdrew withdrawn, write wrote written
"""
_REGULAR = """
    absorb accept add adopt agree allow answer* appear arrive ask attack* attract avoid ban* belong borrow bounce*
    breathe breed burn* carry cause* change* circle* clear climb* close* collapse* collect combine compose condense
    conduct connect conquer consist consume contain continue control* cool* cover* create cross* defend depend
    describe destroy die digest* disappear discover dissolve divide drift* drop* dry* earn elect emerge emit employ
    enter erupt escape* evaporate evolve exist expand explain explore export* extend feature* fill float* flow*
    follow form* gain* gather generate govern grant* graze guide* happen hatch* heat* help* hire hope* hunt* import*
    improve include increase* invade invent invest join jump* land* last* leap* let link* live look* lower march*
    marry measure* melt migrate mine* move* need* nest* obey occupy occur offer* open* orbit* order* owe own* paint*
    pass* perform permit* plant* play* possess preserve press* prevent produce* promise* protect protest* prove
    provide publish pull* push* put raise reach* receive record* reduce refer reflect refuse reject release* rely
    remain* remove repel replace represent require resist rest* restore retire return* reveal roam rotate rule*
    sail* save scatter separate* serve settle shrink sign* signal* smell* sound* spread* start* stay* stop* store*
    strengthen stretch* study* succeed suffer supply* support* surround swallow* taste* test* thrive tie* trade*
    train* transform translate transmit trap* travel* turn* unite use* vanish visit* vote* wander want* warm* warn
    wash weaken weigh work*
"""


def _third(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "o")) else f"{base}s"


def _forms() -> tuple[dict[str, str], frozenset[str]]:
    """Verb form -> its name; and those forms that are nouns or adjectives as often."""
    forms: dict[str, str] = {}
    doubtful = set()
    table = [row.split() for row in _IRREGULAR.split(",")] + [[word] for word in _REGULAR.split()]
    for base, *rest in table:
        plain = base.rstrip("*")
        row = {plain: "base", _third(plain): "third"} | ({rest[0].rstrip("*"): "past"} if rest else {})
        if len(rest) > 1:
            row.setdefault(rest[1], "participle")
        elif plain.endswith("e"):
            row[f"{plain}d"] = "past"
            doubtful.add(f"{plain}d")
        for word, name in row.items():
            forms.setdefault(word, name)
        doubtful |= {plain, _third(plain)} if base != plain else set()
        doubtful |= {word.rstrip("*") for word in rest if word.endswith("*")}
    return forms | dict.fromkeys(AUXILIARIES, "auxiliary"), frozenset(doubtful)


_FORMS, _DOUBTFUL = _forms()
_FREE_PASTS = frozenset(
    row.split()[1].rstrip("*") for row in _IRREGULAR.split(",") if len({*row.replace("*", "").split()[1:]}) == 2
)
_NO_PAST = frozenset("hundred indeed need seed speed feed breed exceed succeed proceed weed greed sacred naked".split())
_NO_GERUND = frozenset("nothing something everything anything during morning evening string spring".split())


@lru_cache(maxsize=1 << 16)
def verb_form(word: str) -> str:
    """How a word looks as a verb: auxiliary, past, participle, third (person), base, ing; nothing where it is none."""
    known = _FORMS.get(word)
    if known is not None:
        return known
    if word[:1].isupper():
        return ""
    if word.endswith("ed") and len(word) > 4 and word not in _NO_PAST:
        return "past"
    return "ing" if word.endswith("ing") and len(word) > 5 and word not in _NO_GERUND else ""


def is_finite(tokens: Sequence[str], place: int, *, free: bool = False) -> bool:
    """Whether the token at a place is most likely the verb of a clause.

    What may be a noun as well counts only with an object, a preposition or the like behind it. With `free`, forms that
    may be participles (built, opened) do not count.
    """
    word = tokens[place]
    form = verb_form(word)
    if form in ("", "ing", "participle") or (free and form == "past" and word not in _FREE_PASTS):
        return False
    if form == "auxiliary" or (word not in _DOUBTFUL and word in _FORMS):
        return True
    behind = tokens[place + 1] if place + 1 < len(tokens) else "."
    return goes_on(behind) or (form == "past" and not behind[0].isalpha())


_OBJECTS = frozenset("a an the its his her their it them him".split())
_NO_VERBS = (
    DETERMINERS
    | PREPOSITIONS
    | SUBORDINATORS
    | frozenset("only not just even mostly so such or and but either neither like half".split())
)


def has_an_object(tokens: Sequence[str]) -> bool:
    """Whether a text begins with a verb that no list has to know, seen by its object: dissolves the, spell out its."""
    first, *behind = tokens
    if behind and behind[0] in ("out", "away", "back"):
        behind = behind[1:]
    return (
        bool(behind) and behind[0] in _OBJECTS and first not in _NO_VERBS
        and first.isalpha() and not first.endswith(("ly", "ing"))
    )  # fmt: skip


def goes_on(behind: str) -> bool:
    """Whether a word is one that stands behind verbs rather than nouns: an article, a preposition, a name."""
    return behind in _BEHIND_A_VERB or behind.endswith("ly") or behind[0].isdigit() or behind[0].isupper()


_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|(?<!\w)['‘][^'’]+['’](?!\w)")


def tokens(text: str) -> list[str]:
    """The words and the punctuation of a text; inside of it, names keep their capitals."""
    first, *others = _TOKEN.findall(text.replace("’", "'")) or [""]
    return [first.lower(), *others] if first else []


def without_quotations(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub(" … ", text)


_AN = re.compile(
    r"(?!one\b|once\b|uni(?![nm])|use|usu|uti|eu|ew|ubiq|ura|uk\b)[aeiou]|hour|honest|honou?r|heir|8|11\b|18\b|x-ray"
)
_AN_BY_ITS_LETTER = re.compile(r"[AEFHILMNORSX]")


def takes_an(text: str) -> bool:
    """Whether `an` goes before a text, by its sound: an hour, an MP, but a union."""
    if text[:2].isupper():
        return bool(_AN_BY_ITS_LETTER.match(text))
    return bool(_AN.match(text.lower()))
