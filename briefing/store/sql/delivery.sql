-- name: add_subscriber$
INSERT INTO subscriber (id, identity, address, name, state, language, zone, at, reason, joined_at)
VALUES (:id, :identity, :address, :name, :state, :language, :zone, :at, :reason, :joined_at)
ON CONFLICT (identity) DO NOTHING
RETURNING 1;

-- name: change_subscriber!
UPDATE subscriber SET name = :name, state = :state, language = :language, zone = :zone, at = :at, reason = :reason
WHERE id = :id;

-- name: subscriber_by_id^
SELECT id, address, name, state, language, zone, at, reason, joined_at FROM subscriber WHERE id = :id;

-- name: subscriber_by_identity^
SELECT id, address, name, state, language, zone, at, reason, joined_at FROM subscriber WHERE identity = :identity;

-- name: subscribers_after
SELECT id, address, name, state, language, zone, at, reason, joined_at FROM subscriber
WHERE id > :after AND (:state = '' OR state = :state) ORDER BY id LIMIT :most;

-- name: count_subscribers
SELECT state, count(*) FROM subscriber GROUP BY state ORDER BY state;

-- name: readers_after
SELECT s.id, s.address, s.zone, s.at FROM subscription AS n JOIN subscriber AS s ON s.id = n.subscriber
WHERE n.topic = :topic AND n.edition = :edition AND n.subscriber > :after AND s.state = 'active'
ORDER BY n.subscriber LIMIT :most;

-- name: count_readers$
SELECT count(*) FROM subscription AS n JOIN subscriber AS s ON s.id = n.subscriber
WHERE n.topic = :topic AND n.edition = :edition AND s.state = 'active';

-- name: subscriptions_of
SELECT topic, edition FROM subscription WHERE subscriber = :subscriber ORDER BY topic, edition;

-- name: forget_subscriptions!
DELETE FROM subscription WHERE subscriber = :subscriber;

-- name: add_subscription*!
INSERT INTO subscription (topic, edition, subscriber) VALUES (:topic, :edition, :subscriber) ON CONFLICT DO NOTHING;

-- name: add_consent!
INSERT INTO consent (subscriber, at, record) VALUES (:subscriber, :at, :record);

-- name: consents_of
SELECT record FROM consent WHERE subscriber = :subscriber ORDER BY id;

-- name: forget_subscriber!
DELETE FROM subscriber WHERE id = :subscriber;

-- name: forget_consents!
DELETE FROM consent WHERE subscriber = :subscriber;

-- name: forget_deliveries!
DELETE FROM delivery WHERE subscriber = :subscriber;

-- name: forget_bounces!
DELETE FROM bounce WHERE subscriber = :subscriber;

-- name: suppress!
INSERT INTO suppression (hash, reason, at) VALUES (:hash, :reason, :at)
ON CONFLICT (hash) DO UPDATE SET reason = excluded.reason, at = excluded.at;

-- name: suppression_of$
SELECT reason FROM suppression WHERE hash = :hash;

-- name: lift_suppression!
DELETE FROM suppression WHERE hash = :hash;

-- name: plan_delivery*!
INSERT INTO delivery (topic, issue, subscriber, channel, domain, state, attempts, due, next_try, message_id, holder,
    changed_at, detail)
VALUES (:topic, :issue, :subscriber, :channel, :domain, 'planned', 0, :due, :due, :message_id, '', :now, '')
ON CONFLICT (topic, issue, subscriber, channel) DO NOTHING;

-- name: count_deliveries$
SELECT count(*) FROM delivery WHERE topic = :topic AND issue = :issue;

-- name: claim_deliveries
UPDATE delivery SET state = 'claimed', holder = :holder, next_try = NULL, changed_at = :now
WHERE id IN (
    SELECT id FROM delivery WHERE next_try <= :now AND channel = 'mail'
        AND domain NOT IN (SELECT domain FROM domain_hold WHERE until > :now)
    ORDER BY next_try, id LIMIT :most
)
RETURNING id, topic, issue, subscriber, channel, due, message_id, attempts;

