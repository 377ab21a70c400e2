-- name: polling_of
SELECT source, record, health FROM polling WHERE topic = :topic;

-- name: save_polling*!
INSERT INTO polling (topic, source, next_due, record, health) VALUES (:topic, :source, :next_due, :record, :health)
ON CONFLICT (topic, source) DO UPDATE SET next_due = excluded.next_due, record = excluded.record,
    health = excluded.health;
