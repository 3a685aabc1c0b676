import type { Milliseconds } from './rule.ts'
import type { Gate } from './store.ts'

/**
 * The state of one gate. All cells have the same members in the same order, which keeps reading them fast.
 *
 * Times are of whatever clock the caller hands in, as long as it is always the same one.
 */
export interface Cell {
  readonly gate: Gate
  /** Rolling: the theoretical arrival time. Calendar: the number of its window. Pause: its end. */
  at: number
  /** Calendar: units used in that window. */
  used: number
}

/** An untouched gate. */
export function createCell(gate: Gate): Cell {
  // A fraction makes the engine keep the member as an unboxed number, so that writing it allocates nothing.
  return { gate, at: -0.5, used: 0 }
}

/**
 * How long a cost has to wait: 0 when it passes, `Infinity` when it never can. Rolling gates follow the generic cell
 * rate algorithm; calendar gates count exactly, and a clock that is set back never opens a window again.
 *
 * @see https://www.itu.int/rec/T-REC-I.371 for the algorithm
 */
export function waitOf(cell: Cell, now: number, cost: number): Milliseconds {
  const { gate } = cell
  if (gate.kind === 'rolling') {
    const step = cost * gate.interval
    if (step > gate.tolerance) return Infinity
    const wait = (cell.at > now ? cell.at : now) + step - now - gate.tolerance
    return wait > 0 ? wait : 0
  }
  if (gate.kind === 'pause') return cell.at > now ? cell.at - now : 0
  if (cost > gate.limit) return Infinity
  turnPage(cell, now, gate.window)
  return cell.used + cost <= gate.limit ? 0 : Math.min(gate.window, (cell.at + 1) * gate.window - now)
}

/** Charges a cost without asking; below 0 it gives back, and never below empty. */
export function charge(cell: Cell, now: number, cost: number): void {
  const { gate } = cell
  if (gate.kind === 'rolling') {
    const next = (cell.at > now ? cell.at : now) + cost * gate.interval
    cell.at = next > now ? next : now
  } else if (gate.kind === 'calendar') {
    turnPage(cell, now, gate.window)
    const used = cell.used + cost
    cell.used = used > 0 ? used : 0
  }
}

/** Units that could be spent now, and how long until everything is back. */
export function balanceOf(cell: Cell, now: number): { remaining: number; resetMs: Milliseconds } {
  const { gate } = cell
  if (gate.kind === 'rolling') {
    const ahead = Math.max(0, cell.at - now)
    // What is a whole unit but for the arithmetic of fractions counts as one.
    const remaining = Math.floor((gate.tolerance - ahead) / gate.interval + 1e-9)
    return { remaining: Math.max(0, remaining), resetMs: ahead }
  }
  if (gate.kind === 'pause') return { remaining: 0, resetMs: Math.max(0, cell.at - now) }
  turnPage(cell, now, gate.window)
  const resetMs = Math.min(gate.window, (cell.at + 1) * gate.window - now)
  return { remaining: Math.max(0, gate.limit - cell.used), resetMs }
}

/** Where a gate stands, as stores tell it. */
export function levelOf(cell: Cell, now: number): number {
  const { gate } = cell
  if (gate.kind === 'rolling') return cell.at > now ? cell.at : now
  if (gate.kind === 'pause') return cell.at > now ? cell.at : 0
  turnPage(cell, now, gate.window)
  return cell.used
}

/** Whether forgetting the cell changes no answer. */
export function isIdle(cell: Cell, now: number): boolean {
  const { gate } = cell
  if (gate.kind !== 'calendar') return cell.at <= now
  turnPage(cell, now, gate.window)
  return cell.used === 0
}

function turnPage(cell: Cell, now: number, window: Milliseconds): void {
  const index = Math.floor(now / window)
  if (index > cell.at) {
    cell.at = index
    cell.used = 0
  }
}
