import type { Cell } from './cell.ts'
import { balanceOf, charge, isIdle, waitOf } from './cell.ts'
import type { Clock } from './clock.ts'
import { makeRoom } from './make-room.ts'
import { meterOf } from './meter.ts'
import type { Budget, Cost, LimitKey, Milliseconds, Rule, Rules } from './rule.ts'
import type { Meter } from './store.ts'

/** What is known of one key. */
export interface Account {
  readonly key: LimitKey
  readonly slots: readonly Slot[]
  /** On the elapsed clock. */
  pausedUntil: number
  /** Calls in the queue that name this key; it is not forgotten meanwhile. */
  waiting: number
  /** The last round of the queue in which a caller whose turn it was found this key shut. */
  claimed: number
}

/** One rule on one key. What all keys of a rule have in common stands once, in its policy. */
export interface Slot extends Cell {
  readonly policy: Policy
}

/** A rule and what it has met. */
interface Policy {
  readonly rule: Rule
  readonly meter: Meter
  readonly counts: PolicyCounts
}

/** What became of the calls that met a rule. Shadow: those that would have been refused. */
export interface PolicyCounts {
  allowed: number
  refused: number
  shadow: number
}

/** A cost in each unit. */
export interface Price {
  readonly requests: number
  readonly points: number
}

const single: Price = { requests: 1, points: 1 }

/** Spells a cost out. */
export function priceOf(cost: Cost | undefined): Price {
  if (cost === undefined || cost === 1) return single
  if (typeof cost === 'number') return { requests: cost, points: cost }
  return { requests: cost.requests ?? 1, points: cost.points ?? 1 }
}

/** Spells a difference out: what is left out is 0. */
export function differenceOf(cost: Cost): Price {
  return typeof cost === 'number' ? priceOf(cost) : { requests: cost.requests ?? 0, points: cost.points ?? 0 }
}

/** What gives a price back. */
export function negative({ requests, points }: Price): Price {
  return { requests: -requests, points: -points }
}

/** The state of a limiter: synchronous, bounded, and never half written. */
export interface Books {
  /** The accounts of some keys, opened where they are new. None of them is forgotten while another is opened. */
  readonly find: (keys: readonly LimitKey[], into?: Account[]) => readonly Account[]
  /** How long the price has to wait: 0 when all accounts admit it. */
  readonly wait: (accounts: readonly Account[], count: number, price: Price) => Milliseconds
  /** The wait of one account alone. */
  readonly waitAt: (account: Account, price: Price) => Milliseconds
  /** Takes from all accounts, or from none: 0 when taken, else the wait. */
  readonly take: (accounts: readonly Account[], count: number, price: Price) => Milliseconds
  readonly settle: (accounts: readonly Account[], price: Price) => void
  readonly violated: (accounts: readonly Account[], price: Price) => readonly string[]
  readonly budgets: (account: Account) => readonly Budget[]
  readonly counts: () => Readonly<Record<string, Readonly<PolicyCounts>>>
  /** Until then, on the elapsed clock, rules that fail closed admit nothing: the shared store is away. */
  readonly closeUntil: (until: Milliseconds) => void
}

/** How the books are kept. */
export interface BooksOptions {
  readonly rules: Rules
  readonly clock: Clock
  readonly maxKeys: number
}

