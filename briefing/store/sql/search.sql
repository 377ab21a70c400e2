-- name: add_document<!
INSERT INTO document (topic, kind, ref, issue, language, day, status, outlet, title, text)
VALUES (:topic, :kind, :ref, :issue, :language, :day, :status, :outlet, :title, :text) RETURNING id;

-- name: add_document_words!
INSERT INTO document_words (rowid, words) VALUES (:id, :words);

-- name: documents_matching
SELECT d.kind, d.ref, d.issue, d.topic, d.language, d.day, d.status, d.outlet, d.title, d.text
FROM document_words AS w JOIN document AS d ON d.id = w.rowid
WHERE w.words MATCH :query AND (:topic = '' OR d.topic = :topic) AND (:kind = '' OR d.kind = :kind)
    AND (:language = '' OR d.language = :language) AND d.day >= :since AND d.day <= :until
ORDER BY w.rank LIMIT :most;
