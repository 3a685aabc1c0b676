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
  const { value, endsAt } = standing(gate, state, now)
  if (gate.kind === 'pause') return Math.max(0, value - now)
  if (gate.kind === 'calendar') {
    if (cost > gate.limit) return Infinity
    return value + cost <= gate.limit ? 0 : Math.min(gate.window, endsAt - now)
  }
  if (cost * gate.interval > gate.tolerance) return Infinity
  return Math.max(0, value + cost * gate.interval - now - gate.tolerance)
}

/** The gate after a charge, whatever the wait. A refund empties it at most. */
export function charged({ gate, cost, now }: ChargeAt, state: GateState | undefined): GateState {
  const { value, endsAt } = standing(gate, state, now)
  if (gate.kind === 'pause') return { value, endsAt }
  if (gate.kind === 'calendar') {
    const used = Math.max(0, value + cost)
    return { value: used, endsAt: used === 0 ? now : endsAt }
  }
  const next = Math.max(now, value + cost * gate.interval)
  return { value: next, endsAt: next }
}

/**
 * What counts now: nothing of a window or a pause that has ended, and no arrival time in the past. A clock that is
 * set back opens no window again.
 */
function standing(gate: Gate, state: GateState | undefined, now: number): GateState {
  if (state !== undefined && state.endsAt > now) return state
  if (gate.kind === 'rolling') return { value: now, endsAt: now }
  if (gate.kind === 'pause') return { value: 0, endsAt: now }
  return { value: 0, endsAt: (Math.floor(now / gate.window) + 1) * gate.window }
}
