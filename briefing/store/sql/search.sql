-- name: add_document<!
INSERT INTO document (topic, kind, ref, issue, language, day, status, outlet, title, text)
VALUES (:topic, :kind, :ref, :issue, :language, :day, :status, :outlet, :title, :text) RETURNING id;
