import type { SiteState } from '../world/jira/site-model.ts'

/** The fields of a form, in its order. */
const onDefaultScreen = [
  'summary',
  'issuetype',
  'parent',
  'security',
  'priority',
  'duedate',
  'components',
  'versions',
  'fixVersions',
  'assignee',
  'reporter',
  'environment',
  'description',
  'timetracking',
  'attachment',
  'issuelinks',
  'labels',
  'resolution',
  // Epic name and link, sprint, and what the service desks bring along.
  'customfield_10011',
  'customfield_10014',
  'customfield_10020',
  'customfield_10002',
  'customfield_10010',
]

/** The screen that every form of issues comes from. */
export const defaultScreenId = '1'

const role = (id: string, name: string, description: string): SiteState['roles'] =>
  new Map([[id, { id, name, description, people: new Set(), groups: new Set() }]])

/** What a site has before anybody has changed it. Ids of roles and the default screen as the service's (recorded, inferred). */
export function createSiteState({
  fieldIds,
  priorityId,
}: {
  readonly fieldIds: readonly string[]
  readonly priorityId: string
}): SiteState {
  return {
    roles: new Map([
      ...role('10002', 'Administrators', 'They run the project.'),
      ...role('10003', 'Members', 'They work in the project.'),
      ...role('10101', 'Service Desk Team', 'They answer the customers of the project.'),
    ]),
    projectCategories: new Map(),
    screens: new Map([
      [
        defaultScreenId,
        {
          id: defaultScreenId,
          name: 'Default Screen',
          description: 'What people fill in when they make and change issues.',
          tabs: [{ id: '10000', name: 'Field Tab', fieldIds: [...onDefaultScreen, ...fieldIds] }],
        },
      ],
    ]),
    securitySchemes: new Map(),
    notificationSchemes: new Map([
      [
        '10000',
        {
          id: '10000',
          name: 'Default Notification Scheme',
          description: 'Tells the people of an issue what happens to it.',
          rules: [
            { id: '10000', eventId: '1', type: 'CurrentAssignee' },
            { id: '10001', eventId: '1', type: 'Reporter' },
            { id: '10002', eventId: '2', type: 'AllWatchers' },
          ],
        },
      ],
    ]),
    banner: { isDismissible: false, isEnabled: false, message: '', visibility: 'public' },
    timeTracking: {
      workingHoursPerDay: 8,
      workingDaysPerWeek: 5,
      timeFormat: 'pretty',
      defaultUnit: 'minute',
    },
    outbox: [],
    webhooks: new Map(),
    deletedWorklogs: [],
    files: new Map(),
    properties: new Map(),
    features: new Map(),
    defaults: { columns: null, priorityId, resolutionId: null },
  }
}
