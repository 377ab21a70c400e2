-- name: bucket_level^
SELECT tokens, at FROM bucket WHERE key = :key;

-- name: set_bucket!
INSERT INTO bucket (key, tokens, at) VALUES (:key, :tokens, :at)
ON CONFLICT (key) DO UPDATE SET tokens = excluded.tokens, at = excluded.at;

-- name: sweep_buckets!
DELETE FROM bucket WHERE at < :before;

-- name: add_session!
INSERT INTO session (hash, made_at, until, who) VALUES (:hash, :made_at, :until, :who);

-- name: session_of^
SELECT who, until FROM session WHERE hash = :hash;

-- name: end_session!
DELETE FROM session WHERE hash = :hash;

-- name: sweep_sessions!
DELETE FROM session WHERE until < :now;

-- name: add_audit!
INSERT INTO audit (at, who, action, subject, detail) VALUES (:at, :who, :action, :subject, :detail);

-- name: audit_before
SELECT id, at, who, action, subject, detail FROM audit WHERE id < :before ORDER BY id DESC LIMIT :most;

-- name: issues_told_of
SELECT d.issue FROM document AS d JOIN issue AS i ON i.topic = d.topic AND i.id = d.issue
WHERE d.topic = :topic AND d.kind = :kind AND d.ref = :ref GROUP BY d.issue, i.made_at ORDER BY i.made_at;

-- name: refs_of_kind
SELECT DISTINCT ref FROM document WHERE topic = :topic AND kind = :kind;

-- name: story_record
SELECT record FROM story WHERE topic = :topic AND id = :id ORDER BY last_seen DESC;

-- name: story_records
SELECT id, record FROM story WHERE topic = :topic ORDER BY last_seen DESC;

-- name: fact_records
SELECT f.record, f.issue FROM fact AS f WHERE f.topic = :topic AND f.key = :key;

-- name: archive_state^
SELECT (SELECT count(*) FROM issue), (SELECT coalesce(max(id), 0) FROM resolution),
    (SELECT coalesce(max(id), 0) FROM decision);

-- name: issues_of_topic
SELECT topic, id, edition, slot, number, made_at FROM issue WHERE topic = :topic ORDER BY made_at, id;

-- name: decide_slot$
UPDATE slot SET state = :state, until = :until, changed_at = :now, detail = :detail
WHERE topic = :topic AND edition = :edition AND local_date = :local_date AND state = 'held'
RETURNING 1;

-- name: documents_of
SELECT kind, ref, issue, language, day, status, outlet, title, text FROM document
WHERE topic = :topic ORDER BY id;
