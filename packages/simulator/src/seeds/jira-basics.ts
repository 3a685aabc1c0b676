import type {
  CustomField,
  IssueType,
  JiraState,
  LinkType,
  Priority,
  Resolution,
} from '../world/jira-model.ts'
import { createSharingState } from '../world/jira/sharing-model.ts'
import { createTaskState } from '../world/jira/task-model.ts'
import { createSiteState } from './site-basics.ts'
import type { IssueTypeName } from './story.ts'

/** What every Jira site of a story begins with. Names, colours and ids are the service's own (recorded); the descriptions are ours. */

const priorities: readonly Priority[] = [
  {
    id: '1',
    name: 'Highest',
    description: 'Everything else waits for this.',
    color: '#d04437',
    icon: 'highest_new',
  },
  {
    id: '2',
    name: 'High',
    description: 'Comes before the others.',
    color: '#f15C75',
    icon: 'high_new',
  },
  {
    id: '3',
    name: 'Medium',
    description: 'Has its turn when it is up.',
    color: '#f79232',
    icon: 'medium_new',
  },
  {
    id: '4',
    name: 'Low',
    description: 'Can wait, and can be lived with.',
    color: '#707070',
    icon: 'low_new',
  },
  {
    id: '5',
    name: 'Lowest',
    description: 'Hardly anybody would notice.',
    color: '#999999',
    icon: 'lowest_new',
  },
]

const resolutions: readonly Resolution[] = [
  { id: '10000', name: 'Done', description: 'The work is finished.' },
  { id: '10001', name: "Won't Do", description: 'Nobody is going to do this.' },
  { id: '10002', name: 'Duplicate', description: 'Another issue says the same.' },
  { id: '10003', name: 'Cannot Reproduce', description: 'Nobody could make it happen again.' },
]

const linkTypes: readonly LinkType[] = [
  { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' },
  { id: '10001', name: 'Cloners', inward: 'is cloned by', outward: 'clones' },
  { id: '10002', name: 'Duplicate', inward: 'is duplicated by', outward: 'duplicates' },
  { id: '10003', name: 'Relates', inward: 'relates to', outward: 'relates to' },
]

export const pointsField: CustomField = {
  id: 'customfield_10016',
  name: 'Story point estimate',
  type: 'number',
  options: [],
}
export const customerField: CustomField = {
  id: 'customfield_10041',
  name: 'Customer',
  type: 'text',
  options: [],
}
export const flaggedOption = '10019'
export const flaggedField: CustomField = {
  id: 'customfield_10021',
  name: 'Flagged',
  type: 'flag',
  options: [{ id: flaggedOption, value: 'Impediment' }],
}
export const severityField: CustomField = {
  id: 'customfield_10040',
  name: 'Severity',
  type: 'option',
  options: [
    { id: '10030', value: 'Blocks work' },
    { id: '10031', value: 'Hinders work' },
    { id: '10032', value: 'Looks wrong' },
  ],
}

const customFields: readonly CustomField[] = [
  { id: 'customfield_10001', name: 'Team', type: 'team', options: [] },
  { id: 'customfield_10015', name: 'Start date', type: 'date', options: [] },
  pointsField,
  { id: 'customfield_10019', name: 'Rank', type: 'rank', options: [] },
  flaggedField,
  severityField,
  customerField,
]

/** What the types of issues are, wherever they are. */
export const issueTypes: Readonly<
  Record<IssueTypeName, Pick<IssueType, 'description' | 'avatarId' | 'level'>>
> = {
  Epic: {
    description: 'Epics hold stories, tasks and bugs that belong together.',
    avatarId: 10_307,
    level: 1,
  },
  Story: { description: 'Stories say what somebody can do when they are done.', avatarId: 10_315, level: 0 },
  Task: { description: 'Tasks are pieces of work of their own.', avatarId: 10_318, level: 0 },
  Bug: { description: 'Bugs are things that do not work as they should.', avatarId: 10_303, level: 0 },
  'Service request': {
    description: 'Service requests ask for something that is offered.',
    avatarId: 10_552,
    level: 0,
  },
  'Service request with approvals': {
    description: 'Service requests that somebody has to agree to.',
    avatarId: 10_554,
    level: 0,
  },
  Incident: { description: 'Incidents are what keeps somebody from working.', avatarId: 10_548, level: 0 },
  Subtask: { description: 'Subtasks are parts of a larger piece of work.', avatarId: 10_316, level: -1 },
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]))

/** Jira as it is before anybody has made a project. */
export function createJiraState(): JiraState {
  return {
    projects: new Map(),
    issueTypes: new Map(),
    statuses: new Map(),
    priorities: byId(priorities),
    resolutions: byId(resolutions),
    linkTypes: byId(linkTypes),
    schemes: new Map(),
    customFields: byId(customFields),
    issues: new Map(),
    keys: new Map(),
    links: new Map(),
    ...createSharingState(),
    ...createTaskState(),
    ...createSiteState({
      fieldIds: customFields.map(({ id }) => id),
      priorityId: '3',
    }),
  }
}
