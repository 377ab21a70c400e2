-- Full-text indexes over words and CJK bigrams (`search.words`); the texts themselves stand in their own tables.
CREATE VIRTUAL TABLE told_words USING fts5 (words, content = '', contentless_delete = 1);
CREATE VIRTUAL TABLE document_words USING fts5 (words, content = '', contentless_delete = 1);
