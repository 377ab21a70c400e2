-- name: add_decision<!
INSERT INTO decision (topic, edition, record) VALUES (:topic, :edition, :record) RETURNING id;

-- name: decisions_on
SELECT id, record FROM decision WHERE topic = :topic AND edition = :edition ORDER BY id;
