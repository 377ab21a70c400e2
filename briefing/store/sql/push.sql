-- name: pushes_of
SELECT path, source, hub, address, asked_at, until, pushed_at FROM push WHERE topic = :topic;

-- name: push_at^
SELECT path, source, hub, address, asked_at, until, pushed_at FROM push WHERE path = :path;

-- name: ask_push!
INSERT INTO push (path, topic, source, hub, address, asked_at, until, pushed_at)
VALUES (:path, :topic, :source, :hub, :address, :asked_at, '', '')
ON CONFLICT (topic, source) DO UPDATE SET path = excluded.path, hub = excluded.hub, address = excluded.address,
    asked_at = excluded.asked_at, until = CASE WHEN push.path = excluded.path THEN push.until ELSE '' END;

-- name: lease_push!
UPDATE push SET until = :until WHERE path = :path;

-- name: note_push!
UPDATE push SET pushed_at = :at WHERE path = :path;
