-- Portable to SQLite and PostgreSQL, as 0001 says.

-- notice/ ----------------------------------------------------------------------------------------------------------

-- 站内消息: one row for each person and thing that happened, however often a job runs.
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    application_id TEXT NOT NULL REFERENCES application (id),
    key TEXT NOT NULL,                  -- the event or the reminder it tells of
    flagged BIGINT NOT NULL,            -- an alert for a supervisor
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    link TEXT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT,
    UNIQUE (account_id, key)
);
CREATE INDEX message_account ON message (account_id, at, id);
CREATE INDEX message_unread ON message (account_id) WHERE read_at IS NULL;

-- 通知方式: who chose otherwise than what is usual.
CREATE TABLE notice_choice (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    sms BIGINT NOT NULL,
    mail BIGINT NOT NULL
);

-- casework/ --------------------------------------------------------------------------------------------------------

-- 到期提醒 sent: whoever adds the row sends it.
CREATE TABLE reminder (
    application_id TEXT NOT NULL REFERENCES application (id),
    key TEXT NOT NULL,                  -- clock, its first day, how far it had run
    at BIGINT NOT NULL,
    PRIMARY KEY (application_id, key)
);

-- calendar/ --------------------------------------------------------------------------------------------------------

-- 放假安排 by year. Rows are only added; of a year the last one holds.
CREATE TABLE calendar_notice (
    seq BIGINT PRIMARY KEY,             -- 1, 2, 3, …
    id TEXT NOT NULL UNIQUE,
    year BIGINT NOT NULL,
    body TEXT NOT NULL,                 -- JSON of days off and make-up working days
    at BIGINT NOT NULL,
    account_id TEXT                     -- nobody: the program brought it along
);
