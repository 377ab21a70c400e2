-- What only SQLite says in this way: full-text indexes and lists of values. Another database has a folder of its own.

-- name: times_told$
SELECT json_group_object(t.term, t.times) FROM json_each(:terms) AS wanted JOIN told_term AS t ON t.term = wanted.value;

-- name: known_articles
SELECT k.record FROM json_each(:articles) AS wanted CROSS JOIN known AS k
WHERE k.topic = :topic AND k.edition = :edition AND k.article = wanted.value AND k.first_seen >= :after;

-- name: sketch_records
SELECT s.id, s.record FROM json_each(:ids) AS wanted CROSS JOIN sketch AS s ON s.id = wanted.value
WHERE s.topic = :topic AND s.edition = :edition;

-- name: told_records
SELECT t.id, t.record FROM json_each(:ids) AS wanted CROSS JOIN told AS t ON t.id = wanted.value
WHERE t.topic = :topic AND t.edition = :edition;

-- name: add_told_words!
INSERT INTO told_words (rowid, words) VALUES (:id, :words);

-- name: merge_told_words!
INSERT INTO told_words (told_words, rank) VALUES ('merge', -:pages);

-- name: told_holding$
SELECT json_group_array(json((
    SELECT json_group_array(id) FROM (
        SELECT rowid AS id FROM told_words WHERE words MATCH wanted.value ORDER BY rowid DESC LIMIT :most
    )
))) FROM json_each(:queries) AS wanted;

-- name: holders_of$
SELECT json_group_array(json((
    SELECT json_group_array(sketch) FROM (
        SELECT sketch FROM sketch_hash WHERE hash = wanted.value ORDER BY sketch DESC LIMIT :most
    )
))) FROM json_each(:hashes) AS wanted;

-- name: add_document_words!
INSERT INTO document_words (rowid, words) VALUES (:id, :words);

-- name: merge_document_words!
INSERT INTO document_words (document_words, rank) VALUES ('merge', -:pages);

-- name: documents_matching
SELECT d.topic, d.kind, d.ref, d.issue, d.language, d.day, d.title, d.text, d.status, d.outlet
FROM (
    SELECT n.id FROM document_words AS w CROSS JOIN document AS n ON n.id = w.rowid
    WHERE w.words MATCH :query AND (:topic = '' OR n.topic = :topic) AND (:kind = '' OR n.kind = :kind)
        AND (:language = '' OR n.language = :language) AND n.day >= :since AND n.day <= :until
        AND (:status = '' OR n.status = :status) AND (:outlet = '' OR n.outlet = :outlet)
    ORDER BY w.rowid DESC LIMIT :ranked OFFSET :before
) AS found CROSS JOIN document AS d ON d.id = found.id
ORDER BY (instr(lower(d.title), :word) > 0) + (d.kind <> 'left out') DESC, d.id DESC LIMIT :most OFFSET :skip;

-- name: newest_matching
SELECT d.topic, d.kind, d.ref, d.issue, d.language, d.day, d.title, d.text, d.status, d.outlet
FROM (
    SELECT rowid AS id FROM document_words WHERE words MATCH :query ORDER BY rowid DESC LIMIT :ranked OFFSET :before
) AS found CROSS JOIN document AS d ON d.id = found.id
ORDER BY (instr(lower(d.title), :word) > 0) + (d.kind <> 'left out') DESC, d.id DESC LIMIT :most OFFSET :skip;
