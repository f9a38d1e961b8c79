-- The tables of one version file. Names and columns are the public data contract (README, "The data").
-- Codes are text, percentages as printed (0-100), a missing figure is null with a status. The large tables hold units by
-- number and other codes in types that list all codes of the catalogue (`period_key`, ..., made in build.py), which is a
-- fifth of the room and a tenth of the time; the views `fact` and `rate` show them as text.

-- Dimensions ---------------------------------------------------------------------------------------

CREATE TABLE unit (
    unit_no     USMALLINT NOT NULL, -- from 1, what lies in one unit together; 0 stands for the country
    unit_code   TEXT PRIMARY KEY,   -- the official code, '@2025-07-01' appended where it was given again
    level       TEXT NOT NULL,
    name        TEXT NOT NULL,
    short_name  TEXT NOT NULL,
    kind        TEXT NOT NULL,
    parent_code TEXT,
    valid_from  DATE,               -- null: since before the records
    valid_to    DATE,               -- exclusive; null: still valid
    latitude    DOUBLE,
    longitude   DOUBLE,
    search_name TEXT NOT NULL       -- folded: 'quang dien' finds Quảng Điền
);

CREATE TABLE unit_lineage (
    old_code TEXT NOT NULL,
    new_code TEXT NOT NULL,
    date     DATE NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('whole', 'part')),
    share    DOUBLE,
    PRIMARY KEY (old_code, new_code, date)
);

-- Every name and kind of a unit, each for a stretch of time; together they cover all time. `name_order` is the place of
-- the name in Vietnamese order.
CREATE TABLE unit_name (
    unit_no    USMALLINT NOT NULL,
    unit_code  TEXT NOT NULL,
    name       TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind       TEXT NOT NULL,
    name_order INTEGER NOT NULL,
    valid_from DATE,
    valid_to   DATE             -- exclusive
);

CREATE TABLE period (
    period       TEXT PRIMARY KEY,  -- 2024-Q1, 2024-6M, 2024-12M
    year         INTEGER NOT NULL,
    span         TEXT NOT NULL,
    window_start DATE NOT NULL,     -- nominal
    window_end   DATE NOT NULL,
    cumulative   BOOLEAN NOT NULL,
    year_before  TEXT NOT NULL,
    position     INTEGER NOT NULL
);

CREATE TABLE theme (theme TEXT PRIMARY KEY, name_vi TEXT NOT NULL, name_en TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE measure (
    measure TEXT PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    printed TEXT[]                  -- how forms print it, in lower case
);

CREATE TABLE indicator (
    indicator TEXT PRIMARY KEY,
    theme     TEXT NOT NULL,
    name_vi   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    measure   TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('flow', 'cumulative', 'stock', 'coded', 'rate', 'text')),
    decimals  INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('up', 'down', 'none')),
    additive  BOOLEAN NOT NULL,
    position  INTEGER NOT NULL
);

CREATE TABLE rate_name (
    rate       TEXT NOT NULL,
    definition TEXT,                -- null: the rate itself
    name_vi    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    note_vi    TEXT,
    note_en    TEXT,
    direction  TEXT,
    position   INTEGER NOT NULL
);

-- A rate's formula as terms: each side is the sum of its terms.
CREATE TABLE rate_term (
    formula    INTEGER NOT NULL,
    rate       TEXT NOT NULL,
    definition TEXT NOT NULL,
    level      TEXT,                -- null: at whatever level the facts have
    side       TEXT NOT NULL CHECK (side IN ('numerator', 'denominator', 'stated', 'unless')),
    indicator  TEXT NOT NULL,
    term_level TEXT                 -- null: the level of the rate
);

-- What a relation of wholes and parts tests: relation each_at_most, sum_equals or sum_at_most.
CREATE TABLE whole_part (
    rule       TEXT NOT NULL,
    relation   TEXT NOT NULL,
    level      TEXT,
    whole      TEXT NOT NULL,
    part       TEXT NOT NULL,
    part_level TEXT
);

-- Printed percentages with their parts that no rate is made of.
CREATE TABLE stated_rate (
    stated      TEXT NOT NULL,
    numerator   TEXT NOT NULL,
    denominator TEXT NOT NULL
);

-- A target is for a rate (under one definition, or any) or for an indicator.
CREATE TABLE target (
    rate       TEXT,
    definition TEXT,
    indicator  TEXT,
    value      DOUBLE NOT NULL,
    valid_from DATE,
    valid_to   DATE,
    source_vi  TEXT NOT NULL,
    source_en  TEXT NOT NULL,
    note       TEXT
);

CREATE TABLE rule (
    rule       TEXT PRIMARY KEY,
    severity   TEXT NOT NULL CHECK (severity IN ('high', 'medium', 'low')),
    name_vi    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    message_vi TEXT NOT NULL,       -- with {named} values of the check's query; {n:row|rows} agrees with n
    message_en TEXT NOT NULL
);

