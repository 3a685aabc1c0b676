import type { Cell } from './cell.ts'
import { balanceOf, charge, createCell, isIdle, waitOf } from './cell.ts'
import type { Clock } from './clock.ts'
import { gateOf } from './gate.ts'
import { makeRoom } from './make-room.ts'
import type { Budget, Cost, LimitKey, Milliseconds, Rule, Rules } from './rule.ts'

/** What is known of one key. */
export interface Account {
  readonly key: LimitKey
  readonly gates: readonly RuleCell[]
  /** On the elapsed clock. */
  pausedUntil: number
  /** Calls in the queue that name this key; it is not forgotten meanwhile. */
  waiting: number
  /** The last round of the queue in which a caller whose turn it was found this key shut. */
  claimed: number
}

/** One rule on one key. */
export interface RuleCell {
  readonly rule: Rule
  readonly cell: Cell
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
  readonly take: (accounts: readonly Account[], count: number, price: Price) => void
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
  const policies = new Map<string, PolicyCounts>()
  let closedUntil = -Infinity

  const timeOf = ({ cell }: RuleCell): number => (cell.gate.kind === 'calendar' ? wall() : elapsed())

  function countsOf(name: string): PolicyCounts {
    const counts = policies.get(name) ?? { allowed: 0, refused: 0, shadow: 0 }
    policies.set(name, counts)
    return counts
  }

  function open(key: LimitKey): Account {
    const gates = rulesOf(key).map((rule) => ({
      rule,
      cell: createCell(gateOf(rule, `${key}|${rule.name}`)),
      counts: countsOf(rule.name),
    }))
    const account: Account = { key, gates, pausedUntil: -0.5, waiting: 0, claimed: 0 }
    accounts.set(key, account)
    return account
  }

  function isIdleAccount({ gates, pausedUntil, waiting }: Account): boolean {
    return waiting === 0 && pausedUntil <= elapsed() && gates.every((gate) => isIdle(gate.cell, timeOf(gate)))
  }

  /** What is soonest back goes first, and what somebody waits for last. */
  function rank({ gates, pausedUntil, waiting }: Account): number {
    if (waiting > 0) return Infinity
    return Math.max(pausedUntil, ...gates.map((gate) => balanceOf(gate.cell, timeOf(gate)).resetMs))
  }

  function waitAt({ gates, pausedUntil }: Account, price: Price, now: Milliseconds): Milliseconds {
    let longest = pausedUntil > now ? pausedUntil - now : 0
    for (let index = 0; index < gates.length; index += 1) {
      const gate = gates[index]
      if (gate === undefined || gate.rule.shadow) continue
      const wait = waitOf(gate.cell, gate.cell.gate.kind === 'calendar' ? wall() : now, price[gate.rule.unit])
      if (wait > longest) longest = wait
      if (closedUntil - now > longest && gate.rule.fail === 'closed') longest = closedUntil - now
    }
    return longest
  }

  function takeAt({ gates }: Account, price: Price, now: Milliseconds): void {
    for (let index = 0; index < gates.length; index += 1) {
      const gate = gates[index]
      if (gate === undefined) continue
      const { cell, rule, counts } = gate
      const time = cell.gate.kind === 'calendar' ? wall() : now
      const cost = price[rule.unit]
      if (rule.shadow && waitOf(cell, time, cost) > 0) counts.shadow += 1
      else {
        charge(cell, time, cost)
        counts.allowed += 1
      }
    }
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
    wait(list, count, price) {
      const now = elapsed()
      let longest = 0
      for (let index = 0; index < count; index += 1) {
        const account = list[index]
        const wait = account ? waitAt(account, price, now) : 0
        if (wait > longest) longest = wait
      }
      return longest
    },
    take(list, count, price) {
      const now = elapsed()
      for (let index = 0; index < count; index += 1) {
        const account = list[index]
        if (account) takeAt(account, price, now)
      }
    },
    settle(list, price) {
      for (const { gates } of list) {
        for (const gate of gates) charge(gate.cell, timeOf(gate), price[gate.rule.unit])
      }
    },
    violated(list, price) {
      const names = list.flatMap(({ gates, pausedUntil }) => {
        const shut = gates.filter(
          (gate) =>
            !gate.rule.shadow &&
            (waitOf(gate.cell, timeOf(gate), price[gate.rule.unit]) > 0 ||
              (closedUntil > elapsed() && gate.rule.fail === 'closed')),
        )
        for (const { counts } of shut) counts.refused += 1
        return [...shut.map(({ rule }) => rule.name), ...(pausedUntil > elapsed() ? ['paused'] : [])]
      })
      return [...new Set(names)]
    },
    budgets: ({ key, gates }) =>
      gates.map((gate) => {
        const { name, unit, limit, window } = gate.rule
        return { policy: name, key, unit, limit, window, ...balanceOf(gate.cell, timeOf(gate)) }
      }),
    counts: () => Object.fromEntries([...policies].map(([name, counts]) => [name, { ...counts }])),
    closeUntil(until) {
      closedUntil = until
    },
  }
}

/** Rules of a list, found by the scope in front of a key's first colon. */
function byScope(rules: readonly Rule[]): (key: LimitKey) => readonly Rule[] {
  const scopes = new Map<string, Rule[]>()
  for (const rule of rules) scopes.set(rule.per, [...(scopes.get(rule.per) ?? []), rule])
  return (key) => scopes.get(key.slice(0, key.indexOf(':'))) ?? []
}
