-- Sources, entries, judgements, stories, facts and issues. Times are UTC text of one width, so that they sort.
CREATE TABLE polling (
    topic TEXT NOT NULL,
    source TEXT NOT NULL,
    next_due TEXT,
    record TEXT NOT NULL,
    health TEXT NOT NULL,
    PRIMARY KEY (topic, source)
);

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    published TEXT,
    digest TEXT NOT NULL,
    page TEXT NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (topic, source, key)
);
CREATE INDEX entry_by_change ON entry (topic, changed_at);
CREATE INDEX entry_by_address ON entry (address);
CREATE INDEX entry_by_page ON entry (topic, page);

CREATE TABLE revision (
    entry INTEGER NOT NULL,
    number INTEGER NOT NULL,
    replaced_at TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (entry, number)
);

CREATE TABLE issue (
    topic TEXT NOT NULL,
    id TEXT NOT NULL,
    edition TEXT NOT NULL,
    slot TEXT NOT NULL,
    number INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (topic, id),
    UNIQUE (topic, edition, slot)
);

CREATE TABLE verdict (
    topic TEXT NOT NULL,
    issue TEXT NOT NULL,
    article TEXT NOT NULL,
    address TEXT NOT NULL,
    disposition TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (topic, issue, article)
);
CREATE INDEX verdict_by_address ON verdict (address);

CREATE TABLE known (
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    article TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    issue TEXT NOT NULL,
    story TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (topic, edition, article)
);
CREATE INDEX known_by_time ON known (topic, edition, first_seen);

CREATE TABLE sketch (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    article TEXT NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (topic, edition, article)
);
CREATE TABLE sketch_hash (
    hash INTEGER NOT NULL,
    sketch INTEGER NOT NULL,
    PRIMARY KEY (hash, sketch)
);

CREATE TABLE told (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    issue TEXT NOT NULL,
    record TEXT NOT NULL
);

CREATE TABLE story (
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    id TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (topic, edition, id)
);

CREATE TABLE fact (
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    key TEXT NOT NULL,
    issue TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (topic, edition, key)
);

CREATE TABLE resolution (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE feedback (
    topic TEXT NOT NULL,
    address TEXT NOT NULL,
    keep INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (topic, address)
);

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    issue TEXT NOT NULL,
    language TEXT NOT NULL,
    day TEXT NOT NULL,
    status TEXT NOT NULL,
    outlet TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX document_by_issue ON document (topic, issue);
