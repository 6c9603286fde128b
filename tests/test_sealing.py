"""Sealed responses and reviews in a real browser: the page's script against the official vectors and against Python."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import FilePayload, Page

from quizgen.bundled import TEMPLATES
from quizgen.cli.review import texts_of
from quizgen.grading.keys import PrivateKey, public_key
from quizgen.grading.marking import results
from quizgen.grading.response_file import receipt
from quizgen.grading.review import MATH_ATTRIBUTES, TAGS, review, tree
from quizgen.grading.sealing import SUITE, to_base64url
from quizgen.render.screen import quiz_page

from .browsers import ENGINES, Browsers, Engine, browsers, program
from .test_responses import KEY, OTHER, PEOPLE, SEED, Build, build, opened, payload, perfect, written

__all__ = ["browsers"]  # a fixture

VECTOR: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "hpke.json").read_text())
SEEN = ("hpkeSeal", "responseFile", "receiptOf", "base64url", "fromBase64url")


def _parameter(engine: Engine) -> Any:
    missing = pytest.mark.skipif(program(engine) is None, reason=f"no {engine.title()} on this machine: make test")
    return pytest.param(engine, marks=missing)


@pytest.fixture(params=map(_parameter, ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each browser in turn."""
    found: Engine = request.param
    return found


@pytest.fixture
def page(browsers: Browsers, engine: Engine, tmp_path: Path) -> Iterator[Page]:
    """A page with the script, from a file as a student opens it, that tells its functions."""
    script = "".join((TEMPLATES / "player" / name).read_text(encoding="utf-8") for name in ("seal.js", "hpke.js"))
    shown = f"Object.assign(window, {{ {', '.join(SEEN)} }});"
    told = f"<script>'use strict'; (() => {{ const words = {{}}; {script}\n{shown} }})()</script>"
    path = tmp_path / "seal.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><title>x</title>{told}", encoding="utf-8")
    with browsers.tab(engine, path) as page:
        yield page


# --- The official vectors ---------------------------------------------------------------------------------------

SEAL_VECTOR = """async ([pk, info, text, aad, ephemeral]) => {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));
  const hex = (content) => Array.from(new Uint8Array(content), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { d, ...open } = ephemeral;
  const pair = {
    privateKey: await crypto.subtle.importKey("jwk", { ...open, d }, curve, false, ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("jwk", open, curve, true, []),
  };
  const { enc, sealed } = await hpkeSeal(bytes(pk), bytes(info), bytes(text), bytes(aad), pair);
  return [hex(enc), hex(sealed)];
}"""


def test_the_page_seals_as_the_official_vector_does(page: Page) -> None:
    point = bytes.fromhex(VECTOR["pkEm"])
    ephemeral = {"kty": "EC", "crv": "P-256", "x": to_base64url(point[1:33]), "y": to_base64url(point[33:]),
                 "d": to_base64url(bytes.fromhex(VECTOR["skEm"]))}  # fmt: skip
    first = VECTOR["encryptions"][0]
    given = [VECTOR["pkRm"], VECTOR["info"], first["pt"], first["aad"], ephemeral]
    assert page.evaluate(SEAL_VECTOR, given) == [VECTOR["enc"], first["ct"]]


def test_python_opens_what_the_official_vector_sealed() -> None:
    """The library's own function knows no bound data, which the vector has; so the last step is taken by hand: with the
    vector's key, which a text that the library seals must lead to as well."""
    first = VECTOR["encryptions"][0]
    text = AESGCM(bytes.fromhex(VECTOR["key"])).decrypt(
        bytes.fromhex(VECTOR["base_nonce"]), bytes.fromhex(first["ct"]), bytes.fromhex(first["aad"])
    )
    assert text.hex() == first["pt"]
    key = ec.derive_private_key(int(VECTOR["skRm"], 16), ec.SECP256R1())
    assert PrivateKey(key).public.content.hex() == VECTOR["pkRm"]
    again = AESGCM(bytes.fromhex(VECTOR["key"])).encrypt(bytes.fromhex(VECTOR["base_nonce"]), text, None)
    assert SUITE.decrypt(bytes.fromhex(VECTOR["enc"]) + again, key, bytes.fromhex(VECTOR["info"])) == text


