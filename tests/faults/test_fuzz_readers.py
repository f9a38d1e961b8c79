"""Hypothesis against each reader: reports of any text in their cells, and whole files damaged anywhere.

`CCHC_FUZZ_EXAMPLES` sets how many of each are tried (a few in the suite, thousands for a night).
"""

import io
import os
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.load import LoadedFile, load_file
from tests.loaders.readers.make import SAMPLE, WRITERS, MadeAnnex, MadeReport, MadeRow

FORMATS = ("docx", "xlsx", "xls", "ods", "html", "pdf", "txt")
EXAMPLES = int(os.environ.get("CCHC_FUZZ_EXAMPLES", "8"))
few = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

# What a clerk, a converter or an attacker may leave in a cell; letters that no XML file can hold are left out.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)
PRINTED = st.one_of(
    WORDS,
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(str),
    st.integers().map(str),
    st.sampled_from(["", "-", "1.234,5", "1,234.5", "12/13", "=1+1", "100%", "٣", "1e9", "NaN", "<b>1</b>", "’", "½"]),
)
ROWS = st.builds(MadeRow, code=WORDS, label=WORDS, unit=WORDS, raw=PRINTED, note=WORDS)
DAMAGE = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 200), st.binary(max_size=8)), min_size=1, max_size=6
)


def as_text(report: MadeReport, path: Path) -> Path:
    """The report as word processors save it as text: tables by tabs."""
    lines = [*report.title, *report.narrative]
    for annex in report.annexes:
        heads = ["\t".join(row) for row in annex.header]
        lines += [*annex.titles, *heads, *("\t".join((r.code, r.label, r.unit, r.raw, r.note)) for r in annex.rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def written(report: MadeReport, kind: str, folder: Path) -> Path:
    writer = as_text if kind == "txt" else WRITERS[kind]
    with warnings.catch_warnings():  # of the libraries that write
        warnings.simplefilter("ignore")
        return writer(report, folder / f"made.{kind}")


def check(file: LoadedFile) -> None:
    """A report whose every row is whole, or a problem; anything else was raised before."""
    if file.report is None:
        assert file.problem is not None
        return
    assert file.report.observations
    for row in file.report.observations:
        assert (row.status == "reported") == (row.value is not None)
        assert row.place


@pytest.mark.parametrize("kind", FORMATS)
def test_any_text_in_the_cells_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    @few
    @given(rows=st.lists(ROWS, min_size=1, max_size=6))
    def read(rows: list[MadeRow]) -> None:
        annex = MadeAnnex(SAMPLE.annexes[0].titles, (*SAMPLE.annexes[0].rows, *rows))
        check(load_file(written(replace(SAMPLE, annexes=(annex,)), kind, tmp_path)))

    read()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_damaged_anywhere_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    whole = written(SAMPLE, kind, tmp_path).read_bytes()

    @few
    @given(damage=DAMAGE, member=st.floats(0, 1, exclude_max=True))
    def read(damage: list[tuple[float, int, bytes]], member: float) -> None:
        path = tmp_path / f"damaged.{kind}"
        path.write_bytes(inside(whole, damage, member) if whole.startswith(b"PK") else damaged(whole, damage))
        check(load_file(path))

    read()


def damaged(data: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    """Pieces cut out and others put in, at shares of the length."""
    for share, length, piece in damage:
        at = int(share * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def inside(package: bytes, damage: list[tuple[float, int, bytes]], member: float) -> bytes:
    """A zip package with one member damaged under right check sums."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = names[int(member * len(names))]
        for name in names:
            new.writestr(name, damaged(old.read(name), damage) if name == chosen else old.read(name))
    return made.getvalue()
