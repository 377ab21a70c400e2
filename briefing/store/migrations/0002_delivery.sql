-- Subscribers, what they agreed to, and the ledger of deliveries and slots.
CREATE TABLE subscriber (
    id TEXT PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    joined_at TEXT NOT NULL
);

CREATE TABLE subscription (
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    subscriber TEXT NOT NULL,
    PRIMARY KEY (topic, edition, subscriber)
);
CREATE INDEX subscription_by_subscriber ON subscription (subscriber);

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    subscriber TEXT NOT NULL,
    at TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE INDEX consent_by_subscriber ON consent (subscriber);

CREATE TABLE suppression (
    hash TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);

-- next_try is set exactly while a delivery is planned or deferred: the index then holds nothing but what is owed.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    issue TEXT NOT NULL,
    subscriber TEXT NOT NULL,
    channel TEXT NOT NULL,
    domain TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due TEXT NOT NULL,
    next_try TEXT,
    message_id TEXT NOT NULL,
    holder TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (topic, issue, subscriber, channel)
);
CREATE INDEX delivery_owed ON delivery (next_try, id) WHERE next_try IS NOT NULL;
CREATE INDEX delivery_in_hand ON delivery (state) WHERE state IN ('claimed', 'handed over', 'uncertain');
CREATE INDEX delivery_by_subscriber ON delivery (subscriber);
CREATE INDEX delivery_by_message ON delivery (message_id);

CREATE TABLE bounce (
    id INTEGER PRIMARY KEY,
    subscriber TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    report TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (subscriber, report)
);

CREATE TABLE domain_hold (
    domain TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    strikes INTEGER NOT NULL
);

CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until TEXT NOT NULL
);

CREATE TABLE slot (
    topic TEXT NOT NULL,
    edition TEXT NOT NULL,
    local_date TEXT NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    issue TEXT NOT NULL,
    holder TEXT NOT NULL,
    until TEXT NOT NULL,
    late INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (topic, edition, local_date)
);

-- Small facts about the outbox as a whole: 'stopped', 'activity'.
CREATE TABLE mark (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
);
