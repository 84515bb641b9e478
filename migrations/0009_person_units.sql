-- account/ ---------------------------------------------------------------------------------------------------------

-- A person applies as a unit does. Whoever registered before has one now; of two accounts with one document the first.
INSERT INTO unit (id, kind, name, code, unit_type, region, profile, created_at)
    SELECT a.id, 'person', a.person_name, a.id_no_digest, '', '', '{}', a.created_at FROM account a
    WHERE a.role = 'person' AND a.id_no_digest <> ''
        AND NOT EXISTS (SELECT 1 FROM account b WHERE b.role = 'person' AND b.id_no_digest = a.id_no_digest AND b.id < a.id);
UPDATE account SET unit_id = id WHERE role = 'person' AND id IN (SELECT id FROM unit WHERE kind = 'person');
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 50)
    INSERT INTO unit_gram (gram, unit_id) SELECT DISTINCT substr(u.name, place.n, 2), u.id FROM unit u JOIN place ON place.n <= length(u.name) WHERE u.kind = 'person';
