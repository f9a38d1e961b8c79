"""No false alarm: a report without a contradiction, made for every form there is, gives no finding at all.

The figures are worked out from the catalogue's own relations, so that a new form or relation is tested too: parts add
up to their wholes, printed percentages are those of their parts, and rows are numbered one by one.
"""

import csv
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from report_text import PrintedAnnex, PrintedReport, PrintedRow, opening, pipes, tabs

from loaders.form import FORMS, all_forms
from loaders.load import Options, load_file
from loaders.units import Unit, all_units, ancestors, described
from warehouse.model import FormRow, batch_of
from warehouse.periods import Period, parse_period
from warehouse.store import open_warehouse
from warehouse.tables import read_catalogue
from warehouse.versions.publish import publish

Key = tuple[str, str]  # indicator and level
Figures = dict[Key, Decimal]

CODED = Decimal(1)
RATES_WITHOUT_PARTS = {
    "electronic_documents_rate_stated": 80,
    "electronic_and_paper_documents_rate_stated": 20,
    "satisfaction_own_survey_satisfied_stated": 90,
    "satisfaction_own_survey_neutral_stated": 8,
    "satisfaction_own_survey_dissatisfied_stated": 2,
}
POSTS = {
    "cadres_present": "cadre_quota",
    "civil_servants_present": "civil_servant_quota",
    "staff_present": "staff_quota",
    "service_staff_present": "service_staff_quota",
}
ROUNDS = 60


@cache
def kinds() -> dict[str, str]:
    return dict(read_catalogue("indicators").select("indicator", "kind").iter_rows())


def form_rows(name: str) -> tuple[FormRow, ...]:
    return next(form.rows for form in all_forms() if form.form == name)


def settings(name: str) -> dict[str, object]:
    return tomllib.loads((FORMS / name / "form.toml").read_text(encoding="utf-8"))


def reporter(name: str) -> tuple[Unit, Period]:
    """A unit that the form is made for, and a period in which both hold."""
    described_form = settings(name)
    year = str(described_form["valid_from"] or "2024")[:4]
    start = str(described_form["valid_from"] or "2024-01-01")
    period = next(
        one for span in ("6M", "12M") if (one := parse_period(f"{year}-{span}")).window_end.isoformat() >= start
    )
    level, province = described_form["levels"][0], str(described_form["province_code"])  # type: ignore[index]
    units = (unit for unit in all_units().values() if unit.level == level and unit.valid_on(period.window_end))
    return next(unit for unit in units if ancestors(unit)[-1].unit_code.partition("@")[0] == province), period


def terms(text: str, level: str) -> list[Key]:
    """`a + b@commune` as indicators with their levels."""
    pairs = (term.strip().partition("@") for term in text.split("+"))
    return [(indicator, at or level) for indicator, _, at in pairs]


def clean_figures(name: str, level: str) -> Figures:
    """A figure for every row that counts: small ones first, then raised until every relation holds."""
    asked = [(row.indicator, row.level or level) for row in form_rows(name) if row.indicator]
    counts = [key for key in dict.fromkeys(asked) if kinds()[key[0]] in ("flow", "cumulative", "stock")]
    figures = {key: Decimal(2 + number % 3) for number, key in enumerate(counts)}
    wholes = list(read_catalogue("wholes").iter_rows(named=True))
    for _ in range(ROUNDS):
        for relation in wholes:
            _hold(figures, relation, level)
        _hold_rates(figures, level)
    for held, given in POSTS.items():
        if (given, level) in figures:
            figures[given, level] = figures[held, level] + 1
    received, resolved = ("dossiers_received", level), ("dossiers_resolved", level)
    if received in figures and resolved in figures:
        figures[received] = figures[resolved] + 3  # the rest is pending, and the text says so
    for coded in (key for key in asked if kinds()[key[0]] == "coded"):
        figures[coded] = CODED
    return figures


