import { createHash } from 'node:crypto'

import {
  getAllApplicationRoles,
  getApplicationRole,
  getAvailableTimeTrackingImplementations,
  getBanner,
  getConfiguration,
  getSelectedTimeTrackingImplementation,
  getSharedTimeTrackingConfiguration,
  setBanner,
  setSharedTimeTrackingConfiguration,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { bodyOf } from './body.ts'
import { groupName } from './groups.ts'
import { administer, signedIn } from './rights.ts'

/** What can be switched on a site, and is on here. */
function configuration({ site }: Call): Record<string, unknown> {
  return {
    votingEnabled: true,
    watchingEnabled: true,
    unassignedIssuesAllowed: true,
    subTasksEnabled: true,
    issueLinkingEnabled: true,
    timeTrackingEnabled: true,
    attachmentsEnabled: true,
    timeTrackingConfiguration: site.jira.timeTracking,
  }
}

const formats = ['pretty', 'days', 'hours'] as const
const units = ['minute', 'hour', 'day', 'week'] as const

/** How time is counted; a member that is left out stays as it is. */
function setTimeTracking(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const { timeTracking } = call.site.jira
  const { workingHoursPerDay: hours, workingDaysPerWeek: days } = body
  if (hours !== undefined && (typeof hours !== 'number' || hours <= 0 || hours > 24)) {
    return jiraError(400, [], { workingHoursPerDay: 'A day has more than 0 and at most 24 hours.' })
  }
  if (days !== undefined && (typeof days !== 'number' || days <= 0 || days > 7)) {
    return jiraError(400, [], { workingDaysPerWeek: 'A week has more than 0 and at most 7 days.' })
  }
  Object.assign(timeTracking, {
    ...(hours !== undefined && { workingHoursPerDay: hours }),
    ...(days !== undefined && { workingDaysPerWeek: days }),
    timeFormat: formats.find((one) => one === body['timeFormat']) ?? timeTracking.timeFormat,
    defaultUnit: units.find((one) => one === body['defaultUnit']) ?? timeTracking.defaultUnit,
  })
  return ok(timeTracking)
}

const provider = { key: 'JIRA', name: 'JIRA provided time tracking' }

function changeBanner(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const { banner } = call.site.jira
  const { isDismissible, isEnabled, visibility } = body
  if (visibility !== undefined && visibility !== 'public' && visibility !== 'private') {
    return jiraError(400, [], { visibility: 'The visibility has to be public or private.' })
  }
  banner.message = asText(body['message']) ?? banner.message
  if (typeof isDismissible === 'boolean') banner.isDismissible = isDismissible
  if (typeof isEnabled === 'boolean') banner.isEnabled = isEnabled
  banner.visibility = visibility ?? banner.visibility
  return empty()
}

/** Who may enter Jira: everyone who has it on this site. */
function applicationRole(call: Call): Record<string, unknown> {
  const groups = [...call.site.groups.values()]
  const members = [...call.site.members.values()].filter(({ products }) => products.includes('jira'))
  const names = groups.map((group) => groupName(call, group))
  return {
    key: 'jira-software',
    groups: groups.map(({ name }) => name),
    groupDetails: names,
    name: 'Jira',
    defaultGroups: [],
    defaultGroupsDetails: [],
    selectedByDefault: true,
    defined: true,
    numberOfSeats: -1,
    remainingSeats: -1,
    userCount: members.length,
    userCountDescription: 'users',
    hasUnlimitedSeats: true,
    platform: false,
  }
}

export const instanceHandlers: readonly Served[] = [
  serve(getConfiguration, [], (call) => {
    signedIn(call)
    return ok(configuration(call))
  }),
  serve(getSharedTimeTrackingConfiguration, [], (call) => {
    administer(call)
    return ok(call.site.jira.timeTracking)
  }),
  serve(setSharedTimeTrackingConfiguration, [], setTimeTracking),
  serve(getSelectedTimeTrackingImplementation, [], (call) => {
    administer(call)
    return ok(provider)
  }),
  serve(getAvailableTimeTrackingImplementations, [], (call) => {
    administer(call)
    return ok([provider])
  }),
  serve(getBanner, [], (call) => {
    administer(call)
    const { banner } = call.site.jira
    const hashId = createHash('sha256').update(banner.message).digest('hex').slice(0, 8)
    return ok({ ...banner, hashId })
  }),
  serve(setBanner, [], changeBanner),
  serve(getAllApplicationRoles, [], (call) => {
    administer(call)
    return ok([applicationRole(call)])
  }),
  serve(getApplicationRole, [], (call) => {
    administer(call)
    const role = applicationRole(call)
    return role['key'] === call.path['key']
      ? ok(role)
      : jiraError(404, ['The application role was not found.'])
  }),
]
