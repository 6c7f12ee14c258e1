"""The tables of a corpus, and what older databases lack of them."""

VERSION = 7
APPLICATION_ID = 0x464F5245  # "FORE"

FIRST = """
CREATE TABLE document (
    doc INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT,
    kin INTEGER NOT NULL,
    winnowed INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    added TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE INDEX document_kin ON document (kin);
CREATE TABLE application (
    doc INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    path TEXT NOT NULL,
    applicant TEXT,
    applied_at TEXT,
    job TEXT,
    source TEXT,
    role TEXT NOT NULL,
    UNIQUE (doc, path, applicant)
);
CREATE TABLE print (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
CREATE TABLE background (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
CREATE TABLE contact (
    kind TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (kind, value, doc)
) WITHOUT ROWID;
CREATE TABLE unreadable (path TEXT PRIMARY KEY, id TEXT, problems TEXT NOT NULL, seen TEXT NOT NULL);
"""
"""Documents, who applied with them, their fingerprints and contacts; files that could not be read."""

STEPS = {
    1: """
CREATE TABLE encoder (
    fingerprint TEXT NOT NULL, model TEXT NOT NULL, sha256 TEXT NOT NULL, backend TEXT NOT NULL,
    dimension INTEGER NOT NULL
);
CREATE TABLE sentence (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL
);
CREATE TABLE said (
    doc INTEGER NOT NULL, unit INTEGER NOT NULL, sentence INTEGER NOT NULL, PRIMARY KEY (doc, unit)
) WITHOUT ROWID;
CREATE INDEX said_sentence ON said (sentence);
CREATE TABLE centre (number INTEGER PRIMARY KEY AUTOINCREMENT, doc INTEGER NOT NULL UNIQUE, vector BLOB);
CREATE TABLE gone (erasure INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, number INTEGER NOT NULL);
""",
    2: """
CREATE TABLE kept (doc INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, size INTEGER NOT NULL);
CREATE TABLE erasing (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, value BLOB);
""",
    3: """
CREATE TABLE measured (
    doc INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, stamp TEXT NOT NULL, features BLOB NOT NULL
);
""",
    4: """
CREATE TABLE seen (
    doc INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, at TEXT NOT NULL, opens INTEGER NOT NULL,
    signals TEXT NOT NULL
);
CREATE TABLE edge (
    doc INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    signal TEXT NOT NULL, mark TEXT NOT NULL, family TEXT NOT NULL, weight TEXT NOT NULL, spots TEXT NOT NULL,
    PRIMARY KEY (doc, other, signal, mark)
) WITHOUT ROWID;
CREATE INDEX edge_other ON edge (other);
CREATE TABLE sharing_key (id TEXT PRIMARY KEY, secret BLOB NOT NULL, added TEXT NOT NULL);
CREATE TABLE shared_campaign (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, month TEXT NOT NULL,
    file TEXT NOT NULL, added TEXT NOT NULL
);
CREATE TABLE indicator (
    digest BLOB NOT NULL, kind TEXT NOT NULL,
    campaign INTEGER NOT NULL REFERENCES shared_campaign ON DELETE CASCADE,
    PRIMARY KEY (digest, campaign)
) WITHOUT ROWID;
CREATE INDEX indicator_campaign ON indicator (campaign);
""",
    5: """
CREATE TABLE trace (
    kind TEXT NOT NULL, value TEXT NOT NULL, doc INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (kind, value, doc)
) WITHOUT ROWID;
CREATE INDEX trace_doc ON trace (doc);
CREATE TABLE traced (
    doc INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, stamp TEXT NOT NULL, hand BLOB
);
""",
    6: """
CREATE TABLE layout (
    doc INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, stamp TEXT NOT NULL, marks BLOB
);
""",
}
"""What a database of each older version lacks.

1 lacks the vectors of sentences and documents, and the encoder they come from; documents that came before get
theirs by the next ``ingest``. 2 lacks the sizes of the files that are kept, which nobody knows of documents
that came before, and the list of what an erasure has still to do. 3 lacks what was measured in each document;
``ingest`` measures those again that came before, or under other rules. 4 lacks what checks found of stored
documents, which ``campaigns --refresh`` makes up for, and what others have shared. 5 lacks the traces of files and the
hands of documents, which ``ingest`` takes of those that came before. 6 lacks
the looks of documents: plain texts get theirs by the next ``ingest``, other files were read without and have to
be erased and ingested again to be found by their look.
"""
