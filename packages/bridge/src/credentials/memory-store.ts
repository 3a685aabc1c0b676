import type { Credentials } from './credentials.ts'
import type { CredentialStore } from './store.ts'

/** Keeps sign-ins as long as the process lives, and shares them with nobody. */
export function createMemoryCredentials(): CredentialStore {
  const entries = new Map<string, Credentials>()
  const changes = new Map<string, Promise<unknown>>()
  const turns = new Set<string>()
  const failures = new Map<string, number>()

  return {
    protectionOf: async () => 'memory',
    read: async (entry) => entries.get(entry),
    change(entry, change) {
      const before = changes.get(entry) ?? Promise.resolve()
      const done = before.then(async () => {
        const next = await change(entries.get(entry))
        if (next) entries.set(entry, next)
        else entries.delete(entry)
        return next
      })
      changes.set(
        entry,
        done.catch(() => undefined), // The caller hears of it; the next one in line need not.
      )
      return done
    },
    remove: async (entry) => void entries.delete(entry),
    async turn(entry) {
      if (turns.has(entry)) return undefined
      turns.add(entry)
      return {
        failures: failures.get(entry) ?? 0,
        async release(outcome) {
          if (outcome === 'failed') failures.set(entry, (failures.get(entry) ?? 0) + 1)
          turns.delete(entry)
        },
      }
    },
    failures: async (entry) => failures.get(entry) ?? 0,
    list: async () => [...entries.keys()],
  }
}
