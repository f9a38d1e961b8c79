-- Figures of the running text. `comparable` unless the text says that it covers another window or gives a bound
-- ("over 98 %"): such a figure contradicts nothing.
CREATE OR REPLACE VIEW told_figure AS
SELECT report_id, place, indicator, level, label, raw_value, value, note,
       NOT regexp_matches(lower(coalesce(note, '')),
                          '(từ ngày|đến ngày|đến hết|sau ngày|trước ngày|tháng|quý|trên|hơn|gần|ước|khoảng|dưới|cũ)')
           AS comparable
FROM observation
WHERE source = 'narrative' AND value IS NOT NULL;
