-- The tables of one version file. Names and columns are the public data contract (README, "The data").
-- Codes are text, percentages as printed (0-100), a missing figure is null with a status.

-- Dimensions ---------------------------------------------------------------------------------------

CREATE TABLE unit (
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

CREATE TABLE unit_lineage (
    old_code TEXT NOT NULL,
    new_code TEXT NOT NULL,
    date     DATE NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('whole', 'part')),
    share    DOUBLE,
    PRIMARY KEY (old_code, new_code, date)
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
    message_vi TEXT NOT NULL,       -- with {named} values of the check's query
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
    status          TEXT NOT NULL CHECK (status IN ('reported', 'blank', 'text', 'formula', 'ratio_text')),
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

CREATE TABLE fact (
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

CREATE TABLE rate (
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
    fingerprint  TEXT NOT NULL      -- of the catalogue, forms and SQL it was derived with
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

-- Every unit with each of its ancestors and itself: what "the communes of this province" means.
CREATE TABLE unit_ancestor (
    unit_code     TEXT NOT NULL,
    ancestor_code TEXT NOT NULL
);
