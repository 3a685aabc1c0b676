import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { hasRole } from '../world/permissions.ts'
import type { ServiceCalendar, ServiceDesk, SlaMetric } from '../world/service-model.ts'
import { offsetMinutes } from '../world/time.ts'
import { agentRole } from './access.ts'

const day = 86_400_000
const minute = 60_000

/** A stretch of time, from its beginning to before its end. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** One run of a promise: from what begins it to what ends it. */
export interface Cycle {
  readonly startedAt: number
  /** Null while it runs. */
  readonly stoppedAt: number | null
  readonly paused: boolean
  /** Counted milliseconds. */
  readonly elapsed: number
  readonly goal: number
  readonly breached: boolean
  /** When the goal was or will be reached; null while the clock stands before it. */
  readonly breachAt: number | null
}

/** Midnight of a day in a time zone, as an instant. */
function midnightOf(instant: number, timeZone: string): number {
  const local = instant + offsetMinutes(instant, timeZone) * minute
  const midnight = Math.floor(local / day) * day
  return midnight - offsetMinutes(midnight - offsetMinutes(instant, timeZone) * minute, timeZone) * minute
}

/** The working hours of the day that an instant falls into; empty on other days. */
function hoursOf({ timeZone, days, from, to }: ServiceCalendar, instant: number): Stretch | undefined {
  const midnight = midnightOf(instant, timeZone)
  const weekday = new Date(midnight + offsetMinutes(midnight, timeZone) * minute).getUTCDay()
  return days.includes(weekday) ? { from: midnight + from * minute, to: midnight + to * minute } : undefined
}

/** Noon of the next day: far enough from midnight that clocks may change. */
const nextDay = (instant: number, timeZone: string): number => midnightOf(instant, timeZone) + day + day / 2

/** How much of a stretch counts. */
function countedTime({ from, to }: Stretch, calendar: ServiceCalendar | undefined): number {
  if (!calendar) return Math.max(0, to - from)
  let sum = 0
  for (let at = from; midnightOf(at, calendar.timeZone) < to; at = nextDay(at, calendar.timeZone)) {
    const hours = hoursOf(calendar, at)
    if (hours) sum += Math.max(0, Math.min(to, hours.to) - Math.max(from, hours.from))
  }
  return sum
}

/** The instant by which so much counted time has passed. */
function afterCounted(from: number, amount: number, calendar: ServiceCalendar | undefined): number {
  if (!calendar || calendar.days.length === 0) return from + amount
  let left = amount
  for (let at = from; ; at = nextDay(at, calendar.timeZone)) {
    const hours = hoursOf(calendar, at)
    if (!hours) continue
    const begin = Math.max(from, hours.from)
    const room = Math.max(0, hours.to - begin)
    if (left <= room) return begin + left
    left -= room
  }
}

/** Whether an instant counts. */
export function isCounted(instant: number, calendar: ServiceCalendar | undefined): boolean {
  if (!calendar) return true
  const hours = hoursOf(calendar, instant)
  return hours !== undefined && instant >= hours.from && instant < hours.to
}

/** The statuses that an issue was in, with the moment it came into each. */
export function statusesOf({
  created,
  statusId,
  history,
}: Issue): readonly { readonly at: number; readonly id: string }[] {
  const moves = history.flatMap(({ created: at, items }) =>
    items.flatMap((item) =>
      item.fieldId === 'status' ? [{ at, from: item.from ?? '', id: item.to ?? '' }] : [],
    ),
  )
  return [{ at: created, id: moves[0]?.from ?? statusId }, ...moves.map(({ at, id }) => ({ at, id }))]
}

/** When the wait for words ended: with the first public ones of an agent, or when nothing was left to say. */
function firstResponse(site: Site, issue: Issue): number | null {
  const project = site.jira.projects.get(issue.projectId)
  const isFromAgent = (accountId: string | null): boolean =>
    accountId !== null &&
    accountId !== issue.reporterId &&
    project !== undefined &&
    ['Administrators', agentRole].some((role) => hasRole(site, project, { role, accountId }))
  const words = issue.comments.find(({ internal, authorId }) => !internal && isFromAgent(authorId))?.created
  const done = statusesOf(issue).find(({ id }) => site.jira.statuses.get(id)?.category === 'done')?.at
  const [first] = [words, done].filter((at) => at !== undefined).toSorted((one, other) => one - other)
  return first ?? null
}

/** The runs of a promise over the life of an issue: what begins, ends and begins them again. */
function runsOf(
  site: Site,
  issue: Issue,
  { stops }: SlaMetric,
): readonly { readonly from: number; readonly to: number | null }[] {
  if (stops === 'first-response') return [{ from: issue.created, to: firstResponse(site, issue) }]
  const runs: { from: number; to: number | null }[] = []
  for (const { at, id } of statusesOf(issue)) {
    const isDone = site.jira.statuses.get(id)?.category === 'done'
    const open = runs.at(-1)
    if (!isDone && open?.to !== null) runs.push({ from: at, to: null })
    else if (isDone && open?.to === null) open.to = at
  }
  return runs
}

/** The stretches of a run in which the clock went. */
function runningIn(issue: Issue, { from, to }: Stretch, pausedIn: readonly string[]): readonly Stretch[] {
  const statuses = statusesOf(issue)
  return statuses.flatMap(({ at, id }, index) => {
    const end = statuses[index + 1]?.at ?? Number.POSITIVE_INFINITY
    const stretch = { from: Math.max(from, at), to: Math.min(to, end) }
    return pausedIn.includes(id) || stretch.from >= stretch.to ? [] : [stretch]
  })
}

/** The cycles of a promise, oldest first, as they stand at an instant. Clocks stand in some statuses and outside of hours. */
export function cyclesOf(
  site: Site,
  issue: Issue,
  { metric, now }: { readonly metric: SlaMetric; readonly now: number },
): readonly Cycle[] {
  const { calendar, pausedIn, goals } = metric
  const goal = goals.get(issue.priorityId) ?? goals.get('') ?? 0
  return runsOf(site, issue, metric).map(({ from, to }): Cycle => {
    const running = runningIn(issue, { from, to: to ?? now }, pausedIn)
    const paused = to === null && pausedIn.includes(issue.statusId)
    let elapsed = 0
    let breachAt: number | null = null
    for (const stretch of running) {
      const counted = countedTime(stretch, calendar)
      if (breachAt === null && elapsed + counted > goal)
        breachAt = afterCounted(stretch.from, goal - elapsed, calendar)
      elapsed += counted
    }
    if (breachAt === null && !paused) breachAt = afterCounted(to ?? now, goal - elapsed, calendar)
    return { startedAt: from, stoppedAt: to, paused, elapsed, goal, breached: elapsed > goal, breachAt }
  })
}

/** The promises of the desk that an issue came to; none for issues that no customer raised. */
export function metricsOf(site: Site, issue: Issue): readonly SlaMetric[] {
  if (!site.service.requests.has(issue.id)) return []
  const desk: ServiceDesk | undefined = [...site.service.desks.values()].find(
    ({ projectId }) => projectId === issue.projectId,
  )
  return desk?.slas ?? []
}
