-- licence/ ---------------------------------------------------------------------------------------------------------

-- A person has one certificate: what is granted later makes a new version of it under the same number, and the one before is
-- superseded. So a number is unique among its holder's certificates but for those; a constraint of a table cannot say that.
CREATE TABLE certificate_next (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    number TEXT NOT NULL,
    category TEXT NOT NULL,
    items TEXT NOT NULL,
    authority_code TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    state TEXT NOT NULL,                -- pending | valid | …
    file_id TEXT,
    created_at BIGINT NOT NULL,
    document_id TEXT,                   -- of one issued here
    state_reason TEXT NOT NULL DEFAULT '',
    state_at BIGINT,                    -- when its state was set last
    person TEXT                         -- of a person's, JSON: the term of each item, and where the person practises
);
INSERT INTO certificate_next (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, file_id, created_at, document_id, state_reason, state_at)
    SELECT id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, file_id, created_at, document_id, state_reason, state_at FROM certificate;
DROP TABLE certificate;
ALTER TABLE certificate_next RENAME TO certificate;
CREATE UNIQUE INDEX certificate_holder ON certificate (unit_id, number) WHERE state <> 'superseded';
-- And of what was issued here a person has one in force, whoever issues at the same moment.
CREATE UNIQUE INDEX certificate_person ON certificate (unit_id) WHERE category = 'personnel' AND document_id IS NOT NULL AND state IN ('valid', 'suspended');
CREATE INDEX certificate_unit ON certificate (unit_id, created_at, id);
CREATE INDEX certificate_public ON certificate (state, issued_on, id);
CREATE INDEX certificate_number ON certificate (number);
CREATE INDEX certificate_document ON certificate (document_id);
CREATE INDEX certificate_authority ON certificate (authority_code, created_at, id);
