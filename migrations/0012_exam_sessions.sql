-- A session has hours, can be called off, and stands once; owned by exam/.

ALTER TABLE exam_session ADD COLUMN times TEXT NOT NULL DEFAULT '';
ALTER TABLE exam_session ADD COLUMN called_off TEXT;      -- why, if it was

-- The same session is offered once, however often its form is sent. Those stored before this have no hours.
CREATE UNIQUE INDEX exam_session_once ON exam_session (body_id, day, times, place, codes) WHERE called_off IS NULL AND times <> '';
