-- licence/ ---------------------------------------------------------------------------------------------------------

-- The public list of granted licences: decisions that were published, and certificates on paper that an officer confirmed. It took every
-- certificate in force before, published or not; nothing else reads by that index.
DROP INDEX certificate_public;
CREATE INDEX case_event_published ON case_event (at, id) WHERE event = 'published';
CREATE INDEX certificate_paper ON certificate (issued_on, id) WHERE document_id IS NULL AND state = 'valid';

-- document/ --------------------------------------------------------------------------------------------------------

-- A reason has versions as a template has, under the kind reason/ID; what it says is its newest one.
INSERT INTO document_template (authority_code, kind, version, body, account_id, at)
    SELECT authority_code, 'reason/' || id, 1, body, '', changed_at FROM reason_library;
ALTER TABLE reason_library DROP COLUMN body;
ALTER TABLE reason_library DROP COLUMN changed_at;
-- The kind of letter it is for.
ALTER TABLE reason_library ADD COLUMN kind TEXT NOT NULL DEFAULT 'correction';
