-- Portable to SQLite and PostgreSQL: ids TEXT (UUIDv7), instants BIGINT (unix ms), dates TEXT (ISO), flags BIGINT 0/1,
-- JSON TEXT read and written whole. No now(), arrays, ILIKE. A table has one owner; the comment names it.

-- account/ ---------------------------------------------------------------------------------------------------------

-- 单位: an enterprise, an institution, or a review agency.
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,                 -- enterprise | branch | institution | agency | closed-agency
    name TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,          -- 统一社会信用代码 or 组织机构代码
    unit_type TEXT NOT NULL,
    region TEXT NOT NULL,
    profile TEXT NOT NULL,              -- JSON of what the profile page holds beyond this
    created_at BIGINT NOT NULL
);

-- 账号: a person who signs in. Exactly one of unit_id, authority_code or neither (individual, admin).
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,  -- lower case
    mobile TEXT NOT NULL,
    mobile_key TEXT NOT NULL UNIQUE,    -- mobile, or the account id for staff without one and for closed accounts
    password_hash TEXT NOT NULL,
    person_name TEXT NOT NULL,
    email TEXT NOT NULL,
    id_kind TEXT NOT NULL,
    id_no_sealed TEXT NOT NULL,         -- ciphertext, or empty
    id_no_digest TEXT NOT NULL,         -- keyed digest, or empty
    profile TEXT NOT NULL,              -- JSON
    role TEXT NOT NULL,                 -- person | owner | filler | reader | staff | admin
    may_submit BIGINT NOT NULL,         -- ruling 11: a filler to whom the owner gave it
    unit_id TEXT REFERENCES unit (id),
    authority_code TEXT,
    duties TEXT NOT NULL,               -- comma-joined: acceptance,examiner,approver,certificate,supervisor,authority-admin
    secret TEXT NOT NULL,               -- sealed; seals local drafts of this person
    state TEXT NOT NULL,                -- active | closed
    created_at BIGINT NOT NULL
);
CREATE INDEX account_unit ON account (unit_id);
CREATE INDEX account_authority ON account (authority_code);
CREATE INDEX account_id_no ON account (id_no_digest);

