import { effectOf, type OperationSpec } from '@telamon/rest'

import type { Clock } from '../clock.ts'
import type { Reply } from '../http/reply.ts'
import { burstRate, issueWrites, pointsPerHour } from './rates.ts'

/** Which limits are enforced. Headers are sent and counts are kept in any case. */
export interface LimitOptions {
  /** Whether a call beyond a limit is refused. Default: false. */
  readonly enforce?: boolean
  /** What the rates and counts are multiplied with, to make them easy to reach. Default: 1. */
  readonly scale?: number
  /** Points of an app in an hour. Default: 65,000. */
  readonly pointsPerHour?: number
}

/** Whom and what a call counts for. */
interface Metered {
  readonly cloudId: string
  readonly operation: OperationSpec
  /** The issue that is written to. */
  readonly issue?: string | undefined
  /** The OAuth app; API tokens spend no points (documented). */
  readonly clientId?: string | undefined
}

interface Metering {
  readonly headers: Readonly<Record<string, string>>
  /** The answer in place of the handler's, when a limit is reached and enforced. */
  readonly refusal?: Reply
}

export interface Meter {
  /** Counts a call before it is answered. */
  take(call: Metered): Metering
  /** Counts the points of an answer. */
  spend(call: Metered, points: number): void
  /** What an app has spent since the hour began. */
  spent(clientId: string): number
  clear(): void
}

interface Bucket {
  tokens: number
  at: number
}

const hour = 3_600_000

/** Buckets, windows and points on the simulator's clock. */
export function createMeter(clock: Clock, options: LimitOptions = {}): Meter {
  const { enforce = false, scale = 1, pointsPerHour: quota = pointsPerHour } = options
  const buckets = new Map<string, Bucket>()
  const writes = new Map<string, number[]>()
  const points = new Map<string, { hour: number; spent: number }>()

  const burst = ({
    cloudId,
    operation,
  }: Metered): { readonly limit: number; readonly remaining: number; readonly full: boolean } => {
    const limit = Math.max(1, Math.floor(burstRate(operation) * scale))
    const key = `${cloudId} ${operation.method} ${operation.path}`
    const now = clock.now()
    const bucket = buckets.get(key) ?? { tokens: limit, at: now }
    bucket.tokens = Math.min(limit, bucket.tokens + ((now - bucket.at) * limit) / 1000)
    bucket.at = now
    buckets.set(key, bucket)
    const full = bucket.tokens < 1
    if (!full) bucket.tokens -= 1
    return { limit, remaining: Math.max(0, Math.floor(bucket.tokens)), full }
  }

  /** How long until the issue may be written to again; 0 when it may now. */
  const issueWait = ({ cloudId, operation, issue }: Metered): number => {
    if (issue === undefined || effectOf(operation) === 'read') return 0
    const now = clock.now()
    const key = `${cloudId} ${issue}`
    const recent = (writes.get(key) ?? []).filter((at) => now - at < 30_000)
    const waits = issueWrites.map(({ most, milliseconds }) => {
      const inside = recent.filter((at) => now - at < milliseconds)
      const [oldest] = inside
      return oldest !== undefined && inside.length >= Math.max(1, most * scale)
        ? oldest + milliseconds - now
        : 0
    })
    const wait = Math.max(0, ...waits)
    if (wait === 0) recent.push(now)
    writes.set(key, recent)
    return wait
  }

  const account = (clientId: string): { hour: number; spent: number } => {
    const current = Math.floor(clock.now() / hour)
    const known = points.get(clientId)
    if (known?.hour === current) return known
    const fresh = { hour: current, spent: 0 }
    points.set(clientId, fresh)
    return fresh
  }

  const quotaHeaders = (clientId: string): Record<string, string> => {
    const { spent } = account(clientId)
    const left = Math.max(0, quota - spent)
    const seconds = Math.ceil((hour - (clock.now() % hour)) / 1000)
    const prefix = enforce ? '' : 'beta-'
    // What is left is only named once four fifths are gone (reported).
    const remaining = spent > quota * 0.8 ? `;r=${left}` : ''
    return {
      [`${prefix}ratelimit-policy`]: `"global-app-quota";q=${quota};w=3600`,
      [`${prefix}ratelimit`]: `"global-app-quota"${remaining};t=${seconds}`,
    }
  }

  const refuse = (
    limit: number,
    { wait, reason }: { readonly wait: number; readonly reason: string },
  ): Reply => ({
    status: 429,
    body: { errorMessages: ['Rate limit exceeded.'], errors: {} },
    headers: {
      'retry-after': String(Math.max(1, Math.ceil(wait / 1000))),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': new Date(clock.now() + wait).toISOString().replace(/\.\d+Z$/, 'Z'),
      'ratelimit-reason': reason,
    },
  })

  return {
    take(call) {
      const { clientId, operation } = call
      const { limit, remaining, full } = burst(call)
      const wait = issueWait(call)
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        ...(remaining < limit * 0.2 && { 'x-ratelimit-nearlimit': 'true' }),
        ...(clientId !== undefined && quotaHeaders(clientId)),
      }
      if (!enforce) return { headers }
      const product = operation.path.startsWith('/wiki/') ? 'confluence' : 'jira'
      const exhausted = clientId !== undefined && account(clientId).spent >= quota
      if (exhausted) {
        const untilHour = hour - (clock.now() % hour)
        return {
          headers,
          refusal: refuse(quota, { wait: untilHour, reason: `${product}-quota-global-based` }),
        }
      }
      if (full) return { headers, refusal: refuse(limit, { wait: 1000, reason: `${product}-burst-based` }) }
      if (wait > 0) return { headers, refusal: refuse(limit, { wait, reason: 'jira-per-issue-on-write' }) }
      return { headers }
    },
    spend({ clientId }, cost) {
      if (clientId !== undefined) account(clientId).spent += cost
    },
    spent: (clientId) => account(clientId).spent,
    clear() {
      buckets.clear()
      writes.clear()
      points.clear()
    },
  }
}
