-- The record on disk, schema 3. One SQLite file holds one exchange.
--
--   raw <- article -> text <- layer <- annotation        what was taken in and what was read in it
--             |                  `- stage                which version of each stage counts as current
--           source, actor, entry, ...                    the record that was drawn from it
--   judgement, successor                                 what people decided, and where replaced ids went
--
-- Everything but `judgement` can be made again from the articles. Ids are hashes of what they name, so the same
-- input gives the same rows on any machine; columns called `number` only keep an order. JSON stands in columns
-- whose rows have inner structure. Words with lone surrogates, which UTF-8 cannot hold, are stored as BLOBs.
-- Offsets count Unicode code points in text.body, half open.

-- What holds for the whole file. `onrecord`: the version that wrote it last; `record`: fingerprint of what the
-- record tables were made from, so that making them again can be left out where nothing changed.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- The bytes as they came, never changed.
CREATE TABLE raw (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  compression TEXT NOT NULL CHECK (compression IN ('none', 'zlib')),
  bytes BLOB NOT NULL
);

-- The bodies that are read. `id` hashes `body`: a changed cleaning is a new text.
CREATE TABLE text (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
);

-- One publication of one text by one outlet. NULL: neither the file nor its metadata says so.
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
  published TEXT,           -- EDTF
  published_earliest TEXT,  -- YYYY-MM-DD
  published_latest TEXT,
  published_stated TEXT,    -- the words it rests on
  published_rule TEXT,      -- NULL: no date at all
  url TEXT,
  author TEXT,
  language TEXT,
  flags TEXT NOT NULL,      -- JSON list
  listed INTEGER NOT NULL   -- 1: an input of the record; 0: taken in by a build that has not finished
);
CREATE INDEX article_text ON article (text_id);
CREATE INDEX article_raw ON article (raw_sha256);

-- Inputs that are not in the record, each with its reason.
CREATE TABLE set_aside (
  file TEXT NOT NULL,
  reason TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('intake', 'reading')),
  PRIMARY KEY (file, reason)
);

-- The stages as last run. A layer is current where its fingerprint is its stage's.
CREATE TABLE stage (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
);

-- All that one stage says about one text, written at once. `unread`: JSON list of [start, end, reason].
CREATE TABLE layer (
  id TEXT PRIMARY KEY,
  text_id TEXT NOT NULL REFERENCES text (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  unread TEXT NOT NULL,
  UNIQUE (text_id, stage)
);

-- One claim about a span. `exact` is body[start:end], checked when written and when read. `value`: the other
-- fields of the claim as JSON, spans in it as [start, end].
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

-- From here to `link`: the record, replaced as a whole in one transaction. `item` is the item as in record.json.

-- An article as the record shows it. `body` only where it is shown otherwise than it was read.
CREATE TABLE source (
  number INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL UNIQUE REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  text_id TEXT NOT NULL REFERENCES text (id) DEFERRABLE INITIALLY DEFERRED,
  copy_of TEXT REFERENCES source (article_id) DEFERRABLE INITIALLY DEFERRED,
  body TEXT,
  item TEXT NOT NULL        -- without the body
);

CREATE TABLE actor (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,    -- parted by "; "
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
  who TEXT NOT NULL,        -- names of the parties `by`, parted by "; "
  whom TEXT NOT NULL,       -- names of the parties `to`
  content TEXT NOT NULL,
  answers_id TEXT REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  issue_id TEXT REFERENCES issue (id) DEFERRABLE INITIALLY DEFERRED,
  place_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  forum_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  certainty TEXT NOT NULL,
  independent_sources INTEGER NOT NULL,
  timeline INTEGER,         -- place in the timeline; NULL: not in it
  item TEXT NOT NULL
);
CREATE INDEX entry_kind ON entry (kind, earliest);

-- Who is a party to which entry: "all statements by X" is one look-up.
CREATE TABLE party (
  actor_id TEXT NOT NULL REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL CHECK (role IN ('by', 'to')),
  entry_id TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (actor_id, role, entry_id)
) WITHOUT ROWID;
CREATE INDEX party_entry ON party (entry_id);

-- One article's telling of an entry.
CREATE TABLE report (
  entry_id TEXT NOT NULL REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  article_id TEXT NOT NULL REFERENCES source (article_id) DEFERRABLE INITIALLY DEFERRED,
  voice TEXT NOT NULL,
  manner TEXT,
  speaker_id TEXT REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL,   -- of the first span of content
  "end" INTEGER NOT NULL,   -- of the last
  content TEXT NOT NULL,    -- the words of all, parted by " [...] "
  confidence REAL NOT NULL,
  PRIMARY KEY (entry_id, number)
);
CREATE INDEX report_article ON report (article_id);

CREATE TABLE position (
  number INTEGER PRIMARY KEY,
  actor_id TEXT NOT NULL REFERENCES actor (id) DEFERRABLE INITIALLY DEFERRED,
  issue_id TEXT NOT NULL REFERENCES issue (id) DEFERRABLE INITIALLY DEFERRED,
  stance TEXT NOT NULL,
  edtf TEXT,                -- since when it is known
  item TEXT NOT NULL
);

CREATE TABLE difference (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slot TEXT NOT NULL,
  told TEXT NOT NULL,       -- the values that exclude each other, parted by " / "
  item TEXT NOT NULL
);

-- What linking said, each with why: `answer`, `issue`, `related`, `after` between groups (entries), `candidate` from an
-- entry to somebody who may be its speaker, `copy` between articles, `taken` between articles with a paragraph in common,
-- `credit` from an article to the agency that it names, `merged` from an actor to a name of it, `unsure` between two people
-- who may be one.
CREATE TABLE link (
  kind TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  score REAL NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (kind, a, b)
);

-- Of an article whose date is not known, the day before which, or after which, it cannot have appeared: an estimate,
-- never its `published`. `start` to `exact`: the words of the article that the bound rests on; NULL: other articles'.
CREATE TABLE estimate (
  article_id TEXT NOT NULL REFERENCES source (article_id) DEFERRABLE INITIALLY DEFERRED,
  bound TEXT NOT NULL CHECK (bound IN ('earliest', 'latest')),
  day TEXT NOT NULL,        -- YYYY-MM-DD
  start INTEGER,
  "end" INTEGER,
  exact TEXT,
  why TEXT NOT NULL,
  PRIMARY KEY (article_id, bound)
) WITHOUT ROWID;

-- Where the id of an entry or actor went when another took over its evidence. A row goes when its id stands again.
CREATE TABLE successor (
  old_id TEXT PRIMARY KEY,
  new_id TEXT NOT NULL
);

-- A person's decision on an entry, an actor or a link (`kind:a:b`). Never written, changed or removed by the machine.
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

-- Full-text search. The words live in `text` and `entry`; triggers keep the indexes in step.
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
