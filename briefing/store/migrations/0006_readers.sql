-- Whether a reader still wants a topic is asked before each letter: by the reader, never through all of the topic's.
DROP INDEX subscription_by_subscriber;
CREATE INDEX subscription_by_reader ON subscription (subscriber, topic);
