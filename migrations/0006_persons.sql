-- application/ -----------------------------------------------------------------------------------------------------

-- 执业单位 that a person's case asks for a confirmation, a JSON list of unit ids; set when it is submitted.
ALTER TABLE application ADD COLUMN employers TEXT NOT NULL DEFAULT '[]';
