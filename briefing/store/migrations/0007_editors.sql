-- Who is signed in, links to sign in by, keys of programs. Only hashes of what opens anything.
ALTER TABLE session ADD COLUMN who TEXT NOT NULL DEFAULT 'editor';

CREATE TABLE sign_in (
    hash TEXT PRIMARY KEY,
    who TEXT NOT NULL,
    until TEXT NOT NULL
);

CREATE TABLE program (
    name TEXT PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT NOT NULL,
    revoked_at TEXT NOT NULL
);
