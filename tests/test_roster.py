"""Rosters and seat maps as spreadsheets write them; what is wrong with one is told at its place, all at once."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.diagnostics import Diagnostic, Severity
from quizgen.form import Candidate
from quizgen.roster import Roster, Seats, in_rows, parse, parse_seats, read, read_seats
from quizgen.table import MAX_ROWS

MANUAL = Path(__file__).parent.parent / "docs" / "roster.md"
ANN_AND_BOB = (Candidate("s1", "Ann Lee", 0.25), Candidate("s2", "Bob", edition="large-print"))


def roster(text: str) -> Roster:
    """A roster without a fault."""
    found, faults = parse(text.encode(), "7b.csv")
    assert faults == []
    assert found is not None
    return found


def refused(text: str | bytes) -> list[Diagnostic]:
    """What is wrong with a roster."""
    found, faults = parse(text if isinstance(text, bytes) else text.encode(), "7b.csv")
    assert found is None
    assert all(fault.severity is Severity.ERROR for fault in faults)
    return faults


def marked(fault: Diagnostic) -> tuple[int, str]:
    """The line of a fault, and what of it is marked."""
    return fault.span.line, fault.span.source[fault.span.column - 1 : fault.span.end - 1]


def wrong(text: str) -> tuple[int, str, str, str]:
    """The only fault of a roster: its line, what is marked there, its message and its hint."""
    (fault,) = refused(text)
    assert fault.code == "Q510"
    return *marked(fault), fault.message, fault.hint


@pytest.mark.parametrize(
    "text",
    [
        "id,name,extra_time,edition\ns1,Ann Lee,25%,\ns2,Bob,,large-print\n",
        "\ufeffid;name;extra_time;edition\r\ns1;Ann Lee;25 %;\r\ns2;Bob;0;large-print",
        "id\tname\textra_time\tedition\rs1\tAnn Lee\t25\tstandard\rs2\tBob\t\tlarge-print\r",
        '"ID", "Name ", "Extra time", Edition\n"s1","Ann Lee","25",""\n\n,,,\ns2,Bob,,large-print,,\n',
        "sep=;\nNAME;Class;EXTRA-TIME;edition;id\nAnn Lee;7,B;+25,0%;;s1\nBob;7B;;large-print;s2\n",
        'id,address,name,edition,extra_time\ns1,"3 Mud Lane\nPort ""Old""",Ann Lee,,25%\ns2,,Bob,large-print\n',
    ],
)
def test_a_roster_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert roster(text).candidates == ANN_AND_BOB


def test_who_has_no_name_is_called_by_the_id() -> None:
    assert roster("id\n007\n").candidates == (Candidate("007", "007"),)
    assert roster("id,name\n007,\n8\n").candidates == (Candidate("007", "007"), Candidate("8", "8"))


def test_what_a_spreadsheet_would_calculate_is_a_name() -> None:
    assert roster("id,name\n1,=1+1\n2,@Bob\n3,*Ann* <b>\n").candidates == (
        Candidate("1", "=1+1"),
        Candidate("2", "@Bob"),
        Candidate("3", "*Ann* <b>"),
    )


@pytest.mark.parametrize("name", ["Åsa-7", "анна_1", "७अनु", "अनु-की", "小明.2", "x" * 60])
def test_an_id_is_of_letters_and_digits_of_any_script(name: str) -> None:
    assert roster(f"id\n{name}\n").candidates[0].id == name


@pytest.mark.parametrize(
    ("text", "share"), [("12.5%", 0.125), ("12,5 %", 0.125), ("300", 3), ("+50%", 0.5), ("2%", 0.02), ("0", 0)]
)
def test_extra_time_is_per_cent_of_the_working_time(text: str, share: float) -> None:
    assert roster(f"id;extra time\n1;{text}\n").candidates[0].extra_time == share


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("+10 min", "10 minutes more of 40 are 25%"),
        ("15 minutes", "15 minutes more of 40 are 37.5%"),
        ("0.25", "write 25% for a quarter more, 50% for time and a half; leave the cell empty for none"),
        ("1.5", "write 25% for a quarter more"),
        ("4.99", "write 25% for a quarter more"),
        ("yes", "leave the cell empty for none"),
        ("-25%", "leave the cell empty for none"),
        ("25%%", "leave the cell empty for none"),
    ],
)
def test_other_extra_times_are_refused_with_what_to_write(text: str, hint: str) -> None:
    line, at, message, found = wrong(f"id,extra_time\n1,25%\n2,{text}\n")
    assert (line, at, message) == (3, text, f"'{text}' is not an extra time")
    assert hint in found


