import type { Charge, Gate } from '@telamon/rate-limiter'

/**
 * What is kept of a gate. `value`: the theoretical arrival time, the units used in the window, or the end of a pause.
 * `endsAt`: from then on the gate is as if nothing had ever happened to it.
 */
export interface GateState {
  readonly value: number
  readonly endsAt: number
}

/** A charge, and the instant it is made at. */
export interface ChargeAt extends Charge {
  readonly now: number
}

/** How long a charge has to wait: 0 when it passes now, `Infinity` when it never does. */
export function waitOf({ gate, cost, now }: ChargeAt, state: GateState | undefined): number {
  const value = standing(gate, state, now)
  if (gate.kind === 'pause') return Math.max(0, value - now)
  if (gate.kind === 'calendar') {
    if (cost > gate.limit) return Infinity
    return value + cost <= gate.limit ? 0 : endOfWindow(gate.window, now) - now
  }
  if (cost * gate.interval > gate.tolerance) return Infinity
  return Math.max(0, value + cost * gate.interval - now - gate.tolerance)
}

/** The gate after a charge, whatever the wait. A refund empties it at most. */
export function charged({ gate, cost, now }: ChargeAt, state: GateState | undefined): GateState {
  const value = standing(gate, state, now)
  if (gate.kind === 'pause') return { value, endsAt: value }
  if (gate.kind === 'calendar')
    return { value: Math.max(0, value + cost), endsAt: endOfWindow(gate.window, now) }
  const next = Math.max(now, value + cost * gate.interval)
  return { value: next, endsAt: next }
}

/** What counts now: nothing of a window or a pause that has ended, and no arrival time in the past. */
function standing(gate: Gate, state: GateState | undefined, now: number): number {
  if (state !== undefined && state.endsAt > now) return state.value
  return gate.kind === 'rolling' ? now : 0
}

const endOfWindow = (window: number, now: number): number => (Math.floor(now / window) + 1) * window
