"""`cchc export --parquet-dataset`: the whole version as Parquet, or nothing."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import cli
from warehouse.exports.dataset import README, export_dataset
from warehouse.store import Warehouse, open_warehouse

CUT = {"added_rate", "fact", "fact_by_indicator", "observation", "rate", "reporting", "shown_rate"}


@pytest.fixture(scope="module")
def opened(reports_directory: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(reports_directory)
    yield warehouse
    warehouse.connection.close()


@pytest.fixture(scope="module")
def dataset(opened: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("lake") / "tập dữ liệu's"
    export_dataset(opened, target)
    return target


def query(warehouse: Warehouse, text: str) -> pl.DataFrame:
    with warehouse.connection.cursor() as cursor:
        return cursor.sql(text).pl().cast({pl.Enum: pl.String, pl.Categorical: pl.String})


def tables(warehouse: Warehouse) -> list[str]:
    names = query(warehouse, "SELECT table_name FROM duckdb_tables()")["table_name"].to_list()
    return sorted({*names, "fact", "rate"} - {"fact_by_unit", "rate_by_unit"})


def test_every_table_is_there_with_the_same_rows(opened: Warehouse, dataset: Path) -> None:
    assert sorted(path.name for path in dataset.iterdir()) == sorted([README, *tables(opened)])
    for table in tables(opened):
        expected = query(opened, f"FROM {table}")
        files = str(dataset / table / "**" / "*.parquet").replace("'", "''")
        found = query(opened, f"SELECT * FROM read_parquet('{files}', hive_partitioning = true)")  # noqa: S608
        if table in CUT:
            assert found.columns == [*expected.columns, "year"]
            found = found.drop("year")
        assert found.schema == expected.schema, table
        assert found.height == expected.height, table
        order = [name for name, kind in expected.schema.items() if not kind.is_nested()]
        assert found.sort(order).equals(expected.sort(order)), table


def test_large_tables_are_cut_by_the_year_of_their_reports(opened: Warehouse, dataset: Path) -> None:
    years = {f"year={year}" for year in range(2021, 2026)}
    assert {path.name for path in (dataset / "fact").iterdir()} == years
    for table in CUT:
        assert {path.name for path in (dataset / table).iterdir()} <= years, table
    printed = pl.scan_parquet(dataset / "observation" / "year=2025", hive_partitioning=False).collect()
    of_that_year = "FROM report JOIN observation USING (report_id) WHERE period LIKE '2025-%'"
    assert printed.height == query(opened, f"SELECT count(*) {of_that_year}").item()


def test_it_says_what_it_is(opened: Warehouse, dataset: Path) -> None:
    lines = (dataset / README).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("CCHC, phiên bản 2 của kho dữ liệu, công bố 20")
    listed = dict(line.split(", ") for line in lines[lines.index("bảng/table, số dòng/rows") + 1 :])
    assert listed == {
        table + "*" * (table in CUT): str(query(opened, f"FROM {table}").height) for table in tables(opened)
    }


def test_the_terminal_writes_it_into_an_empty_folder(
    reports_directory: Path, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "lake"
    target.mkdir()
    asked = ["export", "--warehouse", str(reports_directory), "--parquet-dataset", str(target)]
    assert cli.main(asked) == 0
    lines = (dataset / README).read_text(encoding="utf-8").splitlines()
    rows = sum(int(line.split(", ")[1]) for line in lines[lines.index("bảng/table, số dòng/rows") + 1 :])
    assert capsys.readouterr().out == f"{target}: {rows:,} dòng\n".replace(",", ".")
    assert sorted(path.name for path in target.iterdir()) == sorted(path.name for path in dataset.iterdir())
    written = (target / README).read_bytes()
    assert cli.main(asked) == 1
    assert capsys.readouterr().err == f"{target}: đã có tệp ở đó; hãy chọn một thư mục mới hoặc thư mục trống\n"
    assert (target / README).read_bytes() == written
    assert [path.name for path in tmp_path.iterdir()] == ["lake"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--unit", "477"), "--unit: --parquet-dataset xuất toàn bộ phiên bản, không dùng cùng lựa chọn khác.\n"),
        (("rows.csv",), "file: --parquet-dataset xuất toàn bộ phiên bản, không dùng cùng lựa chọn khác.\n"),
    ],
)
def test_no_filter_is_passed_over(
    reports_directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    asked = ["export", "--warehouse", str(reports_directory), "--parquet-dataset", str(tmp_path / "lake"), *options]
    assert cli.main(asked) == 2
    assert capsys.readouterr().err == said
    assert list(tmp_path.iterdir()) == []


def test_an_export_needs_a_target(reports_directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "--warehouse", str(reports_directory)]) == 2
    assert capsys.readouterr().err == "Thiếu tên tệp cần ghi, hoặc --parquet-dataset THƯ MỤC.\n"


def test_a_file_is_no_folder_to_write_into(opened: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError):
        export_dataset(opened, tmp_path / "lake")
    assert [path.name for path in tmp_path.iterdir()] == ["lake"]