def test_nobody_has_more_than_four_times_the_time() -> None:
    assert wrong("id,extra_time\n1,301%\n")[:3] == (2, "301%", "an extra time of more than 300%")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "there is no id"),
        ("a b", "an id cannot have a space in it: files are named by it"),
        ("a/b", "an id cannot have '/' in it: files are named by it"),
        ("../b", "an id cannot have '/' in it: files are named by it"),
        ("a\\b", "an id cannot have '\\' in it: files are named by it"),
        ("a:b", "an id cannot have ':' in it: files are named by it"),
        ("a\u202eb", "an id cannot have the character U+202E in it: files are named by it"),
        ("a\u200bb", "an id cannot have the character U+200B in it: files are named by it"),
        (".a", "'.a' cannot be an id: files are named by it"),
        ("-a", "'-a' cannot be an id: files are named by it"),
        ("a.", "'a.' cannot be an id: files are named by it"),
        ("\u0301a", "'\u0301a' cannot be an id: files are named by it"),
        ("CON", "'CON' cannot be an id: Windows has no files of this name"),
        ("nul.7b", "'nul.7b' cannot be an id: Windows has no files of this name"),
        ("x" * 61, "an id of more than 60 characters"),
    ],
)
def test_an_id_must_be_able_to_name_a_file(name: str, message: str) -> None:
    line, at, found, hint = wrong(f"name,id,edition\nAnn,{name},large-print\n")
    assert (line, found) == (2, message)
    assert at == (name or ",")
    assert hint


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a\u202eb", "a name cannot have the character U+202E in it"),
        ("a\x1bb", "a name cannot have the character U+001B in it"),
        ("a\x00b", "a name cannot have the character U+0000 in it"),
        ("y" * 101, "a name of more than 100 characters"),
    ],
)
def test_a_name_is_what_can_be_printed_on_a_line(name: str, message: str) -> None:
    assert wrong(f"id,name\n1,{'y' * 100}\n2,{name}\n")[:3] == (3, name, message)


def test_a_name_on_two_lines_is_marked_on_its_first() -> None:
    assert wrong('id,name\n1,"An\nn"\n2,Bob\n')[:3] == (2, '"An', "a name cannot have a line break in it")


def test_an_edition_is_one_that_there_is() -> None:
    assert wrong("id,edition\n1,Large Print\n") == (
        2, "Large Print", "'Large Print' is not an edition", "write large-print",
    )  # fmt: skip
    assert "large-print" in wrong("id,edition\n1,крупный\n")[3]
    assert wrong("id,edition\n1,large-prnt\n")[3] == "did you mean 'large-print'?"


def test_several_editions_are_joined() -> None:
    found = roster("id,edition\n1,high-contrast + large-print\n2,standard\n3,\n").candidates
    assert [candidate.edition for candidate in found] == ["large-print+high-contrast", None, None]
    assert wrong('id,edition\n1,"large-print, high-contrast"\n')[3] == "write large-print+high-contrast"


def test_no_id_names_the_file_of_anothers_edition() -> None:
    assert wrong("id\n7b\n7b-Large-Print\n")[:2] == (3, "7b-Large-Print")
    assert roster("id\n7b-large\n").candidates[0].id == "7b-large"


@pytest.mark.parametrize("second", ["s1", "S1"])
def test_two_ids_never_name_one_file(second: str) -> None:
    line, at, message, hint = wrong(f"id,name\ns1,Ann\ns2,Bob\n{second},Cy\n")
    assert (line, at, message) == (4, second, f"the id '{second}' stands a second time, after line 2")
    assert "capitals" in hint


def test_ids_that_look_alike_are_alike() -> None:
    assert wrong("id\n\u00e4\nA\u0308\n")[:2] == (3, "A\u0308")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the roster is empty"),
        ("\n , ,\n", "the roster is empty"),
        ("id,name\n", "the roster has no candidates"),
        ("name,class\nAnn,7b\n", "there is no column `id`"),
        ("s1,Ann\ns2,Bob\n", "there is no column `id`"),
    ],
)
def test_a_roster_has_titles_and_candidates(text: str, message: str) -> None:
    assert wrong(text)[2] == message


