import type { Random } from '../world/random.ts'
import type { Fault, FaultMatch, FaultRule, Faults, FaultSubject } from './fault.ts'

interface Declared {
  readonly id: number
  readonly rule: FaultRule
  left: number
  toPass: number
}

function fits({ operation, method, path, site, person }: FaultMatch, subject: FaultSubject): boolean {
  return (
    (operation === undefined || operation === subject.operation) &&
    (method === undefined || method.toUpperCase() === subject.method) &&
    (path === undefined || subject.path.includes(path)) &&
    (site === undefined || site === subject.site) &&
    (person === undefined || subject.person.includes(person))
  )
}

/** The rules, and the one that strikes a request. */
export interface FaultBook {
  readonly faults: Faults
  /** The fault for this request, which is thereby used; the first rule that fits wins. */
  strike(subject: FaultSubject): Fault | undefined
}

export function createFaultBook(random: Random): FaultBook {
  let declared: Declared[] = []
  let count = 0
  return {
    faults: {
      add(rule) {
        count += 1
        declared.push({ id: count, rule, left: rule.times ?? 1, toPass: rule.after ?? 0 })
        return count
      },
      list: () => declared.map(({ id, rule, left }) => ({ ...rule, id, left })),
      remove(id) {
        declared = declared.filter((one) => one.id !== id)
      },
      clear() {
        declared = []
      },
    },
    strike(subject) {
      for (const one of declared) {
        const { rule } = one
        if (one.left === 0 || !fits(rule.match ?? {}, subject)) continue
        if (one.toPass > 0) {
          one.toPass -= 1
          continue
        }
        if (rule.share !== undefined && random.fraction('faults') >= rule.share) continue
        one.left -= 1
        return rule.fault
      }
      return undefined
    },
  }
}
