-- Cuts against a base year that only the note names ("Năm 2015: 55"): the printed percentage against (base - now) / base.
-- What there is now stands in the note as well, behind the base year's, or in a row of its own.
WITH cut(stated, now) AS (
    VALUES ('public_service_units_cut_rate_stated', 'public_service_units_area'),
           ('civil_servants_cut_rate_stated', 'civil_servant_quota'),
           ('service_staff_cut_rate_stated', 'service_staff_quota')
),
noted AS (
    SELECT fact.report_id, fact.unit_code, fact.period, fact.level, fact.place, cut.stated, cut.now, fact.value AS stated_percent,
           regexp_extract_all(observation.note, 'Năm \d{4}\s*:\s*(\d[\d.]*)', 1)
               .list_transform(lambda text: try_cast(replace(text, '.', '') AS DECIMAL(18, 4))) AS years
    FROM fact
    JOIN touched USING (unit_code, period)
    JOIN cut ON cut.stated = fact.indicator
    JOIN observation ON observation.report_id = fact.report_id AND observation.indicator = fact.indicator
                    AND observation.level = fact.level AND observation.source = 'annex'
    WHERE fact.value IS NOT NULL AND observation.note IS NOT NULL
),
counted AS (
    SELECT noted.*, years[1] AS base, coalesce(years[2], current.value) AS present
    FROM noted
    LEFT JOIN fact AS current
      ON current.unit_code = noted.unit_code AND current.period = noted.period AND current.level = noted.level
     AND current.indicator = noted.now
),
judged AS (
    SELECT *, 100.0 * (base - present)::DOUBLE / base::DOUBLE AS percent,
           CASE WHEN stated_percent = round(stated_percent, 0) THEN 0
                WHEN stated_percent = round(stated_percent, 1) THEN 1 ELSE 2 END AS decimals
    FROM counted
    WHERE base > 0 AND present <= base
)
SELECT CASE WHEN trunc((percent + 1e-9) * 10 ** decimals) / 10 ** decimals = stated_percent THEN 'rate_truncated'
            ELSE 'rate_differs' END AS rule,
       report_id, place, stated AS subject, level, (base - present)::DOUBLE AS numerator, base::DOUBLE AS denominator, percent, stated_percent
FROM judged
WHERE round(percent + 1e-9, decimals) <> stated_percent
ORDER BY report_id, place;