def test_a_title_stands_once() -> None:
    assert wrong("id,Name,name\n1,Ann,Lee\n")[:3] == (1, "name", "the column `name` stands a second time")


def test_a_cell_without_a_column_is_marked() -> None:
    line, at, message, hint = wrong("id,name\n1,Lee, Ann\n2,Bob,,\n")
    assert (line, at) == (2, "Ann")
    assert message == "a cell more than there are columns: 3 in 2 columns"
    assert "in quotes" in hint


def test_an_open_quotation_mark_costs_one_line_only() -> None:
    faults = refused('id,name\n1,"Ann\n2,Bob\n.3,Cy\n')
    assert [(*marked(fault), fault.message) for fault in faults] == [
        (2, '"Ann', "quotation marks that do not match"),
        (4, ".3", "'.3' cannot be an id: files are named by it"),
    ]


def test_every_fault_is_told_at_once_and_in_order() -> None:
    faults = refused('id;name;extra_time;edition\n"a b";"x\x07";1 h;Big\n1;;;;y\n1;"q" r\n')
    assert [marked(fault) for fault in faults] == [
        (2, '"a b"'), (2, '"x\x07"'), (2, "1 h"), (2, "Big"), (3, "y"), (4, '"q" r'),
    ]  # fmt: skip


def test_a_fault_looks_like_any_other() -> None:
    (fault,) = refused("id;name\n1;Ann\n2 ;Bob\n c d;Cy\n")
    assert str(fault) == (
        "7b.csv:4:2: error[Q510]: an id cannot have a space in it: files are named by it\n"
        "    4 |  c d;Cy\n"
        "      |  ^^^\n"
        "      = hint: use letters, digits, and . _ - between them"
    )


def test_only_utf_8_is_read() -> None:
    (fault,) = refused(b"id,name\r\n1,M\xfcller\r\n")
    assert (fault.code, fault.message) == ("Q009", "the file is not UTF-8: byte 0xfc")
    assert (fault.span.line, fault.span.column) == (2, 4)
    assert [fault.code for fault in refused("id,name\n1,Ann".encode("utf-16"))] == ["Q009"]


def test_a_roster_has_a_size() -> None:
    rows = "".join(f"{number}\n" for number in range(MAX_ROWS))
    assert len(roster(f"id\n{rows}").candidates) == MAX_ROWS
    assert wrong(f"id\n{rows}x\n")[:3] == (MAX_ROWS + 2, "x", "more than 20,000 rows")
    assert wrong(f"id,x\n1,{'x' * 10_000}\n")[2] == "a line of more than 10,000 characters"
    assert len(refused("id\n" + "a b\n" * 1000)) == 100


TEXTS = st.text(st.sampled_from('ab1,;\t" \n\r\u202e\u0301.%=-ü') | st.characters(), max_size=40)


@given(text=TEXTS)
def test_any_text_is_a_roster_or_told_why_not(text: str) -> None:
    for content in (text, f"id,name,extra_time\n{text}", f"sep=;\nid;edition\n{text}"):
        found, faults = parse(content.encode("utf-8", "surrogatepass"), "x.csv")
        assert (found is None) == bool(faults)
        for fault in faults:
            assert 1 <= fault.span.column < fault.span.end
            assert fault.span.column <= len(fault.span.source) + 1
            assert fault.hint
        for candidate in found.candidates if found else ():
            assert candidate.id
            assert candidate.id.isprintable()
            assert not set(candidate.id) & set('/\\:*?"<>| ')


CELLS = st.text(st.sampled_from('ab, ;"=é\n'), max_size=6)


@given(rows=st.lists(CELLS, min_size=1, max_size=6), sign=st.sampled_from(",;\t"), quoted=st.booleans())
def test_what_a_program_writes_is_read_and_marked_where_it_stands(rows: list[str], sign: str, quoted: bool) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=sign, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(
        [["other", "id", "edition"], *([other, f"s{number}", "NO"] for number, other in enumerate(rows))]
    )
    faults = refused(file.getvalue())
    assert [fault.message for fault in faults] == ["'NO' is not an edition"] * len(rows)
    assert [marked(fault)[1].strip('"') for fault in faults] == ["NO"] * len(rows)
    lines = file.getvalue().replace("\r\n", "\n").split("\n")
    assert all(lines[fault.span.line - 1] == fault.span.source for fault in faults)


