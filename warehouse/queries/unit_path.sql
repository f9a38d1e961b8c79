-- A unit and what stands above it, the province first: in its own time, or on today's map, where an ended district is the
-- group of communes that came of it and a unit that is neither has no path. Names are those of the period, if one is named.
SELECT above.unit_code, coalesce(named.name, above.name) AS name, above.level, coalesce(named.kind, above.kind) AS kind,
       above.parent_code, above.valid_from, above.valid_to
FROM territory
JOIN unit AS above ON above.unit_code = territory.unit_code
LEFT JOIN unit_in_period AS named ON named.unit_code = above.unit_code AND named.period = $period
WHERE territory.boundary = $boundary AND territory.member_code = $unit
  AND EXISTS (FROM territory AS itself WHERE itself.boundary = $boundary AND itself.unit_code = $unit)
  AND ($boundary = 'then' OR above.level <> 'district' OR above.unit_code = $unit)
ORDER BY array_position(['province', 'district', 'commune'], above.level);
