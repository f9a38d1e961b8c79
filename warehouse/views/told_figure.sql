-- Figures of the running text. `bound`: the text says more than, nearly, about ... that much. `comparable` unless it says so,
-- or that it covers another window (`other_window`): such a figure contradicts no other number. `steps`: into how many
-- parts its printed decimals cut a whole.
CREATE OR REPLACE VIEW told_figure AS
WITH noted AS (
    SELECT *, lower(coalesce(note, '')) AS said FROM observation WHERE source = 'narrative' AND value IS NOT NULL
),
told AS (
    SELECT *,
           regexp_extract(said, '(^|; )(trên|hơn|tối thiểu|ít nhất|trở lên|gần|dưới|khoảng|xấp xỉ|ước)(;|$)', 2) AS bound,
           regexp_matches(said, '(^|[^\pL])(từ ngày|đến ngày|đến hết|sau ngày|trước ngày|tháng|quý|cũ)([^\pL]|$)') AS other_window
    FROM noted
)
SELECT report_id, place, indicator, level, label, raw_value, value, note, column_period, bound, other_window,
       NOT other_window AND bound = '' AS comparable,
       power(10, length(regexp_extract(raw_value, '[.,](\d+) ?%', 1)))::DOUBLE AS steps
FROM told;
