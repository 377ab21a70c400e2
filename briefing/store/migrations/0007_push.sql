-- Sources whose hub tells the desk what is new (WebSub). No secret is kept here: it is made from the desk's key and the path.
CREATE TABLE push (
    path TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    source TEXT NOT NULL,
    hub TEXT NOT NULL,
    address TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    until TEXT NOT NULL,
    pushed_at TEXT NOT NULL
);

CREATE UNIQUE INDEX push_by_source ON push (topic, source);
