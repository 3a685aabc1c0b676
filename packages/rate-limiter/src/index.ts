export type { Sleep } from './alarm.ts'
export { atlassianFamilies } from './atlassian-families.ts'
export { atlassianRules } from './atlassian-rules.ts'
export type { AtlassianRulesOptions } from './atlassian-rules.ts'
export type { Lesson } from './algorithms/page.ts'
export type { PolicyCounts } from './counters.ts'
export type { ClockOptions } from './clock.ts'
export { rateLimitFields } from './fields.ts'
export type { RateLimitFields, Refused } from './fields.ts'
export { heed } from './heed.ts'
export type { Heeded } from './heed.ts'
export { limitFetch } from './http/limit-fetch.ts'
export type { LimitFetchOptions } from './http/limit-fetch.ts'
export { limitHandler } from './http/limit-handler.ts'
export type { LimitHandlerOptions } from './http/limit-handler.ts'
export type { InboundOptions } from './http/inbound.ts'
export { limitHono } from './http/limit-hono.ts'
export type { HonoContext } from './http/limit-hono.ts'
export { isLimitError, LimitError } from './limit-error.ts'
export type { LimitErrorCode } from './limit-error.ts'
export { createLimiter } from './limiter.ts'
export type {
  AcquireOptions,
  AskOptions,
  Limiter,
  LimiterOptions,
  Outcome,
  Permit,
  Priority,
  Refusal,
  Taken,
} from './limiter.ts'
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
