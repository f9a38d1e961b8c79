"""The words on screen: every one is there in both languages, none is left over, and none can act as markup."""

import ast
import csv
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from screen import Screen

from pages.kit.page_list import PAGES
from pages.kit.remarks import most_of
from pages.kit.source_card import MARKS
from pages.kit.tables import _writer
from pages.kit.windows import data_until
from pages.kit.words import Words, all_words, plain
from warehouse.answers.comparison import CHANGES, STANDINGS
from warehouse.answers.trend_test import Direction, Reason
from warehouse.answers.trends import REASONS
from warehouse.model import LEVELS, SEVERITIES, Status
from warehouse.numbers import Language
from warehouse.periods import SPANS

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
WORDS_FILE = ROOT / "pages" / "kit" / "words.csv"
VIETNAMESE, ENGLISH = Words("vi"), Words("en")
CALLED = {"words", "self"}  # a call of `words(...)`, of `context.words(...)` or of Words on itself

ANY = "[A-Za-z0-9_]+"  # what a variable may write into a key

# Why a figure of `trends.trend` is missing; `no_figure` is where it has no row at all.
PROBLEMS = {
    *("no_unit", "no_report", "other_definition", "not_asked", "parts_missing", "left_blank", "nothing_counted"),
    *("split", "incomplete", "not_additive", "lineage", "definition", "form", "missing_before", "falls", "no_figure"),
    *("percentage", "standing"),
}

# Texts whose counts are of several, or said of none but the large.
NEVER_ONE = {
    *("explore.export_large", "explore.export_slow", "ranking.first_open", "ranking.left_out_cut", "ranking.moves"),
    *("ranking.printed", "ranking.printed_around", "ranking.standings", "ranking.tied"),
}

# What the code writes into keys such as f"level.{level}".
VOCABULARIES = {
    "level": set(LEVELS),
    "span": set(SPANS),
    "severity": set(SEVERITIES),
    "status": {*get_args(Status), "not_asked", "no_report"},
    "status_help": {*get_args(Status), "not_asked", "no_report"},
    "verdict": set(MARKS),
    "side": {"figure", "numerator", "denominator", "stated"},
    "kind": {"flow", "cumulative", "stock", "coded", "rate", "text"},
    "kind_help": {"flow", "cumulative", "stock", "coded", "rate", "text"},
    "direction": {"up", "down", "none"},
    "reason": {
        *("no_report", "other_definition", "small_denominator", "parts_missing", "not_asked", "split", "incomplete")
    },
    "change": set(CHANGES),
    "why": PROBLEMS,
    "gap": PROBLEMS,
    "carried": {"union", "estimated", "difference", "estimated_short"},
    "mark": {*get_args(Direction), *get_args(Reason)} - {"unknown"},
    "remark": {"exceeding", "disputed", "short", "short_own", "union", "estimated"},
    "standing": {*STANDINGS, *(f"{name}_help" for name in STANDINGS)},
    "place": {"line", "paragraph", "row", "page", "sheet", "table", "report"},
}


def expressions() -> Iterator[ast.expr]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.expr):
                yield node


def is_words_call(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call) or not node.args:
        return False
    called = node.func
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in CALLED


