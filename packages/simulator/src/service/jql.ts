import type { FieldDef, FieldValue, FunctionDef } from '@telamon/query'

import { byName, person, type Asker } from '../query/jql-values.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Approval, SlaMetric } from '../world/service-model.ts'
import { entersDesk, requestOfIssue } from './access.ts'
import { cyclesOf, isCounted, metricsOf } from './sla.ts'

const equality = ['=', '!=', 'in', 'not in'] as const

/** What a request has, for issues that are one. */
const requestOf = (asker: Asker, issue: Issue): ReturnType<typeof requestOfIssue> =>
  requestOfIssue(asker, issue)

/** The time left and the time gone are compared with values of their own kind: `left:…` and `gone:…`, in milliseconds. */
function byDuration(a: FieldValue, b: FieldValue): number {
  const [kind, amount] = String(a).split(':')
  const [other, bound] = String(b).split(':')
  return kind === other ? Number(amount) - Number(bound) : Number.NaN
}

/** How a promise stands, in words that its functions ask for (documented). The time left comes first, to sort by. */
function wordsOf(asker: Asker, issue: Issue, name: string): readonly string[] {
  const now = asker.clock.now()
  const metric = metricsOf(asker.site, issue).find((one) => one.name === name)
  const cycles = metric ? cyclesOf(asker.site, issue, { metric, now }) : []
  const last = cycles.at(-1)
  if (!metric || !last) return []
  const runs = last.stoppedAt === null
  return [
    `left:${last.goal - last.elapsed}`,
    `gone:${last.elapsed}`,
    ...(last.breached ? ['breached'] : []),
    ...(cycles.some(({ breached }) => breached) ? ['everbreached'] : []),
    ...(runs && !last.paused ? ['running'] : []),
    ...(runs && last.paused ? ['paused'] : []),
    ...(runs ? [] : ['completed']),
    ...(runs && isCounted(now, metric.calendar) ? ['withincalendarhours'] : []),
  ]
}

/** What can be asked of an approval: how it stands, whose it is, and for whom it waits. */
function approvalWords({ finalDecision, answers }: Approval): readonly string[] {
  const waiting =
    finalDecision === 'pending' ? [...answers.keys()].filter((id) => answers.get(id) === 'pending') : []
  return [
    finalDecision,
    ...[...answers.keys()].map((id) => `of ${id}`),
    ...waiting.map((id) => `waits for ${id}`),
  ]
}

function slaField(asker: Asker, { name, fieldId }: SlaMetric): FieldDef<Issue> {
  return {
    name,
    aliases: [fieldId],
    customId: Number(fieldId.replace('customfield_', '')),
    type: 'ordered',
    get: (issue) => wordsOf(asker, issue, name),
    order: byDuration,
  }
}

/** What Jira Service Management adds to the fields of JQL: for desks that the asker may enter. */
export function serviceJqlFields(asker: Asker): readonly FieldDef<Issue>[] {
  const { desks, requestTypes, organizations } = asker.site.service
  const mine = [...desks.values()].filter((desk) => entersDesk(asker, desk))
  const ids = new Set(mine.map(({ id }) => id))
  const types = [...requestTypes.values()].filter(({ deskId }) => ids.has(deskId))
  const metrics = new Map(mine.flatMap(({ slas }) => slas.map((metric) => [metric.name, metric])))
  return [
    {
      name: 'Request Type',
      aliases: ['Customer Request Type', 'customfield_10010'],
      customId: 10_010,
      type: 'option',
      operators: [...equality, 'is', 'is not'],
      get: (issue) => requestOf(asker, issue)?.type?.id,
      resolve: byName(() => types),
      values: types.map(({ name }) => name),
    },
    {
      name: 'organizations',
      aliases: ['customfield_10002'],
      customId: 10_002,
      type: 'option',
      get: (issue) => [...(requestOf(asker, issue)?.request.organizationIds ?? [])],
      resolve: byName(() => organizations.values()),
      values: [...organizations.values()].map(({ name }) => name),
    },
    {
      name: 'Request participants',
      aliases: ['customfield_10026'],
      customId: 10_026,
      type: 'option',
      get: (issue) => [...(requestOf(asker, issue)?.request.participants ?? [])],
      resolve: person(asker),
    },
    {
      name: 'Satisfaction',
      aliases: ['customfield_10027'],
      customId: 10_027,
      type: 'number',
      get: (issue) => requestOf(asker, issue)?.request.feedback?.rating,
    },
    {
      name: 'approvals',
      aliases: ['customfield_10028'],
      customId: 10_028,
      type: 'option',
      get: (issue) => requestOf(asker, issue)?.request.approvals.flatMap(approvalWords),
    },
    ...[...metrics.values()].map((metric) => slaField(asker, metric)),
  ]
}

const units: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 }

/** Reads `2h 30m` as milliseconds; undefined for anything else. */
function readLength(text: string): number | undefined {
  let sum = 0
  for (const word of text.trim().split(/\s+/)) {
    const [, amount, unit = ''] = /^(-?\d{1,6})([wdhm])$/i.exec(word) ?? []
    const size = units[unit.toLowerCase()]
    if (amount === undefined || size === undefined) return undefined
    sum += Number(amount) * size
  }
  return sum
}

const word = (name: string, value = name.toLowerCase()): FunctionDef => ({ name, call: () => value })

const length = (name: string, kind: 'left' | 'gone'): FunctionDef => ({
  name,
  types: ['ordered'],
  call([text = '']) {
    const millis = readLength(text)
    return millis === undefined ? { problem: `'${text}' is not a length of time.` } : `${kind}:${millis}`
  },
})

/** The functions of promises, approvals and organizations (documented). */
export function serviceJqlFunctions(asker: Asker): readonly FunctionDef[] {
  const me = asker.caller.person?.accountId ?? ''
  const ofPerson = (name: string, kind: string): FunctionDef => ({
    name,
    call([text = ''], lookup) {
      const found = person(asker)(text, lookup) ?? []
      return (Array.isArray(found) ? found : [found]).map((accountId) => `${kind} ${accountId}`)
    },
  })
  return [
    ...['breached', 'everbreached', 'running', 'paused', 'completed'].map((name) => word(name)),
    word('withinCalendarHours'),
    length('remaining', 'left'),
    length('elapsed', 'gone'),
    word('pending'),
    word('approved'),
    word('myApproval', `of ${me}`),
    word('myPending', `waits for ${me}`),
    ofPerson('approver', 'of'),
    ofPerson('pendingBy', 'waits for'),
    {
      name: 'organizationMembers',
      list: true,
      call([name = '']) {
        const found = [...asker.site.service.organizations.values()].find(
          (one) => one.name.toLowerCase() === name.toLowerCase(),
        )
        return found ? [...found.members] : { problem: `The organization '${name}' does not exist.` }
      },
    },
  ]
}
