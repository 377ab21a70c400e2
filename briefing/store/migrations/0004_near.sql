-- How often each word was told, so that a search asks for the rare ones; facts by the digits of their readings.
CREATE TABLE told_term (
    term TEXT PRIMARY KEY,
    times INTEGER NOT NULL
);

CREATE TABLE fact_digits (
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    digits TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (topic, edition, digits, key)
);
