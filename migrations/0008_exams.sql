-- Examinations of persons (考试): plans, sessions, seats and the marks typed but not published; owned by exam/.

CREATE TABLE exam_plan (
    body_id TEXT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    text TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (body_id, year)
);

CREATE TABLE exam_session (
    id TEXT PRIMARY KEY,
    body_id TEXT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,
    closes_on TEXT NOT NULL,            -- the last day of signing up
    place TEXT NOT NULL,
    codes TEXT NOT NULL,                -- 代号 it examines, comma-joined
    seats BIGINT NOT NULL,
    taken BIGINT NOT NULL CHECK (taken BETWEEN 0 AND seats),
    given BIGINT NOT NULL,              -- the last 座位号; one given up is not given again
    revision BIGINT NOT NULL,           -- of the marks typed
    created_at BIGINT NOT NULL
);
CREATE INDEX exam_session_body ON exam_session (body_id, day);
CREATE INDEX exam_session_open ON exam_session (closes_on);

CREATE TABLE exam_seat (
    session_id TEXT NOT NULL REFERENCES exam_session (id),
    application_id TEXT NOT NULL REFERENCES application (id),
    nth BIGINT NOT NULL,                -- 座位号
    marks TEXT NOT NULL,                -- JSON: subject to what was typed
    published_at BIGINT,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, application_id)
);
CREATE INDEX exam_seat_application ON exam_seat (application_id);
