import { effectOf, type OperationSpec } from '@telamon/rest'

import type { Clock } from '../clock.ts'
import { confluenceV2Error, jiraError } from '../http/errors.ts'
import type { Reply } from '../http/reply.ts'
import { burstRate, type Edition, issueWrites, pointsPerHour, sitePoints } from './rates.ts'

/** Which limits are enforced. Headers are sent and counts are kept in any case. */
export interface LimitOptions {
  /** Whether a call beyond a limit is refused. Default: false. */
  readonly enforce?: boolean
  /** What the rates and counts are multiplied with, to make them easy to reach. Default: 1. */
  readonly scale?: number
  /** Points of an app in an hour. Default: 65,000, or what the edition gives. */
  readonly pointsPerHour?: number
  /**
   * The edition of the sites, for an app that Atlassian has reviewed: its points are counted for each site. Absent: the
   * points are shared by all sites, as with most apps.
   */
  readonly edition?: Edition
}

/** Whom and what a call counts for. */
interface Metered {
  readonly cloudId: string
  /** How many people are on the site. */
  readonly users: number
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
  /** What was spent in the last hour that anything was spent in, by pool: an app, or an app on a site. */
  points(): readonly { readonly pool: string; readonly spent: number }[]
  clear(): void
}

/** A limit that was reached. */
interface Reached {
  readonly limit: number
  /** Milliseconds. */
  readonly wait: number
  readonly reason?: string
}

const jiraSentence = (status: number, sentence: string): Reply => jiraError(status, [sentence])

interface Bucket {
  tokens: number
  at: number
}

const hour = 3_600_000

/** Buckets, windows and points on the simulator's clock. */
export function createMeter(clock: Clock, options: LimitOptions = {}): Meter {
  const { enforce = false, scale = 1, edition } = options
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

  const pool = edition ? 'tenant' : 'global'
  const quotaOf = ({ users }: Metered): number =>
    options.pointsPerHour ?? (edition ? sitePoints(edition, users) : pointsPerHour)

  /** What was spent this hour, of the pool that a call draws from. */
  const account = (key: string): { hour: number; spent: number } => {
    const current = Math.floor(clock.now() / hour)
    const known = points.get(key)
    if (known?.hour === current) return known
    const fresh = { hour: current, spent: 0 }
    points.set(key, fresh)
    return fresh
  }
  const poolOf = ({ clientId = '', cloudId }: Metered): string =>
    edition ? `${clientId} ${cloudId}` : clientId

  const quotaHeaders = (call: Metered): Record<string, string> => {
    const { spent } = account(poolOf(call))
    const quota = quotaOf(call)
    const left = Math.max(0, quota - spent)
    const seconds = Math.ceil((hour - (clock.now() % hour)) / 1000)
    const prefix = enforce ? '' : 'beta-'
    // What is left is only named once four fifths are gone (reported).
    const remaining = spent > quota * 0.8 ? `;r=${left}` : ''
    return {
      [`${prefix}ratelimit-policy`]: `"${pool}-app-quota";q=${quota};w=3600`,
      [`${prefix}ratelimit`]: `"${pool}-app-quota"${remaining};t=${seconds}`,
    }
  }

  const refuse = (call: Metered, { limit, wait, reason }: Reached): Reply => {
    const refusal = call.operation.path.startsWith('/wiki/') ? confluenceV2Error : jiraSentence
    return {
      ...refusal(429, 'Rate limit exceeded.'),
      headers: {
        'retry-after': String(Math.max(1, Math.ceil(wait / 1000))),
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': new Date(clock.now() + wait).toISOString().replace(/\.\d+Z$/, 'Z'),
        ...(reason !== undefined && { 'ratelimit-reason': reason }),
      },
    }
  }

  return {
    take(call) {
      const { clientId, operation } = call
      const { limit, remaining, full } = burst(call)
      const wait = issueWait(call)
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        ...(remaining < limit * 0.2 && { 'x-ratelimit-nearlimit': 'true' }),
        ...(clientId !== undefined && quotaHeaders(call)),
      }
      if (!enforce) return { headers }
      const product = operation.path.startsWith('/wiki/') ? 'confluence' : 'jira'
      const quota = quotaOf(call)
      if (clientId !== undefined && account(poolOf(call)).spent >= quota) {
        const untilHour = hour - (clock.now() % hour)
        const reason = `${product}-quota-${pool}-based`
        return { headers, refusal: refuse(call, { limit: quota, wait: untilHour, reason }) }
      }
      // Of Confluence no reason of a burst is published: its 429 says when to come back, and no more (documented).
      const burstReason = product === 'jira' ? { reason: 'jira-burst-based' } : {}
      if (full) return { headers, refusal: refuse(call, { limit, wait: 1000, ...burstReason }) }
      if (wait === 0) return { headers }
      return { headers, refusal: refuse(call, { limit, wait, reason: 'jira-per-issue-on-write' }) }
    },
    spend(call, cost) {
      if (call.clientId !== undefined) account(poolOf(call)).spent += cost
    },
    points: () => [...points].map(([key, { spent }]) => ({ pool: key, spent })),
    clear() {
      buckets.clear()
      writes.clear()
      points.clear()
    },
  }
}
