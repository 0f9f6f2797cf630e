-- Estimates of when articles appeared.
CREATE TABLE estimate (
  article_id TEXT NOT NULL REFERENCES source (article_id) DEFERRABLE INITIALLY DEFERRED,
  bound TEXT NOT NULL CHECK (bound IN ('earliest', 'latest')),
  day TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  exact TEXT,
  why TEXT NOT NULL,
  PRIMARY KEY (article_id, bound)
) WITHOUT ROWID;
