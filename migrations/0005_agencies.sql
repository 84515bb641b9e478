-- What review agencies (鉴定评审机构) can do, whom they send, and when those are away; owned by casework/agencies.

CREATE TABLE agency_competence (
    agency_id TEXT NOT NULL REFERENCES unit (id),
    equipment_kind TEXT NOT NULL,       -- 设备种类, in the catalogue's words
    province TEXT NOT NULL,             -- six-digit code of a province
    PRIMARY KEY (agency_id, equipment_kind, province)
);

CREATE TABLE reviewer (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES unit (id),
    name TEXT NOT NULL,                 -- name and number never change: records of cases hold them
    number TEXT NOT NULL,               -- 评审人员证书编号
    kinds TEXT NOT NULL,                -- 设备种类, comma-joined
    is_active BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (agency_id, number)
);

-- A day on which a reviewer is taken may now also be one of leave: it belongs to no case. One key for both, so that leave and
-- a review agreed in the same moment cannot both have it.
CREATE TABLE reviewer_day (
    agency_id TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    day TEXT NOT NULL,
    application_id TEXT REFERENCES application (id),
    PRIMARY KEY (agency_id, reviewer, day)
);
INSERT INTO reviewer_day (agency_id, reviewer, day, application_id) SELECT agency_id, reviewer, day, application_id FROM review_booking;
DROP TABLE review_booking;
ALTER TABLE reviewer_day RENAME TO review_booking;
CREATE INDEX review_booking_application ON review_booking (application_id);
CREATE INDEX review_booking_day ON review_booking (agency_id, day);

CREATE INDEX unit_kind ON unit (kind, id);

-- Names by every two characters in a row and the last one alone, lower case and with all brackets alike (account/store/unit.rs):
-- a part of a name is found without going through all of them, on either engine and in Chinese.
CREATE TABLE unit_gram (
    gram TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    PRIMARY KEY (gram, unit_id)
);
INSERT INTO unit_gram (gram, unit_id)
WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < 300)
SELECT DISTINCT SUBSTR(named.name, place.n, 2), named.id
FROM (SELECT id, REPLACE(REPLACE(REPLACE(LOWER(name), '（', '('), '）', '('), ')', '(') AS name FROM unit) AS named
JOIN place ON place.n <= LENGTH(named.name);

-- A queue goes through each of its states by the last day (casework/store/queue.rs): of an authority, an official or an agency.
DROP INDEX application_queue;
DROP INDEX application_agency;
CREATE INDEX application_queue ON application (authority_code, state, (COALESCE(due_on, '9999-12-31')), id);
CREATE INDEX application_handler ON application (handler_id, state, (COALESCE(due_on, '9999-12-31')), id);
CREATE INDEX application_agency ON application (agency_id, state, (COALESCE(due_on, '9999-12-31')), id);
-- … or by age.
CREATE INDEX application_newest ON application (authority_code, state, id);
