import type {
  AccessRecord,
  ClientRecord,
  CodeRecord,
  FamilyRecord,
  GrantRecord,
  LoginRecord,
  PendingRecord,
  TxRecord,
} from '../records.ts'
import type { AuthStore } from '../store.ts'

/** The instant at which the contract suite begins, in milliseconds since 1970. */
export const start = 1_800_000_000_000
const minute = 60_000
const day = 86_400_000

/** Ids that cannot meet across the tests of a run, so that engines may keep their data between tests. */
let count = 0
export const unique = (prefix: string): string => `${prefix}${(count += 1)}`

export const txRecord = (change: Partial<TxRecord> = {}): TxRecord => ({
  id: unique('tx'),
  request: {
    client: {
      id: 'client',
      name: 'A “client” \u{1F9EA}',
      origin: { kind: 'document', host: 'client.example', known: false },
    },
    redirectUri: 'http://localhost:7777/callback',
    redirectUriAsSent: 'http://localhost:7777/callback',
    state: 'a+b=c&d%20',
    challenge: 'c'.repeat(43),
    resource: 'https://mcp.example/mcp',
    scopes: ['notes:read', 'notes:write'],
  },
  approveBy: start + 10 * minute,
  expiresAt: start + 30 * minute,
  ...change,
})

export const loginRecord = (change: Partial<LoginRecord> = {}): LoginRecord => ({
  stateHash: unique('state'),
  browserHash: 'browser',
  txId: 'tx',
  scopes: ['notes:read'],
  memo: 'memo',
  deviceHash: 'device',
  expiresAt: start + 10 * minute,
  ...change,
})

export const pendingRecord = (change: Partial<PendingRecord> = {}): PendingRecord => ({
  id: unique('pending'),
  browserHash: 'browser',
  txId: 'tx',
  scopes: ['notes:read'],
  deviceHash: 'device',
  signedIn: {
    subject: 'person',
    label: 'Ada',
    choices: [
      { id: 'one', label: 'One' },
      { id: 'two', label: 'Two', detail: 'https://two.example' },
    ],
    sealed: 'sealed',
  },
  expiresAt: start + 10 * minute,
  ...change,
})

export const grantRecord = (change: Partial<GrantRecord> = {}): GrantRecord => ({
  id: unique('grant'),
  clientId: 'client',
  clientName: 'A client',
  subject: 'person',
  label: 'Ada',
  resource: 'https://mcp.example/mcp',
  scopes: ['notes:read', 'notes:write'],
  choices: ['one'],
  deviceHash: 'device',
  createdAt: start,
  lastUsedAt: start,
  expiresAt: start + minute,
  ...change,
})

export const codeRecord = (grant: GrantRecord, change: Partial<CodeRecord> = {}): CodeRecord => ({
  hash: unique('code'),
  grantId: grant.id,
  clientId: grant.clientId,
  redirectUri: 'http://localhost:7777/callback',
  challenge: 'c'.repeat(43),
  resource: grant.resource,
  scopes: grant.scopes,
  expiresAt: start + minute,
  ...change,
})

export const familyRecord = (grant: GrantRecord, change: Partial<FamilyRecord> = {}): FamilyRecord => ({
  id: unique('family'),
  grantId: grant.id,
  clientId: grant.clientId,
  generation: 0,
  kid: 'k1',
  rotatedAt: start,
  used: false,
  expiresAt: start + 30 * day,
  absoluteExpiresAt: start + 365 * day,
  revoked: false,
  ...change,
})

export const accessRecord = (grant: GrantRecord, change: Partial<AccessRecord> = {}): AccessRecord => ({
  hash: unique('access'),
  grantId: grant.id,
  clientId: grant.clientId,
  scopes: grant.scopes,
  expiresAt: start + 15 * minute,
  ...change,
})

export const clientRecord = (change: Partial<ClientRecord> = {}): ClientRecord => ({
  id: unique('client'),
  metadata: {
    name: 'A client',
    redirectUris: ['http://localhost/callback'],
    authMethod: 'none',
    grantTypes: ['authorization_code', 'refresh_token'],
  },
  createdAt: start,
  expiresAt: start + day,
  ...change,
})

/** Brings a grant with an unredeemed code into a store. */
export async function givenGrant(
  store: AuthStore,
  change: { readonly grant?: Partial<GrantRecord>; readonly code?: Partial<CodeRecord> } = {},
): Promise<{ readonly grant: GrantRecord; readonly code: CodeRecord }> {
  const grant = grantRecord(change.grant)
  const code = codeRecord(grant, change.code)
  const tx = txRecord()
  await store.putTx(tx, { limit: 1_000_000, now: start })
  await store.reserveGrant(grant.id, start + 10 * minute)
  if (!(await store.createGrant({ grant, code, txId: tx.id, now: start })))
    throw new Error('createGrant refused a grant whose reservation and transaction are there')
  return { grant, code }
}

/** Brings a grant whose code has been redeemed into a store, with its family and first access token. */
export async function givenFamily(
  store: AuthStore,
  change: { readonly grant?: Partial<GrantRecord>; readonly family?: Partial<FamilyRecord> } = {},
): Promise<{
  readonly grant: GrantRecord
  readonly code: CodeRecord
  readonly family: FamilyRecord
  readonly access: AccessRecord
}> {
  const { grant, code } = await givenGrant(store, { ...(change.grant && { grant: change.grant }) })
  const family = familyRecord(grant, change.family)
  const access = accessRecord(grant, { family: { id: family.id, generation: 0 } })
  if (!(await store.consumeCode({ hash: code.hash, now: start + 1, family, access })))
    throw new Error('consumeCode refused a code that is fresh')
  return { grant, code, family, access }
}
