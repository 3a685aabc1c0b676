import type { View } from '../jira/view.ts'
import type { Issue } from '../world/jira-model.ts'
import type { SlaMetric } from '../world/service-model.ts'
import { serviceAddress } from './answers.ts'
import { type Cycle, cyclesOf, isCounted } from './sla.ts'
import { dateView, durationView } from './values.ts'

function cycleView(
  view: View,
  { startedAt, breachAt, breached, goal, elapsed }: Cycle,
): Record<string, unknown> {
  return {
    startTime: dateView(view, startedAt),
    ...(breachAt !== null && { breachTime: dateView(view, breachAt) }),
    breached,
    goalDuration: durationView(goal),
    elapsedTime: durationView(elapsed),
    remainingTime: durationView(goal - elapsed),
  }
}

/** A promise and how it stands: the cycles that are over, and the one that runs (documented). */
export function slaView(view: View, issue: Issue, metric: SlaMetric): Record<string, unknown> {
  const now = view.clock.now()
  const cycles = cyclesOf(view.site, issue, { metric, now })
  const completed = cycles.flatMap((cycle) =>
    cycle.stoppedAt === null
      ? []
      : [{ ...cycleView(view, cycle), stopTime: dateView(view, cycle.stoppedAt) }],
  )
  const ongoing = cycles.find(({ stoppedAt }) => stoppedAt === null)
  return {
    id: metric.id,
    name: metric.name,
    _links: { self: serviceAddress(view, `request/${issue.id}/sla/${metric.id}`) },
    completedCycles: completed,
    ...(ongoing && {
      ongoingCycle: {
        ...cycleView(view, ongoing),
        paused: ongoing.paused,
        withinCalendarHours: isCounted(now, metric.calendar),
      },
    }),
    slaDisplayFormat: 'NEW_SLA_FORMAT',
  }
}
