-- document/ --------------------------------------------------------------------------------------------------------

-- An issued document (文书). Frozen: nothing changes but what is noted once, the PDF's hash and who opened it first.
CREATE TABLE document (
    id TEXT PRIMARY KEY,
    case_no TEXT NOT NULL,              -- 申请号
    unit_id TEXT NOT NULL,              -- the applicant
    agency_id TEXT,                     -- the review agency, for papers of a review
    authority_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,               -- 文号、证书编号; a reissued certificate keeps its number
    issued_at BIGINT NOT NULL,
    content TEXT NOT NULL,              -- JSON, canonical
    sha256 TEXT NOT NULL,               -- of the content
    statement TEXT NOT NULL,            -- what the QR code says
    pdf_sha256 TEXT,                    -- once it is set; the bytes are stored by it
    pdf_size BIGINT,
    opened_by TEXT,                     -- 送达: the first of the applicant's unit to open it
    opened_at BIGINT
);
CREATE INDEX document_case ON document (case_no, id);
CREATE INDEX document_number ON document (number, id);
CREATE INDEX document_unset ON document (pdf_sha256, id);

-- An authority's own text of a kind of document (文书模板); the newest version counts, an empty one is the text delivered.
CREATE TABLE document_template (
    authority_code TEXT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,            -- 1, 2, 3, …
    body TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (authority_code, kind, version)
);

-- 常用补正理由 of an authority. Notices hold their own words, so a change here alters none.
CREATE TABLE reason_library (
    id TEXT PRIMARY KEY,
    authority_code TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    retired_at BIGINT
);
CREATE INDEX reason_library_authority ON reason_library (authority_code, id);

-- licence/ ---------------------------------------------------------------------------------------------------------

ALTER TABLE certificate ADD COLUMN document_id TEXT;            -- of one issued here
ALTER TABLE certificate ADD COLUMN state_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN state_at BIGINT;             -- when its state was set last
CREATE INDEX certificate_number ON certificate (number);
CREATE INDEX certificate_document ON certificate (document_id);
CREATE INDEX certificate_authority ON certificate (authority_code, created_at, id);
