-- Portable to SQLite and PostgreSQL, as 0001 says.

-- catalogue/ -------------------------------------------------------------------------------------------------------

-- 审批机关 by their days; `authority` holds what is so today. Since when the first known row of one is right nobody knows: it is found on
-- every day before the next.
CREATE TABLE authority_version (
    code TEXT NOT NULL REFERENCES authority (code),
    effective_from TEXT NOT NULL,
    effective_to TEXT,                  -- its last day, once another version follows
    name TEXT NOT NULL,
    body TEXT NOT NULL,                 -- JSON of the authority
    PRIMARY KEY (code, effective_from)
);
INSERT INTO authority_version (code, effective_from, effective_to, name, body) SELECT code, '1900-01-01', NULL, name, body FROM authority;
