-- The desk's pages: who is signed in, what was done by whom, how often was asked.
CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    made_at TEXT NOT NULL,
    until TEXT NOT NULL
);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE bucket (
    key TEXT PRIMARY KEY,
    tokens REAL NOT NULL,
    at TEXT NOT NULL
);

CREATE INDEX document_by_ref ON document (topic, kind, ref);