def pattern_of(node: ast.expr) -> str | None:
    """A regular expression for the texts that a constant, f-string or sum may be; null when it says nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [pattern_of(part) if isinstance(part, ast.Constant) else ANY for part in node.values]
        return "".join(part or "" for part in parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
        return f"{pattern_of(node.left)}{ANY}"
    return None


def constant_keys() -> set[str]:
    """The keys that are written out in calls."""
    calls = [node for node in expressions() if is_words_call(node)]
    firsts = [node.args[0] for node in calls if isinstance(node, ast.Call)]
    return {str(first.value) for first in firsts if isinstance(first, ast.Constant)}


def patterns() -> set[str]:
    """Every text in the source that could be a key, wherever it stands: keys also travel in variables."""
    templates = [path.read_text(encoding="utf-8") for path in (ROOT / "pages").rglob("*.html")]
    found = {pattern_of(node) for node in expressions()} | set(re.findall(r'words\("([\w.]+)"', "".join(templates)))
    return {pattern for pattern in found if pattern and pattern != f"{ANY}\\.{ANY}"}


def composed_in_calls() -> set[str]:
    calls = [node.args[0] for node in expressions() if isinstance(node, ast.Call) and is_words_call(node)]
    return {str(pattern_of(first)) for first in calls if isinstance(first, ast.JoinedStr | ast.BinOp)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_line_has_a_key_and_two_texts() -> None:
    """A comma in a text without quotes would cut it, and the rest would stand for English."""
    lines = list(csv.reader(WORDS_FILE.read_text(encoding="utf-8").splitlines()))
    assert [line[0] for line in lines if len(line) != 3] == []


def test_every_key_that_is_asked_for_exists() -> None:
    keys = constant_keys()
    assert len(keys) > 80
    assert sorted(keys - set(all_words())) == []


def test_every_composed_key_exists() -> None:
    found = composed_in_calls()
    assert len(found) >= 10
    assert [pattern for pattern in sorted(found) if not any(re.fullmatch(pattern, key) for key in all_words())] == []


@pytest.mark.parametrize("prefix", sorted(VOCABULARIES))
def test_every_member_of_a_vocabulary_has_words(prefix: str) -> None:
    there = {key.partition(".")[2] for key in all_words() if key.startswith(f"{prefix}.")}
    assert there == VOCABULARIES[prefix]


def test_every_page_has_a_title() -> None:
    titles = {key for key in all_words() if key.endswith(".title")}
    assert titles == {f"{entry.name}.title" for entry in PAGES}


def test_the_reasons_are_those_of_the_question() -> None:
    said = set(
        re.findall(r'pl.lit\("(\w+)"\)', (ROOT / "warehouse" / "answers" / "ranks.py").read_text(encoding="utf-8"))
    )
    assert said | {"split", "incomplete"} == VOCABULARIES["reason"]


def test_the_problems_are_those_of_the_question() -> None:
    warehouse = ROOT / "warehouse"
    queries = [*(warehouse / "queries").glob("trend_*.sql"), *(warehouse / "views").glob("own_*.sql")]
    queries += [*(warehouse / "views").glob("counted_*.sql"), *(warehouse / "views").glob("carried_*.sql")]
    said = set(re.findall(r"(?:THEN|ELSE) '(\w+)'", "".join(path.read_text(encoding="utf-8") for path in queries)))
    said |= set(REASONS)
    assert PROBLEMS - {"no_figure"} == said - {"estimated", "sum", "union", "difference", "own", "reported"}


def test_the_source_card_has_a_verdict_for_every_rule_about_printed_rates() -> None:
    check = (ROOT / "warehouse" / "checks" / "stated_rate.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"'(rate_\w+)'", check)) <= set(MARKS)


def test_no_key_is_unused() -> None:
    used = re.compile("|".join(patterns()))
    assert [key for key in all_words() if not used.fullmatch(key)] == []


def test_every_call_gives_the_values_that_its_text_names() -> None:
    wrong = []
    for node in expressions():
        if isinstance(node, ast.Call) and is_words_call(node) and isinstance(node.args[0], ast.Constant):
            key, given = str(node.args[0].value), {keyword.arg for keyword in node.keywords}
            if given != placeholders(all_words()[key]["vi"]):
                wrong.append((key, given))
    assert wrong == []


def test_both_languages_are_there_with_the_same_placeholders() -> None:
    for key, text in all_words().items():
        assert text["vi"], key
        assert text["en"], key
        assert placeholders(text["vi"]) == placeholders(text["en"]), key


def test_english_agrees_with_its_counts() -> None:
    """`1 units` is nowhere: a count that may be one is followed by words that agree with it."""
    counted = re.compile(r"\{\w+\} (?:(?!with )[a-z-]+ )?(?:day|figure|finding|indicator|period|report|row|unit)s\b")
    wrong = {key for key, text in all_words().items() if counted.search(text["en"])}
    assert wrong - NEVER_ONE == set()
    assert NEVER_ONE - wrong == set(), "exceptions that are none"


def test_the_file_is_clean() -> None:
    with WORDS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["key", "vi", "en"]
    assert {len(row) for row in rows} == {3}
    keys = [row[0] for row in rows[1:]]
    assert len(keys) == len(set(keys))
    for row in rows:
        for cell in row:
            assert cell == unicodedata.normalize("NFC", cell), row
            assert cell == " ".join(cell.split()), row


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("2024-Q1", "Quý I/2024", "Q1 2024"),
        ("2024-Q2", "Quý II/2024", "Q2 2024"),
        ("2024-Q3", "Quý III/2024", "Q3 2024"),
        ("2024-Q4", "Quý IV/2024", "Q4 2024"),
        ("2024-6M", "6 tháng 2024", "6 months 2024"),
        ("2024-9M", "9 tháng 2024", "9 months 2024"),
        ("2025-12M", "Năm 2025", "Year 2025"),
    ],
)
def test_periods(code: str, vietnamese: str, english: str) -> None:
    assert (VIETNAMESE.period(code), ENGLISH.period(code)) == (vietnamese, english)
    assert VIETNAMESE.period_within(code) == vietnamese.replace("Quý", "quý").replace("Năm", "năm")
    assert ENGLISH.period_within(code) == english.replace("Year", "year")


@pytest.mark.parametrize(
    ("as_of", "signed_on", "said"),
    [
        (date(2024, 5, 31), date(2024, 6, 4), "31/05/2024"),
        (None, date(2024, 6, 4), "chậm nhất 04/06/2024"),
        (None, date(2024, 6, 20), "–"),  # after the period, whose figures may be whole
        (None, date(2023, 12, 1), "–"),
        (None, None, "–"),
    ],
)
def test_up_to_when_figures_go(as_of: date | None, signed_on: date | None, said: str) -> None:
    assert data_until({"period": "2024-6M", "as_of": as_of, "signed_on": signed_on}, VIETNAMESE) == said


def test_a_percentage_is_shown_with_its_own_decimals() -> None:
    written = [_writer("printed", VIETNAMESE)(value) for value in (99.4, 46.9, 100.0, 99.62, None)]
    assert written == ["99,4\u00a0%", "46,9\u00a0%", "100\u00a0%", "99,62\u00a0%", "–"]


def test_nine_in_ten_units_speak_for_all() -> None:
    assert [most_of(expected) for expected in (1, 10, 54, 547)] == [1, 9, 49, 493]


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2024, 6, 14), "14/06/2024", "14 Jun 2024"),
        (date(2025, 7, 1), "01/07/2025", "01 Jul 2025"),
        (None, "–", "–"),
    ],
)
def test_dates(day: date | None, vietnamese: str, english: str) -> None:
    assert (VIETNAMESE.date(day), ENGLISH.date(day)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("place", "vietnamese", "english"),
    [
        ("Phụ lục 4, line:276", "Phụ lục 4, dòng 276", "Phụ lục 4, line 276"),
        (
            "paragraph:45, Phụ lục 1, table:2, row:9",
            "đoạn 45, Phụ lục 1, bảng 2, dòng 9",
            "paragraph 45, Phụ lục 1, table 2, row 9",
        ),
        ("page:3, table:2, row:1", "trang 3, bảng 2, dòng 1", "page 3, table 2, row 1"),
        ("Phụ lục 2, sheet:PL 2", "Phụ lục 2, trang tính PL 2", "Phụ lục 2, sheet PL 2"),
        ("table:2, row:3/2", "bảng 2, dòng 3 (nửa bên phải)", "table 2, row 3 (right half)"),
        ("Phụ lục: 4", "Phụ lục: 4", "Phụ lục: 4"),
        ("report", "toàn báo cáo", "whole report"),
        ("", "", ""),
    ],
)
def test_places(place: str, vietnamese: str, english: str) -> None:
    assert (VIETNAMESE.place(place), ENGLISH.place(place)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("language", "number", "percent", "points"),
    [("vi", "1.234.567,5", "99,62\u00a0%", "+0,42"), ("en", "1,234,567.5", "99.62\u00a0%", "+0.42")],
)
def test_numbers_of_a_language(language: Language, number: str, percent: str, points: str) -> None:
    numbers = Words(language).numbers
    assert (numbers.number(1234567.5, 1), numbers.percent(99.62), numbers.points(0.42)) == (number, percent, points)


def test_catalogue_names_follow_the_language() -> None:
    row = {"name_vi": "hồ sơ", "name_en": "dossiers", "note_vi": None, "note_en": None}
    assert (VIETNAMESE.named(row), ENGLISH.named(row)) == ("hồ sơ", "dossiers")
    assert VIETNAMESE.named(row, "note") == ""


def test_an_unknown_key_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        VIETNAMESE("no.such")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Xã Hoằng Hợp, 12-6/2024", "Xã Hoằng Hợp, 12-6/2024"),
        ("<script>alert(1)</script>", r"\<script\>alert\(1\)\</script\>"),
        ("[x](javascript:1)", r"\[x\]\(javascript\:1\)"),
        ("**b** _i_ `c` ~~s~~", r"\*\*b\*\* \_i\_ \`c\` \~\~s\~\~"),
        ("$x$", r"\$x\$"),
        (":red[x]", r"\:red\[x\]"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("# a | b ! {c} + \\", r"\# a \| b \! \{c\} \+ \\"),
    ],
)
def test_plain_text_is_not_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_what_a_report_prints_reaches_the_page_as_plain_text(open_page: Callable[..., Screen]) -> None:
    """The hostile label of the third report is quoted in a finding."""
    texts = open_page("overview", unit="15928").paragraphs
    (finding,) = [text for text in texts if "script" in text]
    assert r"“\<script\>alert\(1\)\</script\> \[x\]\(javascript\:alert\(1\)\) \*\*b\*\* \$x\$ \:red\[x\]" in finding


def test_what_a_reader_types_is_shown_as_typed(open_page: Callable[..., Screen]) -> None:
    screen = open_page("overview", unit="15928")
    screen.test.text_input(key="search").set_value("**zz** :red[x]")
    screen.run()
    assert r"Không có đơn vị nào tên “\*\*zz\*\* \:red\[x\]”. Thử gõ ít chữ hơn." in screen.captions