CREATE TABLE session (
    token_digest TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,            -- what the list of sessions shows and ends
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,            -- last foreground request
    agent TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

-- 短信验证码: six digits, hashed; one live code per mobile and purpose, none where the digest is empty.
CREATE TABLE sms_code (
    mobile TEXT NOT NULL,
    purpose TEXT NOT NULL,              -- register | sign-in | reset | mobile
    digest TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    day TEXT NOT NULL,
    sent_today BIGINT NOT NULL,
    PRIMARY KEY (mobile, purpose)
);

-- 验证问题 after a failed sign-in: single use; the digest of the right answer.
CREATE TABLE challenge (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Failed sign-ins by what was typed as the name, whether such an account exists or not: a challenge after the first,
-- locked after the fifth.
CREATE TABLE sign_in_failure (
    name_key TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

-- Invitations of sub-users: the link's token is stored hashed.
CREATE TABLE invitation (
    token_digest TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    mobile TEXT NOT NULL,
    person_name TEXT NOT NULL,
    role TEXT NOT NULL,
    may_submit BIGINT NOT NULL,
    invited_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX invitation_unit ON invitation (unit_id);

-- server/ ----------------------------------------------------------------------------------------------------------

-- What a form posted without script, and what was wrong with it; sealed, shown once more on the next page.
CREATE TABLE form_state (
    token_digest TEXT NOT NULL,
    form TEXT NOT NULL,
    sealed TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_digest, form)
);

-- Running numbers; a row per series, e.g. `application/20261122`.
CREATE TABLE counter (
    series TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

-- Who did what beyond drafts: sign-ins, profile and staff changes, reading of secrets.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    account_id TEXT,
    deed TEXT NOT NULL,
    about TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_about ON audit (about, id);

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- notice/ ----------------------------------------------------------------------------------------------------------

-- 消息发件箱: written in the transaction that causes it, sent by a worker with retry.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,              -- sms | mail
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    sealed TEXT NOT NULL,               -- the text; it may hold a code
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    state TEXT NOT NULL,                -- waiting | sent | failed
    error TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (state, due_at);

-- catalogue/ -------------------------------------------------------------------------------------------------------

CREATE TABLE catalogue_version (
    version TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    effective_to TEXT,
    digest TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    imported_by TEXT
);

CREATE TABLE catalogue_item (
    version TEXT NOT NULL REFERENCES catalogue_version (version),
    item_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    body TEXT NOT NULL,                 -- JSON of the item
    PRIMARY KEY (version, item_id)
);

CREATE TABLE authority (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL,                -- national | provincial | delegated
    body TEXT NOT NULL                  -- JSON of the authority
);

-- 委托 (行政许可法 art. 24): what a province lets a city decide.
CREATE TABLE delegation (
    id TEXT PRIMARY KEY,
    authority_code TEXT NOT NULL REFERENCES authority (code),
    body TEXT NOT NULL,                 -- JSON of the delegation
    effective_from TEXT NOT NULL,
    effective_to TEXT
);

-- application/ -----------------------------------------------------------------------------------------------------

CREATE TABLE application (
    id TEXT PRIMARY KEY,
    no TEXT NOT NULL UNIQUE,            -- 申请号
    unit_id TEXT NOT NULL REFERENCES unit (id),
    category TEXT NOT NULL,
    kind TEXT NOT NULL,
    catalogue_version TEXT NOT NULL REFERENCES catalogue_version (version),
    authority_code TEXT NOT NULL REFERENCES authority (code),
    items TEXT NOT NULL,                -- JSON list of item ids
    item_labels TEXT NOT NULL,          -- comma-joined, for lists
    facts TEXT NOT NULL,                -- JSON: working addresses and answers that routing used
    revision BIGINT NOT NULL,           -- of the draft's cells
    created_at BIGINT NOT NULL,
    -- What its events have made of it; only casework/ writes these.
    state TEXT NOT NULL,                -- a word of workflow::State
    case_revision BIGINT NOT NULL,      -- how many events there are: the compare-and-swap of every action
    projection TEXT NOT NULL,           -- JSON of workflow::Case
    turn TEXT NOT NULL,                 -- a word of workflow::Role: whose turn it is; empty if nobody's
    due_on TEXT,                        -- last day of the clock that binds them
    wake_at BIGINT,                     -- when time itself does the next thing
    agency_id TEXT,                     -- the review agency named
    handler_id TEXT,                    -- 承办人
    changed_at BIGINT NOT NULL,
    submitted_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX application_unit ON application (unit_id, created_at, id);
CREATE INDEX application_authority ON application (authority_code, state, submitted_at);
CREATE INDEX application_due ON application (authority_code, turn, due_on);
CREATE INDEX application_queue ON application (authority_code, (COALESCE(due_on, '9999-12-31')), id);
CREATE INDEX application_agency ON application (agency_id, state);
CREATE INDEX application_wake ON application (wake_at);

-- The draft: one row per path; a row without a value is a tombstone.
CREATE TABLE draft_cell (
    application_id TEXT NOT NULL REFERENCES application (id),
    path TEXT NOT NULL,
    value TEXT,                         -- ciphertext where FIELDS says secret
    revision BIGINT NOT NULL,
    op_id TEXT NOT NULL,
    PRIMARY KEY (application_id, path)
);
CREATE INDEX draft_cell_revision ON draft_cell (application_id, revision);

-- Every change ever sent, also the ones that lost: the history, the audit of edits, and the answer to a replay.
CREATE TABLE draft_op (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES application (id),
    path TEXT NOT NULL,
    value TEXT,
    outcome TEXT NOT NULL,              -- JSON
    account_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX draft_op_application ON draft_op (application_id, path, at);

-- 提交的版本: frozen, read and printed for ever.
CREATE TABLE application_version (
    application_id TEXT NOT NULL REFERENCES application (id),
    version BIGINT NOT NULL,
    client_id TEXT NOT NULL UNIQUE,     -- one click is one submission
    body TEXT NOT NULL,                 -- canonical JSON with the labels of its day
    sha256 TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    PRIMARY KEY (application_id, version)
);

-- casework/ --------------------------------------------------------------------------------------------------------

-- What happened to a case, in order. Rows are only added; each holds the hash of the one before (`xuke verify-audit`).
CREATE TABLE case_event (
    application_id TEXT NOT NULL REFERENCES application (id),
    seq BIGINT NOT NULL,                -- 1, 2, 3, … without a gap
    id TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    account_id TEXT NOT NULL,           -- empty for what time did
    role TEXT NOT NULL,                 -- as what they acted: a word of workflow::Role
    event TEXT NOT NULL,                -- accepted, granted, …
    payload TEXT NOT NULL,              -- JSON of workflow::Action
    reason TEXT NOT NULL,
    documents TEXT NOT NULL,            -- JSON list of ids
    client_id TEXT,                     -- one click is one action
    previous TEXT NOT NULL,             -- hash of the row before; empty for the first
    hash TEXT NOT NULL,
    PRIMARY KEY (application_id, seq),
    UNIQUE (application_id, client_id)
);
CREATE INDEX case_event_word ON case_event (event, at, id);

-- Days a reviewer is at a case: the same reviewer is never at two on one day.
CREATE TABLE review_booking (
    agency_id TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    day TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES application (id),
    PRIMARY KEY (agency_id, reviewer, day)
);
CREATE INDEX review_booking_application ON review_booking (application_id);

-- licence/ ---------------------------------------------------------------------------------------------------------

-- 已取得的许可证, registered by the unit from paper, pending an officer's check, or (later) issued here.
CREATE TABLE certificate (
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
    UNIQUE (unit_id, number)
);
CREATE INDEX certificate_public ON certificate (state, issued_on, id);

-- server/files -----------------------------------------------------------------------------------------------------

-- An upload: created, filled at an offset, completed by hash, attached; swept after a day if never completed.
CREATE TABLE file (
    id TEXT PRIMARY KEY,
    unit_id TEXT,
    account_id TEXT NOT NULL,
    application_no TEXT NOT NULL,       -- 申请号; empty: the unit's own papers
    slot TEXT NOT NULL,                 -- path of the place it is meant for
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    media TEXT NOT NULL,                -- by content, not by name; empty until complete
    sha256 TEXT NOT NULL,               -- empty until complete; the bytes are stored once by it
    created_at BIGINT NOT NULL,
    completed_at BIGINT,
    attached_at BIGINT
);
CREATE INDEX file_hash ON file (sha256);
CREATE INDEX file_open ON file (completed_at, created_at);
