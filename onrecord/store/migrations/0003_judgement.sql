-- Judgements that merge, split and correct.
ALTER TABLE judgement RENAME TO judgement_before;
DROP INDEX judgement_subject;
CREATE TABLE judgement (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('yes', 'no', 'unsure', 'same', 'apart', 'set')),
  who TEXT NOT NULL,
  decided TEXT NOT NULL,    -- ISO 8601, UTC
  why TEXT NOT NULL,
  slot TEXT NOT NULL,       -- what `set` corrects
  value TEXT NOT NULL       -- to what; the other entry or actor of `same`, the article of `apart`
);
CREATE INDEX judgement_subject ON judgement (subject);
INSERT INTO judgement SELECT id, subject, verdict, who, decided, why, '', '' FROM judgement_before;
DROP TABLE judgement_before;
