-- name: entry_state^
SELECT id, digest, record, first_seen FROM entry WHERE topic = :topic AND source = :source AND key = :key;

-- name: add_entry<!
INSERT INTO entry (topic, source, key, address, first_seen, changed_at, published, digest, page, record)
VALUES (:topic, :source, :key, :address, :first_seen, :changed_at, :published, :digest, :page, :record)
RETURNING id;

-- name: change_entry!
UPDATE entry SET address = :address, changed_at = :changed_at, published = :published, digest = :digest, page = :page,
    record = :record
WHERE id = :id;

-- name: keep_revision!
INSERT INTO revision (entry, number, replaced_at, record) VALUES (:entry, :number, :replaced_at, :record);

-- name: revisions_of
SELECT number, replaced_at, record FROM revision WHERE entry = :entry ORDER BY number;

-- name: entries_changed
SELECT id, record FROM entry WHERE topic = :topic AND changed_at > :after AND changed_at <= :until
ORDER BY changed_at, id;

-- name: entries_matching
SELECT id, record FROM entry WHERE topic = :topic AND first_seen > :after AND first_seen <= :until
    AND record LIKE :pattern ESCAPE '\' ORDER BY first_seen, id LIMIT :most;

-- name: entries_at
SELECT id, topic, record FROM entry WHERE address = :address ORDER BY first_seen, id;

-- name: count_entries$
SELECT count(*) FROM entry WHERE topic = :topic;

-- name: entry_counts
SELECT source, count(*) FROM entry WHERE topic = :topic AND first_seen > :after AND first_seen <= :until GROUP BY source;

-- name: newest_of
SELECT published FROM entry WHERE topic = :topic AND source = :source AND published IS NOT NULL
ORDER BY published DESC LIMIT :most;

-- name: pages_wanted
SELECT id, source, record FROM entry WHERE topic = :topic AND page = 'wanted' AND page_due <= :now
ORDER BY first_seen, id LIMIT :most;

-- name: page_put_off!
UPDATE entry SET page_due = :due WHERE id = :id;

-- name: page_read!
UPDATE entry SET page = :page, digest = :digest, record = :record WHERE id = :id;
