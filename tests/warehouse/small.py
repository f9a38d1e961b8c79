"""A warehouse small enough to work out by hand: real units, made-up figures.

Every sum, rate, rank and interval that the tests expect was computed from the figures in this file.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from warehouse.model import Form, FormRow, Level, Observation, Report, Status

# Communes of huyện Hoằng Hóa, tỉnh Thanh Hóa, on the map before 01/07/2025. The district has 36.
BUT_SON, GIANG, PHU, QUY, KIM = "15865", "15880", "15883", "15886", "15889"
HOP, DUC, HA, DAT, CHAU, HAI = "15919", "15928", "15937", "15940", "15979", "15991"
HOANG_HOA, THANH_HOA = "399", "38"
QUANG_DIEN, HUE = "477", "46"
# Two communes of the new Hải Phòng; the codes were borne by others before.
NAM_THANH_MIEN, THANH_DONG, HAI_PHONG = "11284@2025-07-01", "10507@2025-07-01", "31@2025-07-01"

NOW, BEFORE, NEW_MAP = "2024-6M", "2023-6M", "2025-12M"

RECEIVED, ON_TIME = "dossiers_received", "dossiers_resolved_on_time"
RESOLVED, LATE, STATED = "dossiers_resolved", "dossiers_resolved_late", "on_time_rate_stated"
LEVEL_3, LEVEL_4 = "dossiers_received_online_level_3", "dossiers_received_online_level_4"

Printed = int | str | Decimal | None

FORMS = (
    Form(
        form="small-form",
        name_vi="Mẫu thử",
        name_en="Test form",
        legal_basis="Văn bản thử",
        levels=("commune", "district"),
        minimum_share=0.6,
        rows=(FormRow("Phụ lục 1", 1, "1", "Số hồ sơ đã tiếp nhận", None, "Hồ sơ", RECEIVED, None),),
    ),
)


def unit_of_measure(indicator: str | None) -> str | None:
    """The right one for the indicators used here: dossiers, percentages, and rows printed without any."""
    if indicator is None:
        return None
    if indicator.endswith("_stated"):
        return "%"
    return "Hồ sơ" if "dossiers" in indicator else None


def row(indicator: str | None, printed: Printed, **changed: object) -> Observation:
    """A printed row; `report` numbers it and gives it its period, level and place."""
    value = None if printed is None else Decimal(printed)
    observation = Observation(
        annex="Phụ lục 1",
        row_no=0,
        code=None,
        label=f"Dòng {indicator}",
        parent_label=None,
        column_label="Số liệu",
        column_period="",
        unit_of_measure=unit_of_measure(indicator),
        raw_value=None if printed is None else str(printed).replace(".", ","),
        value=value,
        status="blank" if value is None else "reported",
        note=None,
        indicator=indicator,
        known_row=True,
        level="commune",
        place="",
    )
    return replace(observation, **{"level": "", **changed})  # type: ignore[arg-type]


def unread(indicator: str | None, raw: str, status: Status, **changed: object) -> Observation:
    """A row whose cell holds something that is no number."""
    return row(indicator, None, raw_value=raw, status=status, **changed)


def report(
    unit: str,
    period: str,
    rows: Mapping[str, Printed] | tuple[Observation, ...],
    level: Level = "commune",
    content: str = "",
    **changed: object,
) -> Report:
    """A report of a unit; `content` tells two reports of one unit and period apart."""
    made = rows if isinstance(rows, tuple) else tuple(row(name, value) for name, value in rows.items())
    name = f"{unit}_{period}{content}.txt"
    whole = Report(
        file_name=name,
        sha256=sha256(name.encode()).hexdigest(),
        form="small-form",
        unit_code=unit,
        level=level,
        period=period,
        observations=tuple(_placed(number, one, level, period) for number, one in enumerate(made, start=1)),
    )
    return replace(whole, **changed)  # type: ignore[arg-type]


def _placed(number: int, made: Observation, level: Level, period: str) -> Observation:
    row_no = made.row_no or number
    return replace(
        made,
        row_no=row_no,
        level=made.level or level,
        column_period=made.column_period or period,
        place=made.place or f"line:{row_no}",
    )


def small_reports() -> list[Report]:
    """Eighteen reports, two of them simulated, one of these beside a real one of its unit and period."""
    return [*_before(), *_now(), *_simulated(), *_new_map()]


def _before() -> list[Report]:
    return [
        report(HOP, BEFORE, {RECEIVED: 100, ON_TIME: 90, LEVEL_3: 10, LEVEL_4: 0}),
        report(HAI, BEFORE, {RECEIVED: 200, ON_TIME: 190}),
        report(PHU, BEFORE, {RECEIVED: 3, ON_TIME: 3}),
    ]


def _now() -> list[Report]:
    of_communes = {"level": "commune"}
    return [
        report(HOP, NOW, {RECEIVED: 200, ON_TIME: 198, LEVEL_3: 100, LEVEL_4: 40}),
        report(HA, NOW, (row(RECEIVED, 100), row(ON_TIME, 99), row(None, 5, label="Dòng lạ", known_row=False))),
        report(HAI, NOW, {RECEIVED: 400, ON_TIME: 380, LEVEL_3: 50, LEVEL_4: None}),
        report(DAT, NOW, {RECEIVED: 0, ON_TIME: 0}),
        report(DUC, NOW, {RECEIVED: 50, ON_TIME: None, LEVEL_4: None}),
        report(PHU, NOW, {RECEIVED: 4, ON_TIME: 4}),
        report(KIM, NOW, {RESOLVED: 80, ON_TIME: 76, STATED: 95}),
        report(GIANG, NOW, {RESOLVED: None, ON_TIME: None, STATED: "97.5"}),
        report(QUY, NOW, {"plan_tasks": 10, "plan_tasks_done": 12}),
        report(
            HOANG_HOA,
            NOW,
            (
                row(RESOLVED, 500),
                row(ON_TIME, 490),
                row(STATED, 98),
                row(RECEIVED, 5000, **of_communes),
                row(ON_TIME, 4000, **of_communes),
            ),
            level="district",
        ),
        report(
            QUANG_DIEN,
            NOW,
            (
                row(RESOLVED, 800),
                row(ON_TIME, 796),
                row(STATED, "99.5"),
                row("dossiers_level_3_4_received", 1558),
                row("dossiers_level_3_4_received_online", 732),
                row("dossiers_level_3_4_online_rate_stated", "46.9"),
            ),
            level="district",
        ),
    ]


def _simulated() -> list[Report]:
    return [
        report(CHAU, NOW, {RECEIVED: 1000, ON_TIME: 500}, simulated=True),
        report(HOP, NOW, {RECEIVED: 7000, ON_TIME: 7}, content="-simulated", simulated=True),
    ]


def _new_map() -> list[Report]:
    return [
        report(
            NAM_THANH_MIEN,
            NEW_MAP,
            {
                RESOLVED: 1000,
                ON_TIME: 990,
                STATED: 99,
                "dossiers_full_service_received": 835,
                "dossiers_full_service_received_online": 364,
                "dossiers_partial_service_received": 1073,
                "dossiers_partial_service_received_online": 752,
            },
        ),
        report(THANH_DONG, NEW_MAP, {RESOLVED: 3000, ON_TIME: 2985}),
    ]
