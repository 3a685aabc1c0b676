import { createShelf, sweepWhere, type Shelf } from './memory-shelf.ts'
import type { AccessRecord, CodeRecord, FamilyRecord, GrantRecord, Timestamp, TxRecord } from './records.ts'
import type { AuthStore, Revocation, SweepKind } from './store.ts'

type Sweeps = Readonly<
  Record<
    Extract<SweepKind, 'code' | 'access' | 'family' | 'grant'>,
    (now: Timestamp, limit: number) => number
  >
>

type GrantOperations = Pick<
  AuthStore,
  | 'reserveGrant'
  | 'createGrant'
  | 'getGrant'
  | 'listGrants'
  | 'revokeGrant'
  | 'supersede'
  | 'lapsedGrants'
  | 'unforgottenGrants'
  | 'markForgotten'
  | 'forgetSubject'
  | 'readCode'
  | 'consumeCode'
  | 'readFamily'
  | 'rotateFamily'
  | 'keysInUse'
  | 'markUsed'
  | 'putAccess'
  | 'readAccess'
  | 'revokeAccess'
>

/** The grant and what hangs on it, in memory. No function awaits between reading and writing, so each is atomic. */
export function createMemoryGrants(txs: Shelf<TxRecord>): GrantOperations & { readonly sweeps: Sweeps } {
  const reserved = new Map<string, Timestamp>()
  const grants = new Map<string, GrantRecord>()
  const forgotten = new Set<string>()
  const codes = createShelf<CodeRecord>()
  const families = createShelf<FamilyRecord>()
  const accesses = createShelf<AccessRecord>()

  const update = (id: string, change: Partial<GrantRecord>): void => {
    const grant = grants.get(id)
    if (grant !== undefined) grants.set(id, { ...grant, ...change })
  }

  function revoke(id: string, { reason, now, keepUntil }: Revocation, by?: string): boolean {
    const grant = grants.get(id)
    if (grant === undefined || grant.revoked !== undefined) return false
    update(id, { revoked: { at: now, reason, keepUntil }, ...(by !== undefined && { supersededBy: by }) })
    for (const [key, family] of families)
      if (family.grantId === id) families.set(key, { ...family, revoked: true })
    sweepWhere(accesses, ({ grantId }) => grantId === id, Infinity)
    sweepWhere(codes, ({ grantId, consumedAt }) => grantId === id && consumedAt === undefined, Infinity)
    return true
  }

  return {
    async reserveGrant(id, expiresAt) {
      reserved.set(id, expiresAt)
    },
    async createGrant({ grant, code, txId, now }) {
      if (!reserved.has(grant.id) || txs.getAt(txId, now) === undefined) return false
      reserved.delete(grant.id)
      txs.delete(txId)
      grants.set(grant.id, grant)
      codes.set(code.hash, code)
      return true
    },
    getGrant: async (id) => grants.get(id),
    listGrants: async (subject, now) =>
      [...grants.values()]
        .filter((grant) => grant.subject === subject && grant.revoked === undefined && grant.expiresAt > now)
        .toSorted((a, b) => b.createdAt - a.createdAt)
        .slice(0, 1000),
    revokeGrant: async (id, revocation) => revoke(id, revocation),
    supersede: async (old, by, when) => revoke(old, { ...when, reason: 'superseded' }, by),
    lapsedGrants: async (before, limit) =>
      [...grants.values()]
        .filter((grant) => grant.revoked === undefined && grant.expiresAt <= before)
        .toSorted((a, b) => a.expiresAt - b.expiresAt)
        .slice(0, limit)
        .map(({ id }) => id),
    async unforgottenGrants(now, limit) {
      const found = [...grants.values()].flatMap(({ id, revoked }) =>
        revoked === undefined || forgotten.has(id) ? [] : [{ id, reason: revoked.reason }],
      )
      for (const [id, expiresAt] of reserved) if (expiresAt <= now) found.push({ id, reason: 'abandoned' })
      return found.slice(0, limit)
    },
    async markForgotten(id) {
      reserved.delete(id)
      if (grants.get(id)?.revoked !== undefined) forgotten.add(id)
    },
    async forgetSubject(subject, now) {
      for (const { id, subject: whose, revoked } of grants.values())
        if (whose === subject && revoked !== undefined && revoked.keepUntil > now)
          update(id, { revoked: { ...revoked, keepUntil: now } })
    },

    readCode: async (hash) => codes.get(hash),
    async consumeCode({ hash, now, family, access }) {
      const code = codes.getAt(hash, now)
      if (code === undefined || code.consumedAt !== undefined) return false
      const grant = grants.get(code.grantId)
      if (grant === undefined || grant.revoked !== undefined) return false
      codes.set(hash, { ...code, consumedAt: now })
      if (family !== undefined) families.set(family.id, family)
      accesses.set(access.hash, access)
      update(grant.id, { expiresAt: (family ?? access).expiresAt })
      return true
    },

    async readFamily(id) {
      const family = families.get(id)
      const grant = family && grants.get(family.grantId)
      return family && grant && { family, grant }
    },
    async rotateFamily({ id, clientId, generation, now, expiresAt, kid, access }) {
      const family = families.getAt(id, now)
      if (family === undefined || family.revoked) return undefined
      if (family.clientId !== clientId || family.generation !== generation) return undefined
      const next: FamilyRecord = {
        ...family,
        generation: generation + 1,
        kid,
        rotatedAt: now,
        used: false,
        expiresAt: Math.min(expiresAt, family.absoluteExpiresAt),
      }
      families.set(id, next)
      accesses.set(access.hash, access)
      update(family.grantId, { expiresAt: next.expiresAt, lastUsedAt: now })
      return next
    },
    async keysInUse(now) {
      const live = [...families.values()].filter(({ revoked, expiresAt }) => !revoked && expiresAt > now)
      return [...new Set(live.map(({ kid }) => kid))]
    },
    async markUsed(id, generation, now) {
      const family = families.get(id)
      if (family?.generation !== generation) return
      families.set(id, { ...family, used: true })
      update(family.grantId, { lastUsedAt: now })
    },

    async putAccess(access) {
      accesses.set(access.hash, access)
    },
    async readAccess(hash, now) {
      const access = accesses.getAt(hash, now)
      const grant = access && grants.get(access.grantId)
      return access && grant && grant.revoked === undefined ? { access, grant } : undefined
    },
    async revokeAccess(hash, clientId) {
      return accesses.get(hash)?.clientId === clientId && accesses.delete(hash)
    },

    sweeps: {
      code: codes.sweep,
      access: accesses.sweep,
      family: families.sweep,
      grant(now, limit) {
        const ended = ({ id, revoked }: GrantRecord): boolean =>
          revoked !== undefined && revoked.keepUntil <= now && forgotten.has(id)
        const count = sweepWhere(grants, ended, limit)
        for (const id of forgotten) if (!grants.has(id)) forgotten.delete(id)
        return count
      },
    },
  }
}
