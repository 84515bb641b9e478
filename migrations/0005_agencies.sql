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
