"""The pages' hot questions on Apache Spark, over the Parquet dataset of a simulated province: the answers of DuckDB.

The questions are those that the functions of `warehouse.answers` put, with their parameters, to a version that writes
them down. What is translated is in `_TRANSLATED`; the files that say what Spark cannot are in `NOT_PORTABLE`.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from warehouse import answers
from warehouse.answers import Scope, Subject, dictionary, drill, peers, profiles, ranks, reporting, sums, trends
from warehouse.demo.nation import simulate_nation
from warehouse.exports.dataset import export_dataset
from warehouse.model import Figured
from warehouse.store import QUERIES, Warehouse, open_warehouse, question_sql
from warehouse.versions.figured import publish_figures

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

sql = pytest.importorskip("pyspark.sql", reason="needs pyspark: uv run --with pyspark==4.3.0 pytest")
pytestmark = [
    pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Spark needs a JDK"),
    pytest.mark.filterwarnings("ignore"),  # Spark's own
]

LAI_CHAU, MUONG_TE, BUM_TO = "12", "107", "03433"
# Words that Spark has under another name. Its codes are text, so that casts to the types of the codes say nothing.
_TRANSLATED = (
    (r"::\w+_key\b", ""),
    (r"::USMALLINT\b", "::INT"),
    (r"\bTEXT\b", "STRING"),
    (r"\bunnest\(", "explode("),
    (r"\$(\w+)", r":\1"),
    (r"CREATE OR REPLACE VIEW", "CREATE OR REPLACE TEMPORARY VIEW"),
)
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",  # small answers come sooner without it and without compiled plans
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
VIEWS = ("report_in_force", "member", "placed", "quarter", "unit_in_period", "unit_place", "unit_rate")
# The dataset has the facts and rates under the names and codes of the contract.
NUMBERED = "CREATE TEMPORARY VIEW {0}_by_unit AS SELECT unit.unit_no, {0}.* FROM {0} JOIN unit USING (unit_code)"
PORTABLE = {
    *(
        "catalogue",
        "changes",
        "dictionary_indicators",
        "indicator_names",
        "members",
        "memberships",
        "names",
        "overview_own",
        "periods",
    ),
    *("quarters", "rates", "rates_of_level", "reach", "reporting", "reports_of", "sums_of_level", "targets"),
    *("trend_own_printed", "trend_sums_printed", "unit_facts", "unit_kin", "unit_numbers", "unit_path", "volume"),
}
# By what stands in the file: none of them is asked thousands of times an hour over all units.
NOT_PORTABLE = {
    r"list_\w+\(|array_position\(|unnest\((?!\$)": """carried_parts findings disputed own_rates papers place_taken
        findings_of quality_periods reconcile reconcile_rate report_findings replaced rows rows_count rules
        source_of taken_off unit_search""",
    r"FILTER \((?!WHERE)": """trend_sums_facts trend_sums_rates data_units dictionary_rates
        rate_natures report_card report_rows reports status unit_reports""",
    r"\w->>?'|\w -> |->": "rate_places short_rows source_findings source_rate",
    r"BY NAME": """figures figures_count rate_figures rate_figures_count source_heritage source_own source_parts
        source_quarter""",
    # macros with parameters, and views with days subtracted and columns left out
    r"\b(own_rate_of|own_fact_of|covered_window|finding_in_force|told_figure)\b": """reports_named source_told
        trend_own_facts trend_own_rates unit_facts_carried volume_own""",
    r"\bunit_place\b": "places positions",  # means of doubles: the last digit follows the order of adding
    r"pragma_|duckdb_": "wholeness layout",
}
UNORDERED = {"memberships"}  # is sorted by unit only
NOT_ASKED_HERE = {"dictionary_rows", "dictionary_targets", "facts_as_text", "form_codes", "formulas", "held_reports"}


@dataclass(frozen=True)
class Asked:
    """A question as it was put, and its answer."""

    question: str
    parameters: dict[str, Any]
    answer: pl.DataFrame


@dataclass(frozen=True)
class Noting(Warehouse):
    """A version that writes down what it is asked."""

    noted: list[Asked] = field(default_factory=list)

    def ask(self, question: str, parameters: Mapping[str, Any] | None = None, as_text: bool = True) -> pl.DataFrame:
        answer = super().ask(question, parameters, as_text)
        self.noted.append(Asked(question, dict(parameters or {}), answer))
        return answer


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Noting]:
    from loaders.form import all_forms  # noqa: PLC0415 - nobody else needs it here

    directory = tmp_path_factory.mktemp("province")
    (whole,) = simulate_nation(provinces=[LAI_CHAU])
    recent = pl.col("period").str.slice(0, 4).is_in(["2023", "2024", "2025"])
    few = Figured(whole.reports.filter(recent), whole.facts.filter(recent))
    publish_figures(directory, [few], all_forms(), "demo")
    opened = open_warehouse(directory)
    yield Noting(opened.number, opened.path, opened.connection)
    opened.connection.close()


@pytest.fixture(scope="module")
def spark(version: Noting, tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A session that knows the dataset's tables, and the views, under their names."""
    lake = tmp_path_factory.mktemp("lake")
    export_dataset(version, lake)
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    for folder in (path for path in lake.iterdir() if path.is_dir()):
        session.read.parquet(str(folder)).createOrReplaceTempView(folder.name)
    for name in ("fact", "rate"):
        session.sql(NUMBERED.format(name))
    for view in VIEWS:
        session.sql(translated((QUERIES.parent / "views" / f"{view}.sql").read_text(encoding="utf-8")))
    yield session
    session.stop()