# --- Sealed in the browser, opened in Python --------------------------------------------------------------------

MAKE = "async ([payload, recipients]) => responseFile(payload, { name: 'rivers', recipients })"


def recipients_of(made: Build) -> list[dict[str, str]]:
    return [{"id": public_key(point).fingerprint, "key": point} for point in made.told.settings.screen.recipients]


@pytest.mark.parametrize("to", [(), (KEY.public,), (OTHER.public, KEY.public)], ids=["nobody", "one", "two"])
def test_what_the_page_hands_in_is_opened(page: Page, to: Any) -> None:
    made = build(to, PEOPLE)
    said = payload(made, "7b-01", student={"id": "7b-01", "name": "Ånn “Lee” \u202e 李 😀"})
    file = page.evaluate(MAKE, [said, recipients_of(made)])
    content = file["text"].encode()
    assert (file["sealed"], file["receipt"]) == (bool(to), receipt(content))
    assert file["name"] == f"rivers-7b-01-{receipt(content)}.qgr"
    for key in [KEY, *([OTHER] if len(to) > 1 else [])]:
        (one,), found = opened(made, content, keys=[key])
        assert found == []
        assert {str(number): list(given) for number, given in one.answers.items()} == perfect(made.record("7b-01"))
    if to:
        assert b"7b-02" not in content
        assert len(json.loads(content)["body"]) * 3 // 4 % 1024 == 16


def test_no_two_files_of_a_response_have_anything_in_common(page: Page) -> None:
    made = build((KEY.public,))
    files = [json.loads(page.evaluate(MAKE, [payload(made, "A"), recipients_of(made)])["text"]) for _ in range(2)]
    for name in ("iv", "body"):
        assert files[0][name] != files[1][name]
    for name in ("enc", "cek"):
        assert files[0]["recipients"][0][name] != files[1]["recipients"][0][name]


def test_half_a_character_does_not_spoil_a_response(page: Page) -> None:
    made = build((KEY.public,))
    number = str(next(item.number for item in made.record("A").items if item.type == "essay"))
    text = page.evaluate(
        """async ([payload, number, recipients]) => {
          payload.answers[number] = ["cut \\ud83d", "\\ufeff"].slice(0, 1);
          return (await responseFile(payload, { recipients })).text;
        }""",
        [payload(made, "A"), number, recipients_of(made)],
    )
    (one,), found = opened(made, text.encode())
    assert (found, one.answers[int(number)]) == ([], ("cut \ufffd",))


def test_a_browser_that_cannot_seal_says_so_in_the_file(page: Page) -> None:
    made = build((KEY.public,))
    file = page.evaluate(
        """async ([payload, recipients]) => {
          Object.defineProperty(crypto, "subtle", { value: undefined });
          return responseFile(payload, { name: "rivers", recipients });
        }""",
        [payload(made, "A"), recipients_of(made)],
    )
    assert (file["sealed"], file["receipt"], file["name"]) == (False, None, "rivers-A-abcdefghij.qgr")
    _, found = opened(made, file["text"].encode())
    assert [diagnostic.code for diagnostic in found] == ["Q709"]
    (one,), found = opened(made, file["text"].encode(), allow=True)
    assert (found, one.sealed) == ([], False)


def test_a_public_key_that_is_none_never_ends_in_an_unsealed_file(page: Page) -> None:
    made = build((KEY.public,))
    bad = [{"id": "0" * 16, "key": to_base64url(b"\x04" + bytes(64))}]
    outcome = page.evaluate(
        "async ([payload, recipients]) => responseFile(payload, { recipients }).then(() => 'made', () => 'refused')",
        [payload(made, "A"), bad],
    )
    assert outcome == "refused"


