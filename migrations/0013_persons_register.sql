-- Portable to SQLite and PostgreSQL, as 0001 says.

-- licence/ ---------------------------------------------------------------------------------------------------------

-- 初次取证日期 as a person copied it from a certificate on paper. Units' certificates have none; those of persons that are issued here
-- have it item by item in person.
ALTER TABLE certificate ADD COLUMN first_on TEXT NOT NULL DEFAULT '';