def _hold(figures: Figures, relation: dict[str, str | None], own: str) -> None:
    levels = {key[1] for key in figures}
    for level in levels if relation["level"] is None else {relation["level"]} & {own}:
        whole = (str(relation["whole"]), level)
        parts = [key for key in terms(str(relation["parts"]), level) if key in figures]
        if whole not in figures or not parts:
            continue
        least = max if relation["relation"] == "each_at_most" else sum
        total = least(figures[key] for key in parts)
        figures[whole] = max(figures[whole], Decimal(total))
        if relation["relation"] == "sum_equals":
            figures[parts[0]] += figures[whole] - total


def _hold_rates(figures: Figures, own: str) -> None:
    """No rate above 100 %: the denominator is raised."""
    for numerator, denominator, level in (
        read_catalogue("rates").select("numerator", "denominator", "level").iter_rows()
    ):
        for at in {key[1] for key in figures} if level is None else {level} & {own}:
            above, below = terms(numerator, at), terms(denominator, at)
            if all(key in figures for key in (*above, *below)):
                missing = sum(figures[key] for key in above) - sum(figures[key] for key in below)
                figures[below[0]] += missing + 1 if missing > 0 else 0  # 100 % beside apologies would be a finding


def clean_rates(figures: Figures) -> Figures:
    """The percentages that the figures give, rounded as a careful clerk rounds them."""
    rates = read_catalogue("rates").select("stated", "numerator", "denominator", "level").iter_rows()
    stated = read_catalogue("stated_rates").select("stated", "numerator", "denominator").iter_rows()
    found: Figures = {}
    for name, numerator, denominator, *_ in [*rates, *stated]:
        for at in {key[1] for key in figures}:
            above, below = terms(numerator, at), terms(denominator, at)
            if name and all(key in figures for key in (*above, *below)):
                share = 100 * sum(figures[key] for key in above) / sum(figures[key] for key in below)
                found[name, at] = round(Decimal(share), 2)
    return found


