/**
 * What the tables are, a step each version. A released step is never changed; a new version is a new step at the end.
 * Times are milliseconds since 1970. What each column is for, how long it lives and how it is protected: `schema.md`.
 */
export const steps: readonly string[] = [
  `
  CREATE TABLE tx (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    approve_by INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tx_by_end ON tx (expires_at);

  CREATE TABLE login (
    state_hash TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    tx_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    memo TEXT,
    device_hash TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX login_by_end ON login (expires_at);

  CREATE TABLE pending (
    id TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    tx_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    device_hash TEXT NOT NULL,
    signed_in TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX pending_by_end ON pending (expires_at);

  CREATE TABLE reservation (
    grant_id TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX reservation_by_end ON reservation (expires_at);

  CREATE TABLE grants (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    client_name TEXT NOT NULL,
    subject TEXT NOT NULL,
    label TEXT NOT NULL,
    resource TEXT NOT NULL,
    scopes TEXT NOT NULL,
    choices TEXT NOT NULL,
    device_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_reason TEXT,
    keep_until INTEGER,
    superseded_by TEXT,
    forgotten INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX grants_by_subject ON grants (subject, created_at) WHERE revoked_at IS NULL;
  CREATE INDEX grants_by_end ON grants (expires_at) WHERE revoked_at IS NULL;
  CREATE INDEX grants_unforgotten ON grants (revoked_at) WHERE revoked_at IS NOT NULL AND forgotten = 0;
  CREATE INDEX grants_kept ON grants (keep_until) WHERE forgotten = 1;

  CREATE TABLE code (
    hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    resource TEXT NOT NULL,
    scopes TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    consumed_at INTEGER
  ) STRICT;
  CREATE INDEX code_by_grant ON code (grant_id);
  CREATE INDEX code_by_end ON code (expires_at);

  CREATE TABLE family (
    id TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kid TEXT NOT NULL,
    rotated_at INTEGER NOT NULL,
    used INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    absolute_expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX family_by_grant ON family (grant_id);
  CREATE INDEX family_by_end ON family (expires_at);

  CREATE TABLE access (
    hash TEXT PRIMARY KEY,
    grant_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    family_id TEXT,
    family_generation INTEGER,
    scopes TEXT NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX access_by_grant ON access (grant_id);
  CREATE INDEX access_by_end ON access (expires_at);

  CREATE TABLE client (
    id TEXT PRIMARY KEY,
    metadata TEXT NOT NULL,
    secret_hash TEXT,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX client_by_end ON client (expires_at);

  CREATE TABLE cimd (
    url TEXT PRIMARY KEY,
    metadata TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    fresh_until INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX cimd_by_end ON cimd (expires_at);

  CREATE TABLE jti (
    client_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (client_id, hash)
  ) STRICT;
  CREATE INDEX jti_by_end ON jti (expires_at);

  CREATE TABLE bucket (
    id TEXT PRIMARY KEY,
    full_at REAL NOT NULL
  ) STRICT;
  CREATE INDEX bucket_by_end ON bucket (full_at);

  CREATE TABLE vault (
    grant_id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('live', 'dead')),
    generation INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    blob TEXT,
    kid TEXT,
    access_expires_at INTEGER,
    absolute_expires_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    attempt_since INTEGER,
    dead_since INTEGER,
    dead_reason TEXT
  ) STRICT;
  CREATE INDEX vault_by_attempt ON vault (attempt_since) WHERE attempt_since IS NOT NULL;
  CREATE INDEX vault_by_key ON vault (kid) WHERE kid IS NOT NULL;

  CREATE TABLE gate (
    id TEXT PRIMARY KEY,
    value REAL NOT NULL,
    ends_at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
]
