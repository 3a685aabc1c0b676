/**
 * The counters of the limiter, and the function that charges them: one call, whatever the number of gates. It holds
 * the rows it will change before it looks at them, in one order for everybody, so that no two calls wait for each
 * other; and it reads the clock after that. `told` is an instant that counts instead of the server's clock.
 *
 * `a` and `b` are interval and tolerance of a rolling gate, limit and window of a calendar gate. What it answers: the
 * instant that counted, and then by gate its wait (taking) or where it stands. A wait below a microsecond is dust of
 * the arithmetic.
 */
export const gates = `
  CREATE UNLOGGED TABLE @gate (
    id text COLLATE "C" PRIMARY KEY,
    value double precision NOT NULL,
    ends_at double precision NOT NULL
  ) WITH (fillfactor = 50);

  CREATE FUNCTION @charge_gates(
    ids text[], kinds text[], a double precision[], b double precision[], costs double precision[],
    told double precision, taking boolean
  ) RETURNS double precision[] LANGUAGE plpgsql AS $$
  DECLARE
    wanted text[] := ARRAY(
      SELECT id FROM unnest(ids, kinds, costs) AS asked (id, kind, cost) WHERE kind <> 'pause' AND cost <> 0);
    held integer;
    here double precision;
    answers double precision[];
  BEGIN
    LOOP
      INSERT INTO @gate (id, value, ends_at)
      SELECT id, 0, 0 FROM unnest(wanted) AS wanting (id) ORDER BY id COLLATE "C" ON CONFLICT DO NOTHING;
      PERFORM FROM @gate WHERE id = ANY (wanted) ORDER BY id FOR UPDATE;
      GET DIAGNOSTICS held = ROW_COUNT;
      EXIT WHEN held = cardinality(wanted);
    END LOOP;

    here := coalesce(told, extract(epoch FROM clock_timestamp()) * 1000);

    WITH asked AS (
      SELECT * FROM unnest(ids, kinds, a, b, costs) WITH ORDINALITY AS asked (id, kind, a, b, cost, place)
    ), standing AS (
      SELECT asked.*,
             CASE WHEN gate.ends_at > here THEN gate.value END AS kept,
             CASE WHEN gate.ends_at > here THEN gate.ends_at ELSE (floor(here / nullif(asked.b, 0)) + 1) * asked.b END AS ends
        FROM asked LEFT JOIN @gate AS gate ON gate.id = asked.id
    ), charged AS (
      SELECT standing.*,
             CASE kind
               WHEN 'pause' THEN coalesce(kept - here, 0)
               WHEN 'calendar' THEN
                 CASE WHEN cost > standing.a THEN 'Infinity'
                      WHEN coalesce(kept, 0) + cost > standing.a THEN least(standing.b, ends - here)
                      ELSE 0 END
               ELSE
                 CASE WHEN cost * standing.a > standing.b THEN 'Infinity'
                      ELSE greatest(kept, here) + cost * standing.a - here - standing.b END
             END AS wait,
             CASE kind
               WHEN 'pause' THEN coalesce(kept, 0)
               WHEN 'calendar' THEN greatest(coalesce(kept, 0) + cost, 0)
               ELSE greatest(greatest(kept, here) + cost * standing.a, here)
             END AS level
        FROM standing
    ), written AS (
      UPDATE @gate AS gate
         SET value = level,
             ends_at = CASE WHEN kind = 'rolling' THEN level WHEN level = 0 THEN here ELSE ends END
        FROM charged
       WHERE gate.id = charged.id AND kind <> 'pause' AND cost <> 0
         AND (NOT taking OR (SELECT bool_and(wait < 0.001) FROM charged))
    )
    SELECT array_agg(CASE WHEN NOT taking THEN level WHEN wait < 0.001 THEN 0 ELSE wait END ORDER BY place)
      INTO answers FROM charged;

    RETURN here || coalesce(answers, '{}');
  END $$;
`
