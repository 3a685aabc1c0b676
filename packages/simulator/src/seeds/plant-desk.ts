import { agentRole } from '../service/access.ts'
import { noteArrival } from '../service/arrival.ts'
import { newRequest } from '../service/raise.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import { uuidOf } from '../world/random.ts'
import type {
  ApprovalStep,
  Organization,
  RequestType,
  ServiceDesk,
  SlaMetric,
} from '../world/service-model.ts'
import { actor, type Planting } from './planting.ts'
import type { DeskStory, IssueStory, RequestTypeStory, SlaStory } from './story.ts'

const hour = 3_600_000

/** The calendar of an office: Monday to Friday, nine to five. */
const officeHours = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 }

interface Place {
  readonly project: Project
  readonly story: DeskStory
}

/** The ways from the story's words to the things of the project. */
function named({ site }: Planting, { project }: Pick<Place, 'project'>) {
  const find = <Item extends { readonly id: string; readonly name: string }>(
    items: Iterable<Item>,
    name: string,
  ): string => {
    for (const item of items) if (item.name === name) return item.id
    throw new Error(`The story names '${name}', which ${project.key} does not have`)
  }
  const { jira } = site
  const statuses = project.statusIds.flatMap((id) => jira.statuses.get(id) ?? [])
  const types = project.issueTypeIds.flatMap((id) => jira.issueTypes.get(id) ?? [])
  return {
    status: (name: string): string => find(statuses, name),
    type: (name: string): string => find(types, name),
    step: (name: string): string => find(project.transitions, name),
    priority: (name: string): string => find(jira.priorities.values(), name),
  }
}

type Names = ReturnType<typeof named>

function metricOf(planting: Planting, names: Names, story: SlaStory): SlaMetric {
  return {
    id: nextId(planting.world, 'sla', planting.site.cloudId),
    name: story.name,
    fieldId: story.fieldId,
    stops: story.stops,
    goals: new Map(
      Object.entries(story.hours).map(([priority, hours]) => [
        priority === 'others' ? '' : names.priority(priority),
        hours * hour,
      ]),
    ),
    pausedIn: (story.pausedIn ?? []).map(names.status),
    ...(story.officeHours && { calendar: { timeZone: planting.site.timeZone, ...officeHours } }),
  }
}

function approvalOf(
  planting: Planting,
  names: Names,
  story: RequestTypeStory['approval'],
): ApprovalStep | undefined {
  if (!story) return undefined
  return {
    name: story.name,
    statusId: names.status(story.status),
    approverIds: planting.ids(story.approvers),
    needed: story.needed ?? 1,
    approvedTransitionId: names.step(story.approved),
    declinedTransitionId: names.step(story.declined),
  }
}

function typeOf(
  planting: Planting,
  { desk, names }: { readonly desk: ServiceDesk; readonly names: Names },
  story: RequestTypeStory,
): RequestType {
  const approval = approvalOf(planting, names, story.approval)
  return {
    id: nextId(planting.world, 'requestType', planting.site.cloudId),
    deskId: desk.id,
    name: story.name,
    description: story.description,
    helpText: story.help ?? '',
    issueTypeId: names.type(story.issueType),
    groupIds: desk.groups.filter(({ name }) => story.groups.includes(name)).map(({ id }) => id),
    iconId: '10527',
    fields: story.fields.map(({ id, label, required = false, hidden }) => ({
      fieldId: id,
      label,
      description: '',
      required,
      ...(hidden && { hidden }),
    })),
    ...(story.first !== undefined && { firstStatusId: names.status(story.first) }),
    statusNames: new Map(
      Object.entries(story.statusNames ?? {}).map(([name, shown]) => [names.status(name), shown]),
    ),
    ...(approval && { approval }),
    properties: new Map(),
  }
}

function plantOrganization(planting: Planting, story: DeskStory['organizations'][number]): Organization {
  const { world, site, calendar } = planting
  const organization: Organization = {
    id: nextId(world, 'organization', site.cloudId),
    uuid: uuidOf(`organization ${site.cloudId} ${story.name}`),
    name: story.name,
    createdAt: calendar.moment(story.at),
    members: new Set(planting.ids(story.members)),
    properties: new Map(),
  }
  site.service.organizations.set(organization.id, organization)
  return organization
}

/** Plants a service desk over a project, with its customers, kinds of requests, queues and promises. */
export function plantDesk(planting: Planting, place: Place): void {
  const { world, site } = planting
  const { project, story } = place
  const names = named(planting, place)
  for (const accountId of planting.ids([
    ...story.customers,
    ...story.organizations.flatMap(({ members }) => members),
  ])) {
    if (!site.members.has(accountId)) site.service.customers.add(accountId)
  }
  const desk: ServiceDesk = {
    id: nextId(world, 'serviceDesk', site.cloudId),
    projectId: project.id,
    open: story.open,
    customers: new Set(planting.ids(story.customers)),
    organizationIds: new Set(story.organizations.map((one) => plantOrganization(planting, one).id)),
    groups: story.groups.map((name) => ({ id: nextId(world, 'requestTypeGroup', site.cloudId), name })),
    queues: story.queues.map(({ name, jql, fields }) => ({
      id: nextId(world, 'queue', site.cloudId),
      name,
      jql,
      fields,
    })),
    slas: story.slas.map((one) => metricOf(planting, names, one)),
    ...(story.knowledge !== undefined && { knowledgeSpace: story.knowledge }),
  }
  site.service.desks.set(desk.id, desk)
  for (const one of story.requestTypes) {
    const type = typeOf(planting, { desk, names }, one)
    site.service.requestTypes.set(type.id, type)
  }
}

/** Makes an issue of the story a request. It begins where its type says, and asks for approval if that is the step for it. */
export function plantRequest(planting: Planting, issue: Issue, story: IssueStory): void {
  const { request } = story
  if (!request) return
  const { requestTypes, requests, organizations } = planting.site.service
  const type = [...requestTypes.values()].find(({ name }) => name === request.type)
  if (!type) throw new Error(`The story names the request type '${request.type}', which is not there`)
  if (type.firstStatusId !== undefined) issue.statusId = type.firstStatusId
  const made = newRequest(type.id)
  for (const accountId of planting.ids(request.participants ?? [])) made.participants.add(accountId)
  for (const { id, members } of organizations.values()) {
    if (members.has(issue.reporterId ?? '')) made.organizationIds.add(id)
  }
  if (request.rating !== undefined) made.feedback = { rating: request.rating, comment: request.words ?? null }
  requests.set(issue.id, made)
  noteArrival(actor(planting, story.by, story.at), issue, issue.created)
}

/** The name of the role whose members work in a project. */
export const teamRole = (kind: 'software' | 'service_desk'): string =>
  kind === 'service_desk' ? agentRole : 'Members'