# --- Handed in and reviewed in the page itself ------------------------------------------------------------------


@pytest.fixture
def quiz(browsers: Browsers, engine: Engine, tmp_path: Path) -> Iterator[Page]:
    """The page of form A, sealed for a teacher."""
    made = build((KEY.public,))
    path = tmp_path / "quiz.html"
    path.write_bytes(quiz_page(made.forms[0], made.told.settings, quiz="rivers", seed=SEED))
    with browsers.tab(engine, path) as page:
        page.wait_for_selector("html[data-ready]")
        yield page


def test_what_a_student_hands_in_in_the_page_is_opened(browsers: Browsers, engine: Engine, quiz: Page) -> None:
    made = build((KEY.public,))
    choosing = next(item for item in made.record("A").items if item.type == "multiple_choice")
    quiz.locator(f'#q{choosing.number} input[value="B"]').check()
    quiz.locator("input[name=name]").fill("Ann Lee")
    quiz.get_by_role("button", name="Check and hand in").click()
    quiz.get_by_role("button", name="Hand in", exact=True).click()
    last = quiz.locator("dialog[open]").get_by_role("button", name="Hand in", exact=True)
    path = browsers.saved(engine, quiz, last.click)
    (one,), found = opened(made, path.read_bytes())
    assert (found, one.sealed, one.student.name) == ([], True, "Ann Lee")
    assert dict(one.answers) == {choosing.number: ("B",)}
    assert path.name == f"rivers-A-{one.receipt}.qgr"
    assert quiz.locator(".receipt").text_content() == one.receipt


def reviewed(made: Build, answers: dict[str, list[str]]) -> dict[str, Any]:
    """The review of a response to form A."""
    (one,), found = opened(made, written(payload(made, "A", answers=answers)), allow=True)
    assert found == []
    whole: dict[str, Any] = json.loads(
        review(one, made.forms[0], results([one], made.told).students[0], made.told.quiz_id, texts_of)
    )
    return whole


def show(quiz: Page, content: dict[str, Any]) -> None:
    file = FilePayload(name="r.qgv", mimeType="application/json", buffer=json.dumps(content).encode())
    quiz.locator("#review-file").set_input_files(file)


def test_a_review_shows_points_answers_reasons_and_evidence(quiz: Page) -> None:
    made = build((KEY.public,))
    form = made.forms[0]
    answers = perfect(made.record("A"))
    item = next(
        placed
        for placed in form.items
        if placed.item.type == "multiple_choice" and any(c.why for c in placed.item.printed)
    )
    wrong = next(
        n for n, choice in enumerate(item.item.printed) if choice.why and choice.id != item.item.correct_response()
    )
    answers[str(item.number)] = ["ABCDEFG"[wrong]]
    told = reviewed(made, answers)
    show(quiz, told)
    assert quiz.locator("section.reviewed .score").text_content() == f"{told['earned']:g} / {told['points']:g} points"
    box = quiz.locator(f"#q{item.number} + .reviewed")
    assert box.locator(".verdict.wrong").text_content() == f"Not right. 0 / {item.item.points:g} points"
    assert box.locator(".keyed b").text_content() == item.item.key_lines()[0].mark
    assert box.locator(".chosen b").text_content() == "ABCDEFG"[wrong]
    assert box.locator(".why").text_content()
    assert quiz.locator(".reviewed .verdict.right").count() == len(list(form.items)) - 1 - by_hand(told)
    assert quiz.locator(f"#q{item.number} input:checked").get_attribute("value") == "ABCDEFG"[wrong]
    box.get_by_role("button").click()
    marked = "".join(quiz.locator("mark").all_text_contents())
    assert "".join(marked.split()) == "".join("".join(told["items"][str(item.number)]["evidence"]).split())
    assert quiz.locator("fieldset input:enabled").count() == 0


