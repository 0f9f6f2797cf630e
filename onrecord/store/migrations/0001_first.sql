-- The first schema, as released; ../schema.sql explains the tables as they are now.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE raw (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  compression TEXT NOT NULL CHECK (compression IN ('none', 'zlib')),
  bytes BLOB NOT NULL
);
CREATE TABLE text (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
);
CREATE TABLE article (
  id TEXT PRIMARY KEY,
  text_id TEXT NOT NULL REFERENCES text (id),
  raw_sha256 TEXT NOT NULL REFERENCES raw (sha256),
  file TEXT NOT NULL,
  locator TEXT,
  format TEXT NOT NULL,
  decoding TEXT NOT NULL,
  outlet TEXT,
  title TEXT,
  published TEXT,
  published_earliest TEXT,
  published_latest TEXT,
  published_stated TEXT,
  published_rule TEXT,
  url TEXT,
  author TEXT,
  language TEXT,
  flags TEXT NOT NULL,
  listed INTEGER NOT NULL
);
CREATE INDEX article_text ON article (text_id);
CREATE INDEX article_raw ON article (raw_sha256);
CREATE TABLE set_aside (
  file TEXT NOT NULL,
  reason TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('intake', 'reading')),
  PRIMARY KEY (file, reason)
);
CREATE TABLE stage (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
);
CREATE TABLE layer (
  id TEXT PRIMARY KEY,
  text_id TEXT NOT NULL REFERENCES text (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  unread TEXT NOT NULL,
  UNIQUE (text_id, stage)
);
CREATE TABLE annotation (
  layer_id TEXT NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  claim TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  exact TEXT NOT NULL,
  confidence REAL NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (layer_id, id)
) WITHOUT ROWID;
CREATE TABLE source (
  number INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL UNIQUE REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  text_id TEXT NOT NULL REFERENCES text (id) DEFERRABLE INITIALLY DEFERRED,
  copy_of TEXT REFERENCES source (article_id) DEFERRABLE INITIALLY DEFERRED,
  body TEXT,
  item TEXT NOT NULL
);
CREATE TABLE actor (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  country TEXT,
  wikidata TEXT,
  item TEXT NOT NULL
);
CREATE TABLE issue (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  item TEXT NOT NULL
);
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  status TEXT,
  edtf TEXT,
  earliest TEXT,
  latest TEXT,
  who TEXT NOT NULL,
  whom TEXT NOT NULL,
  content TEXT NOT NULL,
  answers_id TEXT REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  issue_id TEXT REFERENCES issue (id) DEFERRABLE INITIALLY DEFERRED,
  place_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  forum_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  certainty TEXT NOT NULL,
  independent_sources INTEGER NOT NULL,
  timeline INTEGER,
  item TEXT NOT NULL
);
CREATE INDEX entry_kind ON entry (kind, earliest);
CREATE TABLE party (
  actor_id TEXT NOT NULL REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL CHECK (role IN ('by', 'to')),
  entry_id TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (actor_id, role, entry_id)
) WITHOUT ROWID;
CREATE INDEX party_entry ON party (entry_id);
CREATE TABLE report (
  entry_id TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  article_id TEXT NOT NULL REFERENCES source (article_id) DEFERRABLE INITIALLY DEFERRED,
  voice TEXT NOT NULL,
  manner TEXT,
  speaker_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  content TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (entry_id, number)
);
CREATE INDEX report_article ON report (article_id);
CREATE TABLE position (
  number INTEGER PRIMARY KEY,
  actor_id TEXT NOT NULL REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  issue_id TEXT NOT NULL REFERENCES issue (id) DEFERRABLE INITIALLY DEFERRED,
  stance TEXT NOT NULL,
  edtf TEXT,
  item TEXT NOT NULL
);
CREATE TABLE difference (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slot TEXT NOT NULL,
  told TEXT NOT NULL,
  item TEXT NOT NULL
);
CREATE TABLE link (
  kind TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  score REAL NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (kind, a, b)
);
CREATE TABLE successor (
  old_id TEXT PRIMARY KEY,
  new_id TEXT NOT NULL
);
CREATE TABLE judgement (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('yes', 'no', 'unsure')),
  who TEXT NOT NULL,
  decided TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX judgement_subject ON judgement (subject);
CREATE VIRTUAL TABLE text_search USING fts5 (
  body, content='text', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER text_added AFTER INSERT ON text BEGIN
  INSERT INTO text_search (rowid, body) VALUES (new.number, new.body);
END;
CREATE TRIGGER text_removed AFTER DELETE ON text BEGIN
  INSERT INTO text_search (text_search, rowid, body) VALUES ('delete', old.number, old.body);
END;
CREATE VIRTUAL TABLE entry_search USING fts5 (
  who, whom, content, content='entry', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
  INSERT INTO entry_search (rowid, who, whom, content) VALUES (new.number, new.who, new.whom, new.content);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
  INSERT INTO entry_search (entry_search, rowid, who, whom, content)
  VALUES ('delete', old.number, old.who, old.whom, old.content);
END;
