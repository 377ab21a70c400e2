-- name: quiet_hosts
SELECT host, until FROM quiet_host;

-- name: add_quiet_host!
INSERT INTO quiet_host (host, until) VALUES (:host, :until)
ON CONFLICT (host) DO UPDATE SET until = excluded.until WHERE excluded.until > quiet_host.until;

-- name: forget_quiet_hosts!
DELETE FROM quiet_host WHERE until <= :now;
