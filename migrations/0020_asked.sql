-- casework/ --------------------------------------------------------------------------------------------------------

-- Who is asked for something while it is somebody else's turn: a word of workflow::Role; empty if nobody is. Few cases are in it, in the
-- orders of the queues.
ALTER TABLE application ADD COLUMN asked TEXT NOT NULL DEFAULT '';
CREATE INDEX application_asked ON application (authority_code, state, (COALESCE(due_on, '9999-12-31')), id) WHERE asked <> '';
CREATE INDEX application_asked_newest ON application (authority_code, state, id) WHERE asked <> '';

-- catalogue/ -------------------------------------------------------------------------------------------------------

-- 法定时限 of a version: JSON of catalogue::LegalLimits. Those stored before get what held then at the next start.
ALTER TABLE catalogue_version ADD COLUMN limits TEXT NOT NULL DEFAULT '';