def printed(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{number:f}" else f"{number:f}"


def numbered(rows: tuple[FormRow, ...]) -> list[str]:
    """Codes of the same depths as the form's, each following the one before."""
    codes, counters = [], [0] * 9
    for row in rows:
        if not row.code or not row.code[0].isdigit():
            codes.append(row.code or "")
            continue
        depth = row.code.count(".")
        counters[depth] += 1
        counters[depth + 1 :] = [0] * (8 - depth)
        codes.append(".".join(str(count) for count in counters[: depth + 1]))
    return codes


def clean_report(name: str) -> tuple[PrintedReport, Unit, Period]:
    unit, period = reporter(name)
    figures = clean_figures(name, unit.level)
    figures |= clean_rates(figures)
    annexes: dict[str, list[FormRow]] = {}
    for row in form_rows(name):
        annexes.setdefault(row.annex, []).append(row)
    tables = tuple(
        PrintedAnnex(
            annex if not annex.startswith("Bảng") else "",
            tuple(
                PrintedRow(code, row.label, _measure(row), _cell(row, figures, unit.level))
                for row, code in zip(rows, numbered(tuple(rows)), strict=True)
            ),
        )
        for annex, rows in annexes.items()
    )
    last = period.window_end
    dateline = f"{unit.short_name}, ngày {last.day} tháng {last.month} năm {last.year}"
    title = "năm" if period.span == "12M" else "6 tháng đầu năm"
    lines = opening(described(unit, last), f"{title} {period.year}", dateline=dateline, number="12/BC-UBND")
    return PrintedReport((*lines, *_told(figures, unit.level)), tables), unit, period


def _measure(row: FormRow) -> str:
    """The form's unit of measure; the right one where the form itself prints another kind of thing's."""
    measures = {
        row["measure"]: str(row["printed"]).split("|") for row in read_catalogue("measures").iter_rows(named=True)
    }
    right = dict(read_catalogue("indicators").select("indicator", "measure").iter_rows()).get(row.indicator or "", "")
    told = next((name for name, words in measures.items() if (row.unit_of_measure or "").lower() in words), right)
    return (
        row.unit_of_measure or "" if told == right or right in ("code", "text", "") else measures[right][0].capitalize()
    )


def _cell(row: FormRow, figures: Figures, level: str) -> str:
    if row.indicator is None:
        return ""
    if kinds()[row.indicator] == "text":
        return "Không phát sinh"
    if row.indicator in RATES_WITHOUT_PARTS:
        return str(RATES_WITHOUT_PARTS[row.indicator])
    key = (row.indicator, row.level or level)
    return printed(figures[key]) if key in figures else "100"


def _told(figures: Figures, level: str) -> tuple[str, ...]:
    """Sentences that tell the annex's own figures, and dossiers that balance."""
    received, resolved = (figures.get((name, level)) for name in ("dossiers_received", "dossiers_resolved"))
    on_time = figures.get(("dossiers_resolved_on_time", level))
    sentences = []
    if received is not None and resolved is not None:
        pending = received - resolved
        sentences.append(
            f"Đã tiếp nhận {received} hồ sơ, đã giải quyết {resolved} hồ sơ, đang giải quyết {pending} hồ sơ."
        )
    if resolved and on_time is not None:
        share = printed(round(100 * on_time / resolved, 2))
        sentences.append(f"Giải quyết đúng hạn {on_time}/{resolved} hồ sơ, đạt tỷ lệ {share}%.")
    return tuple(sentences)


FORM_NAMES = [form.form for form in all_forms()]


@pytest.mark.parametrize("layout", [tabs, pipes], ids=["tabs", "pipes"])
@pytest.mark.parametrize("name", FORM_NAMES)
def test_a_clean_report_gives_no_finding(name: str, layout: object, tmp_path: Path) -> None:
    made, unit, period = clean_report(name)
    path = tmp_path / "report.txt"
    path.write_text(layout(made), encoding="utf-8")  # type: ignore[operator]
    outcome = load_file(path, Options(unit_code=unit.unit_code, period=period))
    assert outcome.report is not None
    assert (outcome.report.form, outcome.form_share, outcome.unmapped) == (name, 1.0, [])
    publish(tmp_path, batch_of([outcome.report]), all_forms(), "load")
    warehouse = open_warehouse(tmp_path)
    found = warehouse.connection.execute("SELECT rule, place, message_vi FROM finding").fetchall()
    facts = warehouse.connection.execute("SELECT count(*) FROM fact WHERE value > 0").fetchall()
    warehouse.connection.close()
    assert found == []
    assert facts[0][0] >= 0.6 * sum(row.indicator is not None for row in form_rows(name))


@pytest.mark.parametrize("name", FORM_NAMES)
def test_one_figure_changed_is_found(name: str, tmp_path: Path) -> None:
    """The silence is not deafness: one more dossier resolved on time, or one more procedure, is told."""
    made, unit, period = clean_report(name)
    wholes = {
        str(row["whole"]) for row in read_catalogue("wholes").iter_rows(named=True) if row["relation"] == "sum_equals"
    }
    labels = {row.label for row in form_rows(name) if row.indicator in wholes and row.level in (None, unit.level)}
    annexes = tuple(
        replace(annex, rows=tuple(_raised(row) if row.label in labels else row for row in annex.rows))
        for annex in made.annexes
    )
    path = tmp_path / "report.txt"
    path.write_text(tabs(replace(made, annexes=annexes)), encoding="utf-8")
    outcome = load_file(path, Options(unit_code=unit.unit_code, period=period))
    assert outcome.report is not None
    publish(tmp_path, batch_of([outcome.report]), all_forms(), "load")
    warehouse = open_warehouse(tmp_path)
    found = warehouse.connection.execute("SELECT DISTINCT rule FROM finding").fetchall()
    warehouse.connection.close()
    assert "parts_do_not_add_up" in {rule for (rule,) in found}


def _raised(row: PrintedRow) -> PrintedRow:
    return replace(row, value=str(int(row.value) + 1)) if row.value.isdigit() else row


def test_every_form_is_made_for_a_unit() -> None:
    with (FORMS / FORM_NAMES[0] / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["label"]
    assert all(reporter(name)[0] for name in FORM_NAMES)
