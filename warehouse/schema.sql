-- The tables of one version file. Names and columns are the public data contract (README, "The data").
-- Codes are text, percentages as printed (0-100), a missing figure is null with a status.

-- Dimensions ---------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS unit (
    unit_code   TEXT PRIMARY KEY,   -- the official code, '@2025-07-01' appended where it was given again
    level       TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
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

CREATE TABLE IF NOT EXISTS unit_lineage (
    old_code TEXT NOT NULL,
    new_code TEXT NOT NULL,
    date     DATE NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('whole', 'part')),
    share    DOUBLE,
    PRIMARY KEY (old_code, new_code, date)
);

-- Names and kinds that a unit bore before its present ones, while it stayed the same unit.
CREATE TABLE IF NOT EXISTS unit_name (
    unit_code  TEXT NOT NULL,
    name       TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind       TEXT NOT NULL,
    valid_from DATE,
    valid_to   DATE NOT NULL    -- exclusive
);

CREATE TABLE IF NOT EXISTS period (
    period       TEXT PRIMARY KEY,  -- 2024-Q1, 2024-6M, 2024-12M
    year         INTEGER NOT NULL,
    span         TEXT NOT NULL,
    window_start DATE NOT NULL,     -- nominal
    window_end   DATE NOT NULL,
    cumulative   BOOLEAN NOT NULL,
    year_before  TEXT NOT NULL,
    position     INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS theme (theme TEXT PRIMARY KEY, name_vi TEXT NOT NULL, name_en TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS measure (
    measure TEXT PRIMARY KEY,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    printed TEXT[]                  -- how forms print it, in lower case
);

CREATE TABLE IF NOT EXISTS indicator (
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

CREATE TABLE IF NOT EXISTS rate_name (
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
CREATE TABLE IF NOT EXISTS rate_term (
    formula    INTEGER NOT NULL,
    rate       TEXT NOT NULL,
    definition TEXT NOT NULL,
    level      TEXT,                -- null: at whatever level the facts have
    side       TEXT NOT NULL CHECK (side IN ('numerator', 'denominator', 'stated', 'unless')),
    indicator  TEXT NOT NULL,
    term_level TEXT                 -- null: the level of the rate
);

-- What a relation of wholes and parts tests: relation each_at_most, sum_equals or sum_at_most.
CREATE TABLE IF NOT EXISTS whole_part (
    rule       TEXT NOT NULL,
    relation   TEXT NOT NULL,
    level      TEXT,
    whole      TEXT NOT NULL,
    part       TEXT NOT NULL,
    part_level TEXT
);

-- Printed percentages with their parts that no rate is made of.
CREATE TABLE IF NOT EXISTS stated_rate (
    stated      TEXT NOT NULL,
    numerator   TEXT NOT NULL,
    denominator TEXT NOT NULL
);

-- A target is for a rate (under one definition, or any) or for an indicator.
CREATE TABLE IF NOT EXISTS target (
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

CREATE TABLE IF NOT EXISTS rule (
    rule       TEXT PRIMARY KEY,
    severity   TEXT NOT NULL CHECK (severity IN ('high', 'medium', 'low')),
    name_vi    TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    message_vi TEXT NOT NULL,       -- with {named} values of the check's query
    message_en TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS form (form TEXT PRIMARY KEY, name_vi TEXT NOT NULL, name_en TEXT NOT NULL, legal_basis TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS form_row (
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

CREATE TABLE IF NOT EXISTS report (
    report_id       TEXT PRIMARY KEY,
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

CREATE TABLE IF NOT EXISTS observation (
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
    status          TEXT NOT NULL CHECK (status IN ('reported', 'blank', 'text', 'formula', 'ratio_text')),
    note            TEXT,
    indicator       TEXT,
    known_row       BOOLEAN NOT NULL,
    level           TEXT NOT NULL,
    place           TEXT NOT NULL,
    CHECK ((status = 'reported') = (value IS NOT NULL))
);

-- What only the document itself shows to be wrong: a date that does not exist, a name that is not the unit's.
CREATE TABLE IF NOT EXISTS remark (
    report_id TEXT NOT NULL,
    rule      TEXT NOT NULL,
    place     TEXT NOT NULL,
    compared  JSON NOT NULL
);

-- What follows from it: rebuilt for every unit and period a load touches ----------------------------

CREATE TABLE IF NOT EXISTS fact (
    unit_code TEXT NOT NULL,
    level     TEXT NOT NULL,        -- the tier whose work the figure counts
    period    TEXT NOT NULL,
    indicator TEXT NOT NULL,
    value     DECIMAL(18, 4),
    status    TEXT NOT NULL,
    report_id TEXT NOT NULL,
    place     TEXT NOT NULL,
    simulated BOOLEAN NOT NULL
);

CREATE TABLE IF NOT EXISTS rate (
    unit_code      TEXT NOT NULL,
    level          TEXT NOT NULL,
    period         TEXT NOT NULL,
    rate           TEXT NOT NULL,
    definition     TEXT NOT NULL,
    numerator      DECIMAL(18, 4),
    denominator    DECIMAL(18, 4),
    percent        DOUBLE,          -- null where the denominator is 0 or a part is missing
    stated_percent DECIMAL(18, 4),
    report_id      TEXT NOT NULL,
    simulated      BOOLEAN NOT NULL
);

CREATE TABLE IF NOT EXISTS finding (
    report_id  TEXT NOT NULL,
    rule       TEXT NOT NULL,
    severity   TEXT NOT NULL,
    place      TEXT NOT NULL,
    message_vi TEXT NOT NULL,
    message_en TEXT NOT NULL,
    compared   JSON NOT NULL        -- the values the check compared, by name
);

CREATE TABLE IF NOT EXISTS version (
    number       INTEGER NOT NULL,
    published_at TIMESTAMP NOT NULL,
    action       TEXT NOT NULL,     -- what made this version: load, demo
    fingerprint  TEXT NOT NULL      -- of the catalogue, forms and SQL it was derived with
);

-- Where units lie, worked out from `unit` and `unit_lineage` (warehouse/territory.py) ----------------

-- Every unit, and 'VN', with each unit of any time of which all or part lies in it. Boundary 'then': as the units
-- stood in their own time; 'now': on today's map, an ended district being the group of the communes that came of it;
-- 'estimated': as 'now', with split units shared out.
CREATE TABLE IF NOT EXISTS territory (
    boundary    TEXT NOT NULL CHECK (boundary IN ('then', 'now', 'estimated')),
    unit_code   TEXT NOT NULL,
    member_code TEXT NOT NULL,
    weight      DOUBLE              -- 1: all of it; a fraction: an estimated share; null: a part, not to be guessed at
);

-- What a unit of today was made of in each stretch of time, of the same level: `expected` units, all needed.
CREATE TABLE IF NOT EXISTS heritage (
    boundary    TEXT NOT NULL CHECK (boundary IN ('now', 'estimated')),
    unit_code   TEXT NOT NULL,
    level       TEXT NOT NULL,
    member_code TEXT NOT NULL,
    weight      DOUBLE,
    expected    INTEGER NOT NULL,
    split       BOOLEAN NOT NULL,   -- one of them went there in part
    valid_from  DATE,
    valid_to    DATE
);

-- The old district that gave a commune of today most of its land.
CREATE TABLE IF NOT EXISTS former_district (
    unit_code     TEXT PRIMARY KEY,
    district_code TEXT NOT NULL,
    whole         BOOLEAN NOT NULL  -- false: other districts gave land too
);

-- What was done to the warehouse up to this version; the whole of it is in audit.jsonl beside the versions.
CREATE TABLE IF NOT EXISTS audit (
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