-- name: hand_over_post^
UPDATE delivery SET state = 'handed over', holder = :holder, next_try = NULL, changed_at = :now
WHERE id = (SELECT id FROM delivery WHERE next_try <= :now AND channel = 'post' ORDER BY next_try, id LIMIT 1)
RETURNING id, topic, issue, subscriber, channel, due, message_id, attempts;

-- name: waiting_deliveries
SELECT id, topic, issue, subscriber, channel, due, message_id, attempts FROM delivery
WHERE next_try <= :now AND id > :after ORDER BY id LIMIT :most;

-- name: addressee^
SELECT address, name, language FROM subscriber WHERE id = :id AND state = 'active'
    AND EXISTS (SELECT 1 FROM subscription AS n WHERE n.subscriber = :id AND n.topic = :topic);

-- name: settle*!
UPDATE delivery SET state = :state, attempts = attempts + 1, next_try = :next_try, changed_at = :now, detail = :detail
WHERE id = :id AND holder = :holder AND state IN ('claimed', 'handed over', 'uncertain');

-- name: release*!
UPDATE delivery SET state = CASE WHEN attempts = 0 THEN 'planned' ELSE 'deferred' END, next_try = :next_try,
    holder = '', changed_at = :now
WHERE id = :id AND holder = :holder AND state = 'claimed';

-- name: release_claimed
UPDATE delivery SET state = CASE WHEN attempts = 0 THEN 'planned' ELSE 'deferred' END, next_try = :now,
    holder = '', changed_at = :now
WHERE state = 'claimed' AND holder LIKE :boot
RETURNING id;

-- name: doubt_in_hand
UPDATE delivery SET state = 'uncertain', changed_at = :now, detail = :detail WHERE state IN ('claimed', 'handed over')
RETURNING id;

-- name: doubt_owed
UPDATE delivery SET state = 'uncertain', next_try = NULL, changed_at = :now, detail = :detail
WHERE state IN ('planned', 'deferred', 'claimed', 'handed over') AND due <= :until
RETURNING id;

-- name: resend_uncertain
UPDATE delivery SET state = 'deferred', next_try = :now, holder = '', changed_at = :now, detail = :detail
WHERE state = 'uncertain' AND (:id = 0 OR id = :id)
RETURNING id;

-- name: close_uncertain
UPDATE delivery SET state = :state, changed_at = :now, detail = :detail
WHERE state = 'uncertain' AND (:id = 0 OR id = :id)
RETURNING id;

-- name: withdraw
UPDATE delivery SET state = 'withdrawn', next_try = NULL, changed_at = :now, detail = :detail
WHERE subscriber = :subscriber AND next_try IS NOT NULL AND (:topic = '' OR topic = :topic)
RETURNING id;

-- name: deliveries_in_state
SELECT id, topic, issue, subscriber, state, attempts, changed_at, detail, next_try FROM delivery
WHERE state = :state AND id > :after ORDER BY id LIMIT :most;

-- name: deliveries_of
SELECT id, topic, issue, subscriber, state, attempts, changed_at, detail, next_try FROM delivery
WHERE subscriber = :subscriber ORDER BY id;

-- name: delivery_tally
SELECT state, count(*) FROM delivery WHERE (:topic = '' OR topic = :topic) AND (:issue = '' OR issue = :issue)
GROUP BY state ORDER BY state;

-- name: delivery_by_message_id^
SELECT id, topic, issue, subscriber, state, attempts, changed_at, detail, next_try FROM delivery
WHERE message_id = :message_id;

-- name: next_owed$
SELECT min(next_try) FROM delivery WHERE next_try IS NOT NULL;

-- name: count_owed$
SELECT count(*) FROM delivery WHERE next_try <= :now;

-- name: bounce_delivery$
UPDATE delivery SET state = 'failed', next_try = NULL, changed_at = :now, detail = :detail
WHERE id = :id AND state IN ('accepted', 'uncertain')
RETURNING 1;

-- name: add_bounce$
INSERT INTO bounce (subscriber, at, kind, report, detail) VALUES (:subscriber, :at, :kind, :report, :detail)
ON CONFLICT (subscriber, report) DO NOTHING
RETURNING 1;