def translated(text: str) -> str:
    for pattern, replacement in _TRANSLATED:
        text = re.sub(pattern, replacement, text)
    return text


def ask_all(version: Warehouse) -> None:
    """What the pages ask of a province, a district and a commune, on the map of the period and on today's."""
    for boundary in ("then", "now", "estimated"):
        scope = Scope(LAI_CHAU, "commune", "2024-6M", simulated=True, boundary=boundary)
        sums.overview(version, scope)
        sums.overview(version, replace(scope, level="province"))
        sums.volume(version, scope, "dossiers_received")
        ranks.ranking(version, scope, "on_time_rate", "resolved", 10)
        if boundary == "estimated":
            continue
        drill.drilldown(version, scope, "on_time_rate", "resolved")
        ranks.leaves(version, scope, "on_time_rate", "resolved")
        trends.trend(version, scope, [LAI_CHAU, MUONG_TE, BUM_TO], Subject("on_time_rate", "resolved"), ["6M", "12M"])
        peers.peers(version, scope, LAI_CHAU, "commune")
        peers.peers(version, scope, LAI_CHAU, "district")
    then = Scope(BUM_TO, "commune", "2024-6M", simulated=True)
    trends.trend(version, then, [BUM_TO], Subject("on_time_rate", "resolved"), ["Q1", "Q2"], "discrete")
    trends.trend(version, then, [LAI_CHAU, BUM_TO], Subject(indicator="dossiers_received"), ["6M", "12M"])
    reporting.data_levels(version, LAI_CHAU, "2025-12M", simulated=True, boundary="now")
    profiles.unit_facts(version, BUM_TO, "2024-6M", simulated=True)
    profiles.unit_kin(version, BUM_TO)
    answers.unit_path(version, BUM_TO, "now")
    reporting.missing(version, LAI_CHAU, "2024-6M", simulated=True)
    reporting.data_worlds(version, LAI_CHAU)
    answers.catalogue(version)
    answers.rates(version)
    dictionary.dictionary_indicators(version, MUONG_TE, simulated=True)


def test_spark_gives_the_answers_of_duckdb(version: Noting, spark: "SparkSession") -> None:
    ask_all(version)
    asked = [one for one in version.noted if one.question in PORTABLE]
    rows = dict.fromkeys(PORTABLE, 0)
    for one in asked:
        text = translated(question_sql(one.question))
        found = spark.sql(text, args=one.parameters) if one.parameters else spark.sql(text)
        assert found.columns == one.answer.columns, one.question
        given = [tuple(row) for row in found.collect()]
        expected = one.answer.rows()
        if one.question in UNORDERED:
            given, expected = sorted(given, key=repr), sorted(expected, key=repr)
        assert given == expected, (one.question, one.parameters)
        rows[one.question] += len(given)
    assert [question for question, count in rows.items() if not count] == []


def test_every_other_question_says_why_it_is_not_portable() -> None:
    reasons = {name: pattern for pattern, names in NOT_PORTABLE.items() for name in names.split()}
    assert {path.stem for path in QUERIES.glob("*.sql")} == PORTABLE | NOT_ASKED_HERE | reasons.keys()
    assert [name for name, pattern in reasons.items() if not re.search(pattern, question_sql(name))] == []
