-- name: known_since
SELECT record FROM known WHERE topic = :topic AND edition = :edition AND first_seen >= :after
ORDER BY first_seen, article;

-- name: count_known_since$
SELECT count(*) FROM (
    SELECT 1 FROM known WHERE topic = :topic AND edition = :edition AND first_seen >= :after LIMIT :most
) AS newest;

-- name: known_article$
SELECT record FROM known WHERE topic = :topic AND edition = :edition AND article = :article;

-- name: save_known!
INSERT INTO known (topic, edition, article, first_seen, issue, story, record)
VALUES (:topic, :edition, :article, :first_seen, :issue, :story, :record)
ON CONFLICT (topic, edition, article) DO UPDATE SET issue = excluded.issue, story = excluded.story,
    record = excluded.record;

-- name: add_sketch<!
INSERT INTO sketch (topic, edition, article, record) VALUES (:topic, :edition, :article, :record)
ON CONFLICT (topic, edition, article) DO UPDATE SET record = excluded.record
RETURNING id;

-- name: sketch_of$
SELECT record FROM sketch WHERE topic = :topic AND edition = :edition AND article = :article;

-- name: forget_hash*!
DELETE FROM sketch_hash WHERE hash = :hash AND sketch = :sketch;

-- name: add_hash*!
INSERT INTO sketch_hash (hash, sketch) VALUES (:hash, :sketch);

-- name: count_term*!
INSERT INTO told_term (term, times) VALUES (:term, :times)
ON CONFLICT (term) DO UPDATE SET times = told_term.times + excluded.times;

-- name: add_told<!
INSERT INTO told (topic, edition, issue, record) VALUES (:topic, :edition, :issue, :record) RETURNING id;

-- name: save_story!
INSERT INTO story (topic, edition, id, last_seen, record) VALUES (:topic, :edition, :id, :last_seen, :record)
ON CONFLICT (topic, edition, id) DO UPDATE SET last_seen = excluded.last_seen, record = excluded.record;

-- name: stories_since
SELECT record FROM story WHERE topic = :topic AND edition = :edition AND last_seen >= :after ORDER BY last_seen, id;

-- name: remembered_story$
SELECT record FROM story WHERE topic = :topic AND edition = :edition AND id = :id;

-- name: add_digits*!
INSERT INTO fact_digits (topic, edition, digits, key) VALUES (:topic, :edition, :digits, :key)
ON CONFLICT (topic, edition, digits, key) DO NOTHING;

-- name: count_facts$
SELECT count(*) FROM (SELECT 1 FROM fact WHERE topic = :topic AND edition = :edition LIMIT :most) AS lines;

-- name: facts_between
SELECT record FROM fact WHERE topic = :topic AND edition = :edition AND key >= :low AND key < :high AND record <> ''
ORDER BY key LIMIT :most;

-- name: facts_of_digits
SELECT f.record FROM fact_digits AS d
JOIN fact AS f ON f.topic = d.topic AND f.edition = d.edition AND f.key = d.key
WHERE d.topic = :topic AND d.edition = :edition AND d.digits = :digits AND f.record <> '' LIMIT :most;

-- name: save_fact!
INSERT INTO fact (topic, edition, key, issue, record) VALUES (:topic, :edition, :key, :issue, :record)
ON CONFLICT (topic, edition, key) DO UPDATE SET issue = excluded.issue, record = excluded.record;

-- name: all_facts
SELECT record FROM fact WHERE topic = :topic AND edition = :edition AND record <> '' ORDER BY key;

-- name: forgotten_facts
SELECT key FROM fact WHERE topic = :topic AND edition = :edition AND record = '' ORDER BY key;

-- name: add_resolution!
INSERT INTO resolution (id, topic, at, action, key, detail)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM resolution), :topic, :at, :action, :key, :detail);

-- name: resolutions_of
SELECT at, action, key, detail FROM resolution WHERE topic = :topic ORDER BY id;
