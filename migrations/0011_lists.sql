-- The public list of what was accepted has an index of its own; nothing else asks all cases for their events.

DROP INDEX case_event_word;
CREATE INDEX case_event_accepted ON case_event (at, id) WHERE event IN ('accepted', 'deemed-accepted');
