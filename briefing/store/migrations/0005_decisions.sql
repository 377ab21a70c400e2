-- What an editor decided: added, never changed.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    record TEXT NOT NULL
);

CREATE INDEX decision_by_line ON decision (topic, edition);