/** Opens the books. `count` tells how many members of a list are meant, so that the list can be used again. */
export function createBooks({ rules, clock, maxKeys }: BooksOptions): Books {
  const { elapsed, wall } = clock
  const rulesOf = typeof rules === 'function' ? rules : byScope(rules)
  const accounts = new Map<LimitKey, Account>()
  const policies = new WeakMap<Rule, Policy>()
  const counters = new Map<string, PolicyCounts>()
  let closedUntil = -Infinity

  const timeOf = ({ meter }: Cell): number => (meter.kind === 'calendar' ? wall() : elapsed())

  function countsOf(name: string): PolicyCounts {
    const counts = counters.get(name) ?? { allowed: 0, refused: 0, shadow: 0 }
    counters.set(name, counts)
    return counts
  }

  function policyOf(rule: Rule): Policy {
    const policy = policies.get(rule) ?? { rule, meter: meterOf(rule), counts: countsOf(rule.name) }
    policies.set(rule, policy)
    return policy
  }

  function open(key: LimitKey): Account {
    const slots = rulesOf(key).map((rule) => createSlot(policyOf(rule)))
    const account: Account = { key, slots, pausedUntil: -0.5, waiting: 0, claimed: 0 }
    accounts.set(key, account)
    return account
  }

  function isIdleAccount({ slots, pausedUntil, waiting }: Account): boolean {
    return waiting === 0 && pausedUntil <= elapsed() && slots.every((slot) => isIdle(slot, timeOf(slot)))
  }

  /** What is soonest back goes first, and what somebody waits for last. */
  function rank({ slots, pausedUntil, waiting }: Account): number {
    if (waiting > 0) return Infinity
    return Math.max(pausedUntil, ...slots.map((slot) => balanceOf(slot, timeOf(slot)).resetMs))
  }

  function waitAt({ slots, pausedUntil }: Account, price: Price, now: Milliseconds): Milliseconds {
    let longest = pausedUntil > now ? pausedUntil - now : 0
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index]
      if (slot === undefined) continue
      const { rule, meter } = slot.policy
      if (rule.shadow) continue
      const cost = rule.unit === 'points' ? price.points : price.requests
      const wait = waitOf(slot, meter.kind === 'calendar' ? wall() : now, cost)
      if (wait > longest) longest = wait
      if (closedUntil - now > longest && rule.fail === 'closed') longest = closedUntil - now
    }
    return longest
  }

  function longestWait(
    list: readonly Account[],
    { count, now }: { readonly count: number; readonly now: Milliseconds },
    price: Price,
  ): Milliseconds {
    let longest = 0
    for (let index = 0; index < count; index += 1) {
      const account = list[index]
      const wait = account ? waitAt(account, price, now) : 0
      if (wait > longest) longest = wait
    }
    return longest
  }

  function takeAt({ slots }: Account, price: Price, now: Milliseconds): void {
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index]
      if (slot === undefined) continue
      const { rule, meter, counts } = slot.policy
      const time = meter.kind === 'calendar' ? wall() : now
      const cost = rule.unit === 'points' ? price.points : price.requests
      if (rule.shadow && waitOf(slot, time, cost) > 0) counts.shadow += 1
      else {
        charge(slot, time, cost)
        counts.allowed += 1
      }
    }
  }

  function isShut(slot: Slot, price: Price): boolean {
    const { rule } = slot.policy
    if (rule.shadow) return false
    if (rule.fail === 'closed' && closedUntil > elapsed()) return true
    return waitOf(slot, timeOf(slot), price[rule.unit]) > 0
  }

  return {
    find(keys, into = []) {
      if (accounts.size + keys.length > maxKeys) makeRoom(accounts, { isIdle: isIdleAccount, rank })
      for (let index = 0; index < keys.length; index += 1) {
        const key = keys[index]
        if (key !== undefined) into[index] = accounts.get(key) ?? open(key)
      }
      return into
    },
    waitAt: (account, price) => waitAt(account, price, elapsed()),
    wait: (list, count, price) => longestWait(list, { count, now: elapsed() }, price),
    take(list, count, price) {
      const now = elapsed()
      const wait = longestWait(list, { count, now }, price)
      if (wait > 0) return wait
      for (let index = 0; index < count; index += 1) {
        const account = list[index]
        if (account) takeAt(account, price, now)
      }
      return 0
    },
    settle(list, price) {
      for (const { slots } of list) {
        for (const slot of slots) charge(slot, timeOf(slot), price[slot.policy.rule.unit])
      }
    },
    violated(list, price) {
      const names = list.flatMap(({ slots, pausedUntil }) => {
        const shut = slots.filter((slot) => isShut(slot, price))
        for (const { policy } of shut) policy.counts.refused += 1
        const paused = pausedUntil > elapsed() ? ['paused'] : []
        return [...shut.map(({ policy }) => policy.rule.name), ...paused]
      })
      return [...new Set(names)]
    },
    budgets: ({ key, slots }) =>
      slots.map((slot) => {
        const { name, unit, limit, window } = slot.policy.rule
        return { policy: name, key, unit, limit, window, ...balanceOf(slot, timeOf(slot)) }
      }),
    counts: () => Object.fromEntries([...counters].map(([name, counts]) => [name, { ...counts }])),
    closeUntil(until) {
      closedUntil = until
    },
  }
}

/** As `createCell`, written out: copies of objects lose their unboxed numbers. */
function createSlot(policy: Policy): Slot {
  return { meter: policy.meter, at: -0.5, used: 0, policy }
}

/** Rules of a list, found by the scope in front of a key's first colon. */
function byScope(rules: readonly Rule[]): (key: LimitKey) => readonly Rule[] {
  const scopes = new Map<string, Rule[]>()
  for (const rule of rules) scopes.set(rule.per, [...(scopes.get(rule.per) ?? []), rule])
  return (key) => scopes.get(key.slice(0, key.indexOf(':'))) ?? []
}
