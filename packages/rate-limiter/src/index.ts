export type { Sleep } from './alarm.ts'
export { atlassianRules } from './atlassian-rules.ts'
export type { AtlassianRulesOptions } from './atlassian-rules.ts'
export type { PolicyCounts } from './books.ts'
export type { ClockOptions } from './clock.ts'
export { rateLimitFields } from './fields.ts'
export type { RateLimitFields, Refused } from './fields.ts'
export { isLimitError, LimitError } from './limit-error.ts'
export type { LimitErrorCode } from './limit-error.ts'
export { createLimiter } from './limiter.ts'
export type { AcquireOptions, Limiter, LimiterOptions, Priority, Taken } from './limiter.ts'
export { createMemoryLimiterStore } from './memory-store.ts'
export type { MemoryLimiterStoreOptions } from './memory-store.ts'
export { readPause } from './pause.ts'
export type { HeaderSource, Pause, PauseScope, ReadPauseOptions } from './pause.ts'
export { planRules, plans } from './plans.ts'
export type { Plan, PlanName, PlanRule } from './plans.ts'
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
export type { Charge, Gate, LimiterStore, Meter } from './store.ts'
