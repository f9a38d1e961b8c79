-- Findings with the `level` whose figures contradict each other; null where a finding is about no figures of one tier:
-- about the whole report, a row's form, or an indicator that counts all tiers of an area at once.
CREATE OR REPLACE VIEW tiered_finding AS
SELECT *,
       CASE WHEN NOT ends_with(coalesce(compared->>'$.whole', compared->>'$.subject', compared->>'$.indicator', ''), '_area')
            THEN compared->>'$.level' END AS level
FROM finding;
