-- Portable to SQLite and PostgreSQL, as 0001 says.

-- notice/ ----------------------------------------------------------------------------------------------------------

-- A message need not be about a case: a unit is told of its certificates too. Nothing ever read the column.
ALTER TABLE message DROP COLUMN application_id;
