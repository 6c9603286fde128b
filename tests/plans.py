"""Small banks, blueprints over them, and every form that there could be: what assembly is held against."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import product
from typing import Any

from hypothesis import strategies as st

from quizgen.assemble import Seen, assemble
from quizgen.assemble.check import unmet
from quizgen.assemble.conflict import Conflict, Mend, conflicts
from quizgen.assemble.pool import Names, draw_from, pool
from quizgen.assemble.problem import Demand, Problem
from quizgen.assemble.select import More, nothing_more
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint, Range
from quizgen.form import Form, FormItem, ItemSet, Section

from .strategies import file_of

Data = dict[str, Any]

SKILLS = ("retrieve", "infer", "interpret", "evaluate")
LEVELS = ("easy", "medium", "hard")
TYPES = ("true_false", "multiple_choice", "short_answer", "essay")
TAGS = ("red", "blue")
BODIES: dict[str, Data] = {
    "true_false": {"answer": "true"},
    "multiple_choice": {"answer": "w", "distractors": ["x", "y", "z"]},
    "short_answer": {"answers": ["w"]},
    "essay": {},
}


def item(name: str, kind: str = "true_false", **more: Any) -> Data:
    """An item as an author writes it."""
    return {"id": name, "type": kind, "stem": f"Which is {name}?", **BODIES[kind], **more}


def article(name: str, *items: Data, words: Sequence[int] = ()) -> Data:
    """A bank file with passages `p0`, `p1`, ... of so many words."""
    passages = [{"id": f"p{place}", "text": " ".join(["word"] * count)} for place, count in enumerate(words)]
    head = {"id": name, "title": f"On {name}", "language": "en", "license": "CC0-1.0"}
    return {"article": head, "passages": passages, "items": list(items)}


def bank_of(*articles: Data) -> Bank:
    """These bank files, read as any."""
    return Bank(tuple(file_of(data) for data in articles))


def plan(**demands: Any) -> Blueprint:
    """A blueprint as its file says it."""
    return Blueprint.model_validate({"quiz": "law", **demands})


# --- By chance --------------------------------------------------------------------------------------------------


@st.composite
def articles(draw: st.DrawFn, name: str = "a", most: int = 7) -> Data:
    """A small bank file with all that demands are about; some items are enemies."""
    words: list[int] = draw(st.lists(st.sampled_from([20, 100, 400]), max_size=3))
    count = draw(st.integers(1, most))
    items = []
    for number in range(count):
        made = item(f"i{number}", draw(st.sampled_from(TYPES)), points=draw(st.sampled_from(["1", "2", "0.5"])))
        for key, value in (("skill", st.sampled_from(SKILLS)), ("difficulty", st.sampled_from([*LEVELS, "0.65"]))):
            if draw(st.integers(0, 3)):
                made[key] = draw(value)
        made["tags"] = draw(st.lists(st.sampled_from(TAGS), unique=True))
        if draw(st.integers(0, 3)) and words:
            made["passage"] = f"p{draw(st.integers(0, len(words) - 1))}"
        enemy = draw(st.integers(0, 3 * count))
        if enemy < number:
            made["enemies"] = [f"i{enemy}"]
        items.append(made)
    return article(name, *items, words=words)


@st.composite
def banks(draw: st.DrawFn, most: int = 7) -> list[Data]:
    """One or two small bank files."""
    first = draw(articles("a", most))
    left = most - len(first["items"])
    return [first, draw(articles("b", left))] if left and draw(st.booleans()) else [first]


@st.composite
def ranges(draw: st.DrawFn, least: int = 0, most: int = 5) -> str:
    """As an author writes it: 3, 2-4 or 2+."""
    low = draw(st.integers(least, most))
    return draw(st.sampled_from([f"{low}", f"{low}+", f"{low}-{low + draw(st.integers(0, 2))}"]))


_DEMANDS = (
    "items", "points", "minutes", "articles", "passages", "per_passage", "types", "skills", "difficulty", "tags",
    "facility", "must_have", "must_not_have",
)  # fmt: skip


@st.composite
def demands(draw: st.DrawFn, bank: Sequence[Data], most: int = 4) -> Data:
    """Some demands on a form or a section of it, all of which mean something in the bank."""
    keys = draw(st.lists(st.sampled_from(_DEMANDS), unique=True, max_size=most))
    return {key: draw(_demand(key, bank)) for key in keys}


def _demand(key: str, bank: Sequence[Data]) -> st.SearchStrategy[Any]:
    items = [f"{data['article']['id']}/{one['id']}" for data in bank for one in data["items"]]
    passages = [f"{data['article']['id']}/{part['id']}" for data in bank for part in data["passages"]]
    tags = sorted({tag for data in bank for one in data["items"] for tag in one["tags"]})
    kinds = {
        "articles": [data["article"]["id"] for data in bank], "passages": passages, "types": TYPES, "skills": SKILLS,
        "difficulty": LEVELS, "tags": tags,
    }.get(key)  # fmt: skip
    match key:
        case "must_have" | "must_not_have":
            return st.lists(st.sampled_from(items), unique=True, min_size=1, max_size=2)
        case "facility":
            return st.sampled_from(["0.5", "0.3-0.6", "0.6+", "0.8-1"])
        case "points":
            return st.one_of(ranges(1), st.just("2.5"), st.just("0.5-1.5"))
        case "minutes":
            return st.sampled_from(["2", "5", "12", "1-4", "8-30", "6+"])
        case "items" | "per_passage":
            return ranges(1)
    assert kinds is not None
    if not kinds:
        return ranges() if key == "passages" else st.just([])
    listed = st.lists(st.sampled_from(kinds), unique=True, min_size=1)
    counted = st.dictionaries(st.sampled_from(kinds), ranges(0, 3), min_size=1, max_size=2)
    return st.one_of(ranges(0, 3), listed, counted) if key == "passages" else st.one_of(listed, counted)


@st.composite
def blueprints(draw: st.DrawFn, bank: Sequence[Data], sections: int = 2) -> Data:
    """A blueprint over the bank, without its name: demands on the whole, some on sections, and enemies."""
    whole = draw(demands(bank, 3))
    if draw(st.integers(0, 2)) == 0:
        whole["sections"] = [draw(demands(bank, 2)) for _ in range(draw(st.integers(1, sections)))]
    items = [f"{data['article']['id']}/{one['id']}" for data in bank for one in data["items"]]
    if len(items) > 1 and draw(st.integers(0, 3)) == 0:
        whole["enemies"] = [draw(st.lists(st.sampled_from(items), unique=True, min_size=2, max_size=3))]
    whole["order"] = draw(st.sampled_from(["by_passage", "fixed", "shuffled", "easy_to_hard"]))
    return whole


# --- All forms that there could be ------------------------------------------------------------------------------


def all_forms(bank: Bank, blueprint: Blueprint) -> Iterator[Form]:
    """Every choice of items for every section, as a form; without a thought for what is demanded."""
    items = [(file, one) for file in bank.files for one in file.items]
    plans = blueprint.plans
    for places in product(range(len(plans) + 1), repeat=len(items)):
        if any(place < len(plans) for place in places):
            numbers = iter(range(1, len(items) + 1))
            sections = []
            for section, wanted in enumerate(plans):
                sets: dict[tuple[str, str | None], list[Any]] = {}
                for (file, one), place in zip(items, places, strict=True):
                    if place == section:
                        sets.setdefault((file.article.id, one.passage), [file]).append(one)
                made = tuple(
                    ItemSet(
                        file, next((part for part in file.passages if part.id == passage), None), None,
                        tuple(FormItem(next(numbers), one) for one in own),
                    )
                    for (_, passage), (file, *own) in sets.items()
                )  # fmt: skip
                sections.append(Section(made, wanted.title, wanted.instructions))
            yield Form("X", "X", "en", tuple(sections), scoring=blueprint.scoring, pace=blueprint.tempo)


def sound_forms(bank: Bank, blueprint: Blueprint) -> Iterator[Form]:
    """Those of them that the independent check has nothing against."""
    return (form for form in all_forms(bank, blueprint) if not any(unmet(form, blueprint)))


def names(form: Form) -> list[str]:
    """The items of a form in order, by their full names."""
    return [f"{item_set.source.article.id}/{placed.item.id}" for item_set in form.sets for placed in item_set.items]


# --- Mends ------------------------------------------------------------------------------------------------------


def conflicts_of(bank: Bank, blueprint: Blueprint, seen: Iterable[str] = ()) -> list[Conflict]:
    """The conflicts of a blueprint that cannot be met, with their mends, as they are before they are put in words."""
    known = Names(bank)
    whole = pool(bank.files)
    pools = [draw_from(whole, [blueprint, section], known) for section in blueprint.plans]
    return conflicts(blueprint, pools, known, avoiding(frozenset(seen)))


def avoiding(seen: frozenset[str]) -> More:
    """That these items were seen."""

    def more(problem: Problem) -> list[Demand]:
        return [problem.at_most(("avoid", 0), f"avoid: {problem.blueprint.avoid[0]}", sorted(seen), Range(0, 0))]

    return more if seen else nothing_more


def followed(mends: Sequence[Mend], data: Data, bank: Sequence[Data]) -> tuple[Data, list[Data]]:
    """The blueprint and the bank files after a teacher has done what the mends say."""
    data, files = deepcopy(data), deepcopy(list(bank))
    gone: list[tuple[str | int, ...]] = []
    for number, mend in enumerate(mends):
        for missing in mend.items:
            file = next(file for file in files if file["article"]["id"] == missing.article)
            own = {
                "skill": missing.skill, "difficulty": missing.level, "tags": list(missing.tags),
                "passage": missing.passage,
            }  # fmt: skip
            kept = {key: value for key, value in own.items() if value}
            made = [f"new-{number}-{len(file['items']) + copy}" for copy in range(missing.count)]
            file["items"] += [item(name, missing.type or "multiple_choice", **kept) for name in made]
        for path, name in mend.lists:
            inside(data, path).append(name)
        if mend.demand and mend.to:
            inside(data, mend.demand.path[:-1])[mend.demand.path[-1]] = mend.demand.changed(mend.to).rpartition(": ")[2]
        elif mend.demand:
            gone.append(mend.demand.path)
    for path in sorted(gone, key=str, reverse=True):
        above = inside(data, path[:-1])
        if isinstance(above, str):
            del data[str(path[0])]
        else:
            del above[path[-1]]
    return data, files


def inside(data: Any, path: Sequence[str | int]) -> Any:
    """What stands at the end of a path."""
    for step in path:
        data = data[step]
    return data


def assembles(data: Data, bank: Sequence[Data], seen: Iterable[str] = (), forms: int = 1) -> bool:
    """Whether there are so many forms."""
    blueprint = plan(**data)
    known = Seen([frozenset(seen)] if blueprint.avoid else [])
    made, found = assemble(bank_of(*bank), blueprint, "seed", forms, seen=known)
    assert bool(made) != bool(found)
    return bool(made)


def shown(value: Any) -> str:
    """Plain data in a line, for a failing test."""
    return re.sub(r'"(\w+)":', r"\1:", json.dumps(value, ensure_ascii=False))
