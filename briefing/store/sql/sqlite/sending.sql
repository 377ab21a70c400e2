-- name: addressees
SELECT d.id, s.address, s.name, s.language FROM json_each(:ids) AS wanted JOIN delivery AS d ON d.id = wanted.value
JOIN subscriber AS s ON s.id = d.subscriber AND s.state = 'active'
WHERE EXISTS (SELECT 1 FROM subscription AS n WHERE n.subscriber = d.subscriber AND n.topic = d.topic);

-- name: hand_over
UPDATE delivery SET state = 'handed over', changed_at = :now
WHERE id IN (SELECT value FROM json_each(:ids)) AND state = 'claimed' AND holder = :holder
    AND EXISTS (SELECT 1 FROM subscription AS n JOIN subscriber AS s ON s.id = n.subscriber
        WHERE n.subscriber = delivery.subscriber AND n.topic = delivery.topic AND s.state = 'active')
RETURNING id;
