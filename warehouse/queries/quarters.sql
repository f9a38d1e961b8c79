-- The cumulative period at whose end each quarter ends.
SELECT period, until_period FROM quarter WHERE until_period IS NOT NULL ORDER BY period;
