"""Which tier a finding is about: the one whose figures contradict each other, if it is one."""

from pathlib import Path

import duckdb
import pytest

from warehouse import model

VIEW = Path(model.__file__).parent / "views" / "tiered_finding.sql"


@pytest.mark.parametrize(
    ("compared", "level"),
    [
        ('{"subject": "on_time_rate", "level": "commune"}', "commune"),
        ('{"whole": "dossiers_received", "level": "district", "part_names": ["a"]}', "district"),
        ('{"whole": "public_service_units_area", "level": "commune"}', None),  # all tiers of the commune's area
        ('{"indicator": "procedures_online_area", "level": "district"}', None),
        ('{"codes": ["1.2"]}', None),
    ],
)
def test_a_finding_names_the_tier_it_is_about(compared: str, level: str | None) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE finding (report_id TEXT, compared JSON)")
        connection.execute("INSERT INTO finding VALUES ('r', ?)", [compared])
        connection.execute(VIEW.read_text(encoding="utf-8"))
        assert connection.execute("SELECT level FROM tiered_finding").fetchall() == [(level,)]