CREATE TABLE form (form TEXT PRIMARY KEY, name_vi TEXT NOT NULL, name_en TEXT NOT NULL, legal_basis TEXT NOT NULL);

CREATE TABLE form_row (
    form            TEXT NOT NULL,
    annex           TEXT NOT NULL,
    position        INTEGER NOT NULL,
    code            TEXT,
    label           TEXT NOT NULL,
    parent_label    TEXT,
    unit_of_measure TEXT,
    indicator       TEXT,
    level           TEXT,           -- null: the reporting unit's own
    PRIMARY KEY (form, position)
);

-- What was read ------------------------------------------------------------------------------------

CREATE TABLE report (
    report_id       TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    sha256          TEXT NOT NULL,
    form            TEXT,           -- null: no known form fits
    unit_code       TEXT NOT NULL,
    level           TEXT NOT NULL,
    period          TEXT NOT NULL,
    window_start    DATE,           -- as stated; null when the document does not say
    window_end      DATE,
    as_of           DATE,
    signed_on       DATE,
    document_number TEXT,
    simulated       BOOLEAN NOT NULL,
    loaded_at       TIMESTAMP NOT NULL,     -- UTC
    superseded_by   TEXT            -- null: the report in force for its unit and period
);

CREATE TABLE observation (
    report_id       TEXT NOT NULL,
    source          TEXT NOT NULL CHECK (source IN ('annex', 'narrative')),
    annex           TEXT NOT NULL,
    row_no          INTEGER NOT NULL,
    code            TEXT,
    label           TEXT NOT NULL,
    parent_label    TEXT,
    column_label    TEXT,
    column_period   TEXT NOT NULL,  -- the period the column speaks of
    unit_of_measure TEXT,
    raw_value       TEXT,
    value           DECIMAL(18, 4),
    status          TEXT NOT NULL,
    note            TEXT,
    indicator       TEXT,
    known_row       BOOLEAN NOT NULL,
    level           TEXT NOT NULL,
    place           TEXT NOT NULL,
    CHECK ((status = 'reported') = (value IS NOT NULL))
);

-- What only the document itself shows to be wrong: a date that does not exist, a name that is not the unit's.
CREATE TABLE remark (
    report_id TEXT NOT NULL,
    rule      TEXT NOT NULL,
    place     TEXT NOT NULL,
    compared  JSON NOT NULL
);

-- What follows from it: rebuilt for every unit and period a load touches ----------------------------

-- The figure in force for a unit, level, period and indicator, twice: in the order of units, and in that of indicators. Whose
-- report it is follows from unit and period; the view `fact` adds it.
CREATE TABLE fact_by_unit (
    unit_no   USMALLINT NOT NULL,
    period    period_key NOT NULL,
    level     level_key NOT NULL,   -- the tier whose work the figure counts
    indicator indicator_key NOT NULL,
    value     DECIMAL(18, 4),
    status    status_key NOT NULL,
    place     TEXT,                 -- null: simulated without printed rows
    simulated BOOLEAN NOT NULL
);

CREATE TABLE fact_by_indicator (
    indicator indicator_key NOT NULL,
    period    period_key NOT NULL,
    unit_no   USMALLINT NOT NULL,
    level     level_key NOT NULL,
    value     DECIMAL(18, 4),
    status    status_key NOT NULL,
    place     TEXT,
    simulated BOOLEAN NOT NULL
);

-- A ratio of sums under one definition, in the order of units; the view `rate` adds the percentage.
CREATE TABLE rate_by_unit (
    unit_no        USMALLINT NOT NULL,
    period         period_key NOT NULL,
    rate           rate_key NOT NULL,
    definition     definition_key NOT NULL,
    level          level_key NOT NULL,
    numerator      DECIMAL(18, 4),
    denominator    DECIMAL(18, 4),
    stated_percent DECIMAL(18, 4),
    simulated      BOOLEAN NOT NULL
);

-- The rates of every unit of a map in its own tier, as printed, in the order of rates. On the maps of today and of
-- estimates they are carried from the units it was made of: `given` of `expected` had one.
CREATE TABLE shown_rate (
    boundary       boundary_key NOT NULL,
    rate           rate_key NOT NULL,
    definition     definition_key NOT NULL,
    level          level_key NOT NULL,
    period         period_key NOT NULL,
    unit_no        USMALLINT NOT NULL,
    numerator      DECIMAL(18, 4),
    denominator    DECIMAL(18, 4),
    stated_percent DECIMAL(18, 4),
    source_no      USMALLINT,       -- the one unit whose report says so; null: several
    basis          TEXT NOT NULL,   -- own, union or estimated
    problem        TEXT,            -- why there is no figure: split, incomplete
    given          USMALLINT NOT NULL,
    expected       USMALLINT NOT NULL,
    simulated      BOOLEAN NOT NULL
);