-- name: bounces_of
SELECT subscriber, at, kind, detail FROM bounce WHERE subscriber = :subscriber ORDER BY id;

-- name: newest_bounces
SELECT subscriber, at, kind, detail FROM bounce ORDER BY id DESC LIMIT :most;

-- name: soft_bounced
SELECT DISTINCT subscriber FROM bounce WHERE kind = 'soft';

-- name: count_bounces$
SELECT count(*) FROM bounce WHERE subscriber = :subscriber AND kind = :kind;

-- name: forget_soft_bounces!
DELETE FROM bounce WHERE subscriber = :subscriber AND kind = 'soft';

-- name: hold_domain!
INSERT INTO domain_hold (domain, until, strikes) VALUES (:domain, :until, 1)
ON CONFLICT (domain) DO UPDATE SET until = excluded.until, strikes = domain_hold.strikes + 1;

-- name: rest_domain!
INSERT INTO domain_hold (domain, until, strikes) VALUES (:domain, :until, 0)
ON CONFLICT (domain) DO UPDATE SET until = excluded.until WHERE domain_hold.until < excluded.until;

-- name: domain_holds
SELECT domain, until, strikes FROM domain_hold ORDER BY domain;

-- name: free_domain!
DELETE FROM domain_hold WHERE domain = :domain;

-- name: take_lease$
INSERT INTO lease (name, holder, until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE lease.holder = excluded.holder OR lease.until <= :now
RETURNING 1;

-- name: renew_lease$
UPDATE lease SET until = :until WHERE name = :name AND holder = :holder
RETURNING 1;

-- name: standing^
SELECT holder, until, (SELECT text FROM mark WHERE name = 'stopped') FROM lease WHERE name = :name;

-- name: end_lease!
DELETE FROM lease WHERE name = :name AND holder = :holder;

-- name: lease_of^
SELECT holder, until FROM lease WHERE name = :name;

-- name: mark_of$
SELECT text FROM mark WHERE name = :name;

-- name: set_mark!
INSERT INTO mark (name, text) VALUES (:name, :text) ON CONFLICT (name) DO UPDATE SET text = excluded.text;

-- name: remove_mark!
DELETE FROM mark WHERE name = :name;

-- name: take_slot$
INSERT INTO slot (topic, edition, local_date, due, state, issue, holder, until, late, changed_at, detail)
VALUES (:topic, :edition, :local_date, :due, 'taken', '', :holder, :until, :late, :now, '')
ON CONFLICT (topic, edition, local_date) DO UPDATE SET state = 'taken', holder = excluded.holder,
    until = excluded.until, late = excluded.late, changed_at = excluded.changed_at
WHERE slot.state IN ('taken', 'held') AND (slot.until <= :now OR slot.holder = excluded.holder)
RETURNING 1;

-- name: miss_slot$
INSERT INTO slot (topic, edition, local_date, due, state, issue, holder, until, late, changed_at, detail)
VALUES (:topic, :edition, :local_date, :due, 'missed', '', '', '', 1, :now, :detail)
ON CONFLICT (topic, edition, local_date) DO NOTHING
RETURNING 1;

-- name: close_slot$
UPDATE slot SET state = :state, issue = :issue, until = '', changed_at = :now, detail = :detail
WHERE topic = :topic AND edition = :edition AND local_date = :local_date AND holder = :holder AND state = 'taken'
RETURNING 1;

-- name: hold_slot$
UPDATE slot SET state = 'held', until = :until, changed_at = :now, detail = :detail
WHERE topic = :topic AND edition = :edition AND local_date = :local_date AND holder = :holder AND state = 'taken'
RETURNING 1;

-- name: slots_since
SELECT local_date, due, state, issue, holder, until, late, detail FROM slot
WHERE topic = :topic AND edition = :edition AND due >= :after ORDER BY due;

-- name: last_slot^
SELECT local_date, due, state, issue, holder, until, late, detail FROM slot
WHERE topic = :topic AND edition = :edition ORDER BY due DESC LIMIT 1;
