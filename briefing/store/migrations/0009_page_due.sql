-- When an article page that could not be had is asked for again.
ALTER TABLE entry ADD COLUMN page_due TEXT NOT NULL DEFAULT '';
