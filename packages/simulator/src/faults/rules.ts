import { createChance } from '../world/chance.ts'
import type { Random } from '../world/random.ts'
import type { Fault, FaultMatch, FaultRule, Faults, FaultSubject } from './fault.ts'

interface Declared {
  readonly id: number
  readonly rule: FaultRule
  readonly draw: () => number
  left: number
  toPass: number
  struck: number
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
        const { times = 1, after = 0, seed } = rule
        const chance = seed === undefined ? undefined : createChance(seed)
        const draw = (): number => chance?.fraction() ?? random.fraction('faults')
        const left = times === 'always' ? Number.POSITIVE_INFINITY : times
        declared.push({ id: count, rule, draw, left, toPass: after, struck: 0 })
        return count
      },
      list: () =>
        declared.map(({ id, rule, left, struck }) => ({
          ...rule,
          id,
          left: Number.isFinite(left) ? left : 'always',
          struck,
        })),
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
        if (rule.share !== undefined && one.draw() >= rule.share) continue
        one.left -= 1
        one.struck += 1
        return rule.fault
      }
      return undefined
    },
  }
}
