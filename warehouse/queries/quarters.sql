-- The cumulative period at whose end each quarter ends, and the one before whose figures are taken off.
SELECT period, until_period, since_period FROM quarter WHERE until_period IS NOT NULL ORDER BY period;
