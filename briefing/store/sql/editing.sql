-- name: add_decision<!
INSERT INTO decision (topic, edition, record) VALUES (:topic, :edition, :record) RETURNING id;

-- name: decisions_on
SELECT id, record FROM decision WHERE topic = :topic AND edition = :edition ORDER BY id;

-- name: add_sign_in!
INSERT INTO sign_in (hash, who, until) VALUES (:hash, :who, :until);

-- name: take_sign_in^
DELETE FROM sign_in WHERE hash = :hash RETURNING who, until;

-- name: sweep_sign_in!
DELETE FROM sign_in WHERE until < :now;

-- name: add_program!
INSERT INTO program (name, hash, scopes, made_at, used_at, revoked_at)
VALUES (:name, :hash, :scopes, :made_at, '', '');

-- name: program_named^
SELECT name, scopes, made_at, used_at, revoked_at FROM program WHERE name = :name;

-- name: program_of^
SELECT name, scopes, made_at, used_at, revoked_at FROM program WHERE hash = :hash AND revoked_at = '';

-- name: all_programs
SELECT name, scopes, made_at, used_at, revoked_at FROM program ORDER BY made_at, name;

-- name: use_program!
UPDATE program SET used_at = :now WHERE name = :name;

-- name: revoke_program$
UPDATE program SET revoked_at = :now WHERE name = :name AND revoked_at = '' RETURNING 1;
