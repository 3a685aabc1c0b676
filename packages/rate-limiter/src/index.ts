export type { AcquireOptions, Limiter, Priority, Taken } from './limiter.ts'
export type {
  Budget,
  Cost,
  Instant,
  LimitKey,
  Milliseconds,
  Rule,
  Rules,
  Scope,
  Seconds,
  Unit,
} from './rule.ts'
export type { Charge, Gate, LimiterStore } from './store.ts'