-- The rates of all units of a level added up over each unit above them: of those that have one, `units`.
CREATE TABLE added_rate (
    boundary    boundary_key NOT NULL,
    unit_no     USMALLINT NOT NULL,
    level       level_key NOT NULL,
    rate        rate_key NOT NULL,
    definition  definition_key NOT NULL,
    period      period_key NOT NULL,
    numerator   DECIMAL(18, 4),     -- null: none has one
    denominator DECIMAL(18, 4),
    units       USMALLINT NOT NULL,
    estimated   BOOLEAN NOT NULL,   -- shares of split units are part of it
    short       USMALLINT NOT NULL, -- how many of their reports do not cover the period (`covered_window`)
    problem     TEXT,               -- why none has one: parts_missing, nothing_counted
    simulated   BOOLEAN NOT NULL
);

-- The reports there are from the units of a level in each unit, itself among them.
CREATE TABLE reporting (
    boundary     boundary_key NOT NULL,
    period       period_key NOT NULL,
    level        level_key NOT NULL,
    unit_no      USMALLINT NOT NULL,
    reported     USMALLINT NOT NULL,
    data_end     DATE,              -- the earliest day on which the figures of one of them end
    days_missing INTEGER,           -- the most days of the period that one of them leaves out
    short        USMALLINT NOT NULL,
    simulated    BOOLEAN NOT NULL
);

-- How many reports of a unit, over all periods, ask for an indicator and give it; the periods by their `position`.
CREATE TABLE indicator_coverage (
    unit_no        USMALLINT NOT NULL,
    indicator      indicator_key NOT NULL,
    asked          USMALLINT NOT NULL,
    reported       USMALLINT NOT NULL,
    blank          USMALLINT NOT NULL,  -- left so; the rest of `asked` is written otherwise
    first_position USMALLINT,           -- null: none reported
    last_position  USMALLINT,
    simulated      BOOLEAN NOT NULL
);

-- The same of a rate under each of its formulas (`rate_term`).
CREATE TABLE rate_coverage (
    unit_no        USMALLINT NOT NULL,
    formula        INTEGER NOT NULL,
    asked          USMALLINT NOT NULL,
    reported       USMALLINT NOT NULL,
    first_position USMALLINT,
    last_position  USMALLINT,
    simulated      BOOLEAN NOT NULL
);

CREATE TABLE finding (
    report_id  TEXT NOT NULL,
    rule       TEXT NOT NULL,
    severity   TEXT NOT NULL,
    place      TEXT NOT NULL,
    message_vi TEXT NOT NULL,
    message_en TEXT NOT NULL,
    compared   JSON NOT NULL        -- the values the check compared, by name
);

CREATE TABLE version (
    number       INTEGER NOT NULL,
    published_at TIMESTAMP NOT NULL,
    action       TEXT NOT NULL,     -- what made this version: load, demo
    fingerprint  TEXT NOT NULL,     -- of the catalogue, forms and SQL it was derived with
    loose        BIGINT NOT NULL    -- facts that were added behind the others since all were last laid in order
);

-- Where units lie, worked out from `unit` and `unit_lineage` (warehouse/territory.py) ----------------

-- Every unit, and 'VN', with each unit of any time of which all or part lies in it. Boundary 'then': as the units
-- stood in their own time; 'now': on today's map, an ended district being the group of the communes that came of it;
-- 'estimated': as 'now', with split units shared out.
CREATE TABLE territory (
    boundary    TEXT NOT NULL,
    unit_code   TEXT NOT NULL,
    member_code TEXT NOT NULL,
    unit_no     USMALLINT NOT NULL,
    member_no   USMALLINT NOT NULL,
    weight      DOUBLE              -- 1: all of it; a fraction: an estimated share; null: a part, not to be guessed at
);

-- What a unit of today was made of in each stretch of time, of the same level: `expected` units, all needed.
CREATE TABLE heritage (
    boundary    TEXT NOT NULL,
    unit_code   TEXT NOT NULL,
    level       TEXT NOT NULL,
    member_code TEXT NOT NULL,
    unit_no     USMALLINT NOT NULL,
    member_no   USMALLINT NOT NULL,
    weight      DOUBLE,
    expected    INTEGER NOT NULL,
    split       BOOLEAN NOT NULL,   -- one of them went there in part
    valid_from  DATE,
    valid_to    DATE
);

-- The old district that gave a commune of today most of its land.
CREATE TABLE former_district (
    unit_no       USMALLINT NOT NULL,
    unit_code     TEXT PRIMARY KEY,
    district_code TEXT NOT NULL,
    whole         BOOLEAN NOT NULL  -- false: other districts gave land too
);

-- What was done to the warehouse up to this version; the whole of it is in audit.jsonl beside the versions.
CREATE TABLE audit (
    done_at        TIMESTAMP NOT NULL,  -- UTC
    by_user        TEXT NOT NULL,       -- the name of the system's user
    event          TEXT NOT NULL,       -- published, loaded, superseded, rebuilt, rolled_back, failed, interrupted
    action         TEXT NOT NULL,       -- the command: load, demo, rebuild, rollback
    version        INTEGER,
    version_before INTEGER,             -- the one in force before
    report_id      TEXT,
    superseded_by  TEXT,
    detail         TEXT
);
