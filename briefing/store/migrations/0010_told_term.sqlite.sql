-- The counts of words are looked up by the hundred: in a table that is its own index this takes half the time.
CREATE TABLE told_times (
    term TEXT PRIMARY KEY,
    times INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO told_times (term, times) SELECT term, times FROM told_term ORDER BY term;
DROP TABLE told_term;
ALTER TABLE told_times RENAME TO told_term;
