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
