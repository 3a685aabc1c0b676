import type { Charge, Gate, LimiterStore } from '../../src/index.ts'

/** Rows of text, read and written as a database would. */
export interface Rows {
  readonly get: (id: string) => string | undefined
  readonly set: (id: string, row: string) => void
  readonly remove: (id: string) => void
  readonly ids: () => readonly string[]
  /** Runs one transaction at a time. */
  readonly atomically: <Value>(work: () => Value) => Value
}

const micro = (milliseconds: number): number => Math.ceil(milliseconds * 1000 - 1e-6)

/** Counters as an engine keeps them: whole microseconds, one row a gate, nothing in between but transactions. */
export function createRowStore(rows: Rows): LimiterStore {
  function read({ id, ...gate }: Gate, now: number): { value: number; end: number } {
    const [value = 0, end = 0] = rows.get(id)?.split(' ').map(Number) ?? []
    if (end > micro(now)) return { value, end }
    if (gate.kind === 'calendar')
      return { value: 0, end: micro((Math.floor(now / gate.window) + 1) * gate.window) }
    return { value: gate.kind === 'rolling' ? micro(now) : 0, end: 0 }
  }

  function wait({ gate, cost }: Charge, now: number): number {
    const { value, end } = read(gate, now)
    if (gate.kind === 'pause') return Math.max(0, value / 1000 - now)
    if (gate.kind === 'calendar') {
      if (cost > gate.limit) return Infinity
      return value + cost <= gate.limit ? 0 : Math.min(gate.window, end / 1000 - now)
    }
    if (micro(cost * gate.interval) > micro(gate.tolerance)) return Infinity
    return Math.max(0, (value + micro(cost * gate.interval) - micro(now) - micro(gate.tolerance)) / 1000)
  }

  function charge({ gate, cost }: Charge, now: number): number {
    const { value, end } = read(gate, now)
    if (gate.kind === 'pause') return value / 1000
    if (gate.kind === 'calendar') {
      const used = Math.max(0, value + cost)
      if (cost !== 0) rows.set(gate.id, `${used} ${end}`)
      return used
    }
    const next = Math.max(micro(now), value + micro(cost * gate.interval))
    if (cost !== 0) rows.set(gate.id, `${next} ${next}`)
    return next / 1000
  }

  return {
    take: async (charges, now) =>
      rows.atomically(() => {
        const waits = charges.map((each) => wait(each, now))
        if (waits.every((each) => each === 0)) for (const each of charges) charge(each, now)
        return waits
      }),
    settle: async (charges, now) => rows.atomically(() => charges.map((each) => charge(each, now))),
    pause: async (id, until) =>
      rows.atomically(() => {
        const before = read({ id, kind: 'pause' }, 0)
        const end = Math.max(before.end, micro(until))
        rows.set(id, `${end} ${end}`)
      }),
    sweep: async (now) =>
      rows.atomically(() => {
        const over = rows.ids().filter((id) => {
          const [value = 0, end = 0] = rows.get(id)?.split(' ').map(Number) ?? []
          return value === 0 || end <= micro(now)
        })
        for (const id of over) rows.remove(id)
        return over.length
      }),
  }
}

/** Rows of this process. */
export function createRows(): Rows {
  const rows = new Map<string, string>()
  return {
    get: (id) => rows.get(id),
    set: (id, row) => void rows.set(id, row),
    remove: (id) => void rows.delete(id),
    ids: () => [...rows.keys()],
    atomically: (work) => work(),
  }
}
