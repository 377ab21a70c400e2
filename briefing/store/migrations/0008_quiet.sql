-- Hosts that want to be left alone, whatever is asked of them: a feed, an article page, their robots.txt.
CREATE TABLE quiet_host (
    host TEXT PRIMARY KEY,
    until TEXT NOT NULL
);
