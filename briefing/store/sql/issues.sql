-- name: add_issue!
INSERT INTO issue (topic, id, edition, slot, number, made_at, document)
VALUES (:topic, :id, :edition, :slot, :number, :made_at, :document);

-- name: issue_document$
SELECT document FROM issue WHERE topic = :topic AND id = :id;

-- name: issue_in_slot$
SELECT id FROM issue WHERE topic = :topic AND edition = :edition AND slot = :slot;

-- name: last_issue^
SELECT id, number, made_at FROM issue WHERE topic = :topic AND edition = :edition ORDER BY made_at DESC LIMIT 1;

-- name: all_issues
SELECT topic, id, edition, slot, number, made_at FROM issue ORDER BY made_at, topic, id;

-- name: add_verdict!
INSERT INTO verdict (topic, issue, article, address, disposition, record)
VALUES (:topic, :issue, :article, :address, :disposition, :record)
ON CONFLICT (topic, issue, article) DO NOTHING;

-- name: verdicts_at
SELECT topic, issue, record FROM verdict WHERE address = :address ORDER BY issue;

-- name: verdicts_in
SELECT record FROM verdict WHERE topic = :topic AND issue = :issue;

-- name: add_feedback!
INSERT INTO feedback (topic, address, keep, at) VALUES (:topic, :address, :keep, :at)
ON CONFLICT (topic, address) DO UPDATE SET keep = excluded.keep, at = excluded.at;

-- name: feedback_on
SELECT address, keep FROM feedback WHERE topic = :topic ORDER BY at;
