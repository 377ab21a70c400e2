-- What only SQLite says in this way: full-text indexes and lists of values. Another database has a folder of its own.

-- name: times_told
SELECT t.term, t.times FROM json_each(:terms) AS wanted JOIN told_term AS t ON t.term = wanted.value;

-- name: add_told_words!
INSERT INTO told_words (rowid, words) VALUES (:id, :words);

-- name: told_holding
SELECT rowid FROM told_words WHERE words MATCH :query ORDER BY rowid DESC LIMIT :most;

-- name: add_document_words!
INSERT INTO document_words (rowid, words) VALUES (:id, :words);

-- name: documents_matching
SELECT d.kind, d.ref, d.issue, d.topic, d.language, d.day, d.status, d.outlet, d.title, d.text
FROM document_words AS w JOIN document AS d ON d.id = w.rowid
WHERE w.words MATCH :query AND (:topic = '' OR d.topic = :topic) AND (:kind = '' OR d.kind = :kind)
    AND (:language = '' OR d.language = :language) AND d.day >= :since AND d.day <= :until
    AND (:status = '' OR d.status = :status) AND (:outlet = '' OR d.outlet = :outlet)
ORDER BY w.rank LIMIT :most OFFSET :skip;

-- name: newest_matching
SELECT d.kind, d.ref, d.issue, d.topic, d.language, d.day, d.status, d.outlet, d.title, d.text
FROM (
    SELECT id FROM (
        SELECT rowid AS id, rank AS place FROM document_words WHERE words MATCH :query
        ORDER BY rowid DESC LIMIT :ranked
    ) ORDER BY place, id DESC LIMIT :most OFFSET :skip
) AS w JOIN document AS d ON d.id = w.id;