def test_a_file_is_read_or_told_why_not(tmp_path: Path) -> None:
    path = tmp_path / "7b.csv"
    path.write_text("id\ns1\n", encoding="utf-8")
    assert read(path) == (Roster((Candidate("s1", "s1"),)), [])
    for none in (tmp_path, tmp_path / "7c.csv"):
        found, (fault,) = read(none)
        assert found is None
        assert (fault.code, fault.span.file) == ("Q012", str(none))
        assert "CSV" in fault.hint
    assert "5x6" in read_seats(str(tmp_path / "map.csv"), FIVE)[1][0].hint


FIVE = Roster(tuple(Candidate(f"s{number}", "x") for number in range(1, 6)))


def seats(text: str) -> tuple[Seats | None, list[tuple[int, str, str, str]]]:
    """A seat map, and what is wrong with it: line, what is marked, message, hint."""
    found, faults = parse_seats(text.encode(), "map.csv", FIVE)
    assert all(fault.code == "Q511" for fault in faults)
    return found, [(*marked(fault), fault.message, fault.hint) for fault in faults]


@pytest.mark.parametrize("text", ["2x3", " 2 X 3 ", "2×3"])
def test_rows_are_filled_in_the_order_of_the_roster(text: str) -> None:
    sitting = {"s1": (1, 1), "s2": (1, 2), "s3": (1, 3), "s4": (2, 1), "s5": (2, 2)}
    assert in_rows(text, FIVE) == (sitting, [])
    assert read_seats(text, FIVE) == (sitting, [])


@pytest.mark.parametrize("text", ["2x2", "0x9"])
def test_there_are_seats_for_all(text: str) -> None:
    found, (fault,) = read_seats(text, FIVE)
    assert found is None
    assert fault.message == f"{4 if text == '2x2' else 0} seats for 5 candidates"
    assert marked(fault) == (1, text)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_seat_map_is_a_grid_of_ids(sign: str, tmp_path: Path) -> None:
    text = "\ufeffs1, ,S2\r\n\r\n,\"s3\"\r\ns5,s4,\r\n".replace(",", sign)  # fmt: skip
    sitting = {"s1": (1, 1), "s2": (1, 3), "s3": (3, 2), "s5": (4, 1), "s4": (4, 2)}
    assert seats(text) == (sitting, [])
    path = tmp_path / "map.csv"
    path.write_bytes(text.encode())
    assert read_seats(str(path), FIVE) == (sitting, [])


def test_everybody_sits_in_one_place() -> None:
    found, faults = seats("s1,s31,desk\ns2,s3,S1\n")
    assert found is None
    assert faults == [
        (1, "", "2 of the roster have no seat: s4, s5", "put every id of the roster into one cell of the seat map"),
        (1, "s31", "there is no 's31' in the roster", "did you mean 's3'?"),
        (1, "desk", "there is no 'desk' in the roster", "one of: s1, s2, s3, s4, s5"),
        (2, "S1", "'s1' sits here, and in row 1, place 1", "every candidate sits in one place"),
    ]


def test_a_seat_map_may_be_broken_too() -> None:
    found, faults = seats('s1,"s2\ns3,s4,s5\n')
    assert found is None
    assert [fault[:3] for fault in faults] == [(1, '"s2', "quotation marks that do not match")]
    assert parse_seats(b"s1,\xff", "map.csv", FIVE)[1][0].code == "Q009"


def test_the_manual_shows_what_is_read() -> None:
    example, fault, grid = re.findall(r"```(?:csv)?\n(.+?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    three = roster(example)
    assert three.candidates[1] == Candidate("7b-02", "Müller, Bo", 0.25, "large-print")
    (found,) = refused(example.replace("7b-03", "7B-01"))
    assert f"{found}\n" == fault
    assert parse_seats(grid.encode(), "map.csv", three)[0] == {"7b-01": (1, 1), "7b-03": (1, 3), "7b-02": (2, 2)}