def by_hand(told: dict[str, Any]) -> int:
    return sum(item["earned"] is None for item in told["items"].values())


HOSTILE_TREE = [
    ["script", {}, ["window.pwned=1"]], ["img", {"src": "x", "onerror": "window.pwned=1"}, []],
    ["a", {"href": "javascript:window.pwned=1", "onclick": "window.pwned=1"}, ["click"]],
    ["iframe", {"srcdoc": "<script>parent.pwned=1</script>"}, []], ["svg", {"onload": "window.pwned=1"}, []],
    ["math", {"href": "javascript:window.pwned=1", "style": "color:red"}, [["mi", {"onclick": "x"}, ["x"]]]],
    ["p", {"style": "color:red", "id": "q1", "class": "passage"}, ["<img src=x onerror=window.pwned=1>"]],
    ["__proto__", {}, ["x"]], ["constructor", {}, ["y"]], [["p"], {}, "z"], None, 7, {"a": 1}, ["p"], ["p", None, None],
    ["img", {"src": "https://evil.example/x.png"}, []], ["form", {"action": "https://evil.example/"}, []],
]  # fmt: skip


PROVOKE = """() => {
  for (const element of document.querySelectorAll(".reviewed *")) {
    for (const kind of ["click", "mouseover", "focus", "load", "error"]) element.dispatchEvent(new Event(kind));
  }
}"""


def test_a_hostile_review_does_nothing(quiz: Page) -> None:
    made = build((KEY.public,))
    deep: list[Any] = ["end"]
    for _ in range(300):
        deep = [["em", {}, deep]]
    told = reviewed(made, {})
    one = {
        "earned": 0,
        "points": "1e9",
        "rationale": [*HOSTILE_TREE, *deep],
        "chosen": [{"mark": {}, "why": HOSTILE_TREE}, None],
        "answer": [{"mark": "<b>", "text": HOSTILE_TREE}, {}, None],
        "evidence": [7, "", "<script>"],
    }
    items = dict.fromkeys(told["items"], one) | {"1": None, "2": 7, "__proto__": one, "body": one}
    show(quiz, told | {"items": items, "student": 7, "answers": [["A"]], "earned": {}, "points": None})
    quiz.wait_for_selector("section.reviewed")
    quiz.evaluate(PROVOKE)
    assert quiz.evaluate("() => window.pwned") is None
    assert quiz.locator(".reviewed").locator("script, iframe, form, object, [style], [onclick], [onerror]").count() == 0
    assert quiz.locator(".reviewed img:not([src])").count() == quiz.locator(".reviewed img").count()
    assert quiz.locator("#q1").count() == 1


# --- The trees of reviews ---------------------------------------------------------------------------------------


def test_only_what_is_listed_comes_into_a_review() -> None:
    written_ = (
        '<p class="x" onclick="y">a<br><script>b</script><!-- c --><span>d</span></p>'
        '<a href="javascript:e">f</a><a href="https://example.org/">g</a>'
        '<math href="h" display="block"><mi onclick="i">j</mi></math><img src="https://k/" alt="l">m'
    )
    assert tree(written_) == [
        ["p", {}, ["a", ["br", {}, []], "b", "d"]],
        ["a", {}, ["f"]],
        ["a", {"href": "https://example.org/"}, ["g"]],
        ["math", {"display": "block"}, [["mi", {}, ["j"]]]],
        ["img", {"alt": "l"}, []],
        "m",
    ]


def test_the_page_has_the_same_lists() -> None:
    script = (TEMPLATES / "player" / "reviewfile.js").read_text(encoding="utf-8")
    lists = [frozenset(part.partition('"')[0].split()) for part in script.split('listed("')[1:]]
    assert lists[0] | lists[1] == TAGS
    assert lists[2] == MATH_ATTRIBUTES
