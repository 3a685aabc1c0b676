import type { Milliseconds } from './rule.ts'
import type { Meter } from './store.ts'

/**
 * The state of one meter. All cells have the same members in the same order, which keeps reading them fast.
 *
 * Times are of whatever clock the caller hands in, as long as it is always the same one.
 */
export interface Cell {
  readonly meter: Meter
  /** Rolling: the theoretical arrival time. Calendar: the number of its window. Pause: its end. */
  at: number
  /** Calendar: units used in that window. */
  used: number
}

/** Waits below a microsecond are dust of the arithmetic. */
const grain: Milliseconds = 0.001

/** An untouched meter. */
export function createCell(meter: Meter): Cell {
  // A fraction makes the engine keep the member as an unboxed number, so that writing it allocates nothing.
  return { meter, at: -0.5, used: 0 }
}

/**
 * How long a cost has to wait: 0 when it passes, `Infinity` when it never can. Rolling gates follow the generic cell
 * rate algorithm; calendar gates count exactly, and a clock that is set back never opens a window again.
 *
 * @see https://www.itu.int/rec/T-REC-I.371 for the algorithm
 */
export function waitOf(cell: Cell, now: number, cost: number): Milliseconds {
  const { meter } = cell
  if (meter.kind === 'rolling') {
    const step = cost * meter.interval
    if (step > meter.tolerance) return Infinity
    const wait = (cell.at > now ? cell.at : now) + step - now - meter.tolerance
    return wait > grain ? wait : 0
  }
  if (meter.kind === 'pause') return cell.at > now ? cell.at - now : 0
  if (cost > meter.limit) return Infinity
  turnPage(cell, now, meter.window)
  return cell.used + cost <= meter.limit ? 0 : Math.min(meter.window, (cell.at + 1) * meter.window - now)
}

/** Charges a cost without asking; below 0 it gives back, and never below empty. */
export function charge(cell: Cell, now: number, cost: number): void {
  const { meter } = cell
  if (meter.kind === 'rolling') {
    const next = (cell.at > now ? cell.at : now) + cost * meter.interval
    cell.at = next > now ? next : now
  } else if (meter.kind === 'calendar') {
    turnPage(cell, now, meter.window)
    const used = cell.used + cost
    cell.used = used > 0 ? used : 0
  }
}

/** Units that could be spent now, and how long until everything is back. */
export function balanceOf(cell: Cell, now: number): { remaining: number; resetMs: Milliseconds } {
  const { meter } = cell
  if (meter.kind === 'rolling') {
    const ahead = Math.max(0, cell.at - now)
    // What is a whole unit but for the arithmetic of fractions counts as one.
    const remaining = Math.floor((meter.tolerance - ahead) / meter.interval + 1e-9)
    return { remaining: Math.max(0, remaining), resetMs: ahead }
  }
  if (meter.kind === 'pause') return { remaining: 0, resetMs: Math.max(0, cell.at - now) }
  turnPage(cell, now, meter.window)
  const resetMs = Math.min(meter.window, (cell.at + 1) * meter.window - now)
  return { remaining: Math.max(0, meter.limit - cell.used), resetMs }
}

/** Where a gate stands, as stores tell it. */
export function levelOf(cell: Cell, now: number): number {
  const { meter } = cell
  if (meter.kind === 'rolling') return cell.at > now ? cell.at : now
  if (meter.kind === 'pause') return cell.at > now ? cell.at : 0
  turnPage(cell, now, meter.window)
  return cell.used
}

/** Whether forgetting the cell changes no answer. */
export function isIdle(cell: Cell, now: number): boolean {
  const { meter } = cell
  if (meter.kind !== 'calendar') return cell.at <= now
  turnPage(cell, now, meter.window)
  return cell.used === 0
}

function turnPage(cell: Cell, now: number, window: Milliseconds): void {
  const index = Math.floor(now / window)
  if (index > cell.at) {
    cell.at = index
    cell.used = 0
  }
}
