import { gates } from './gates.ts'

/**
 * What the tables are, a step each version. A released step is never changed; a new version is a new step at the end.
 * Times are milliseconds since 1970. What each column is for, how long it lives and how it is protected: `schema.md`.
 */
export const steps: readonly string[] = [
  `
  CREATE TABLE @tx (
    id text COLLATE "C" PRIMARY KEY,
    request text NOT NULL,
    approve_by bigint NOT NULL,
    expires_at bigint NOT NULL
  );
  CREATE INDEX tx_by_end ON @tx (expires_at);

  CREATE TABLE @login (
    state_hash text COLLATE "C" PRIMARY KEY,
    browser_hash text NOT NULL,
    tx_id text NOT NULL,
    scopes text NOT NULL,
    memo text,
    device_hash text NOT NULL,
    expires_at bigint NOT NULL
  );
  CREATE INDEX login_by_end ON @login (expires_at);

  CREATE TABLE @pending (
    id text COLLATE "C" PRIMARY KEY,
    browser_hash text NOT NULL,
    tx_id text NOT NULL,
    scopes text NOT NULL,
    device_hash text NOT NULL,
    signed_in text NOT NULL,
    expires_at bigint NOT NULL
  );
  CREATE INDEX pending_by_end ON @pending (expires_at);

  CREATE TABLE @reservation (
    grant_id text COLLATE "C" PRIMARY KEY,
    expires_at bigint NOT NULL
  );
  CREATE INDEX reservation_by_end ON @reservation (expires_at);

  CREATE TABLE @grants (
    id text COLLATE "C" PRIMARY KEY,
    client_id text NOT NULL,
    client_name text NOT NULL,
    subject text COLLATE "C" NOT NULL,
    label text NOT NULL,
    resource text NOT NULL,
    scopes text NOT NULL,
    choices text NOT NULL,
    device_hash text NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint,
    revoked_reason text,
    keep_until bigint,
    superseded_by text,
    forgotten boolean NOT NULL DEFAULT false
  );
  CREATE INDEX grants_by_subject ON @grants (subject, created_at) WHERE revoked_at IS NULL;
  CREATE INDEX grants_by_end ON @grants (expires_at) WHERE revoked_at IS NULL;
  CREATE INDEX grants_unforgotten ON @grants (revoked_at) WHERE revoked_at IS NOT NULL AND NOT forgotten;
  CREATE INDEX grants_kept ON @grants (keep_until) WHERE forgotten;

  CREATE TABLE @code (
    hash text COLLATE "C" PRIMARY KEY,
    grant_id text COLLATE "C" NOT NULL,
    client_id text NOT NULL,
    redirect_uri text NOT NULL,
    challenge text NOT NULL,
    resource text NOT NULL,
    scopes text NOT NULL,
    expires_at bigint NOT NULL,
    consumed_at bigint
  );
  CREATE INDEX code_by_grant ON @code (grant_id);
  CREATE INDEX code_by_end ON @code (expires_at);

  CREATE TABLE @family (
    id text COLLATE "C" PRIMARY KEY,
    grant_id text COLLATE "C" NOT NULL,
    client_id text NOT NULL,
    generation bigint NOT NULL,
    kid text NOT NULL,
    rotated_at bigint NOT NULL,
    used boolean NOT NULL,
    expires_at bigint NOT NULL,
    absolute_expires_at bigint NOT NULL
  );
  CREATE INDEX family_by_end ON @family (expires_at);

  CREATE TABLE @access (
    hash text COLLATE "C" PRIMARY KEY,
    grant_id text COLLATE "C" NOT NULL,
    client_id text NOT NULL,
    family_id text,
    family_generation bigint,
    scopes text NOT NULL,
    expires_at bigint NOT NULL
  );
  CREATE INDEX access_by_grant ON @access (grant_id);
  CREATE INDEX access_by_end ON @access (expires_at);

  CREATE TABLE @client (
    id text COLLATE "C" PRIMARY KEY,
    metadata text NOT NULL,
    secret_hash text,
    created_at bigint NOT NULL,
    last_used_at bigint,
    expires_at bigint NOT NULL
  );
  CREATE INDEX client_by_end ON @client (expires_at);

  CREATE TABLE @cimd (
    url text COLLATE "C" PRIMARY KEY,
    metadata text NOT NULL,
    fetched_at bigint NOT NULL,
    fresh_until bigint NOT NULL,
    expires_at bigint NOT NULL
  );
  CREATE INDEX cimd_by_end ON @cimd (expires_at);

  CREATE TABLE @jti (
    client_id text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (client_id, hash)
  );
  CREATE INDEX jti_by_end ON @jti (expires_at);

  CREATE UNLOGGED TABLE @bucket (
    id text COLLATE "C" PRIMARY KEY,
    full_at double precision NOT NULL,
    gave boolean NOT NULL
  ) WITH (fillfactor = 50);

  CREATE TABLE @vault (
    grant_id text COLLATE "C" PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('live', 'dead')),
    generation bigint NOT NULL,
    created_at bigint NOT NULL,
    blob text,
    kid text,
    access_expires_at bigint,
    absolute_expires_at bigint,
    lease_owner text,
    lease_until bigint,
    attempt_since bigint,
    dead_since bigint,
    dead_reason text
  );
  CREATE INDEX vault_by_attempt ON @vault (attempt_since) WHERE attempt_since IS NOT NULL;
  CREATE INDEX vault_by_key ON @vault (kid) WHERE kid IS NOT NULL;

  ${gates}
  `,
]
