import { documentOf } from '../content/document.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import { draftIssue } from '../jira/lifecycle.ts'
import { noteBothEnds } from '../jira/link-history.ts'
import { moveTo } from '../jira/transitions.ts'
import { requestOfIssue } from '../service/access.ts'
import { decide } from '../service/approvals.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import { readDuration } from '../world/time.ts'
import { severityField, customerField, flaggedField, flaggedOption, pointsField } from './jira-basics.ts'
import { plantBoard } from './plant-board.ts'
import { plantDesk, plantRequest } from './plant-desk.ts'
import { plantProject } from './plant-project.ts'
import { actor, fillIn, type Planting, type StoryEvent } from './planting.ts'
import type {
  AnswerStory,
  ChapterStory,
  CommentStory,
  IssueStory,
  LinkStory,
  MoveStory,
  WorkStory,
} from './story.ts'

const idNamed = (items: Iterable<{ readonly id: string; readonly name: string }>, name: string): string => {
  for (const item of items) if (item.name === name) return item.id
  throw new Error(`The story names '${name}', which is not there`)
}

/** What an issue is from its first moment on. */
function describe(
  planting: Planting,
  issue: Issue,
  { story, project }: { readonly story: IssueStory; readonly project: Project },
): void {
  const { site, calendar } = planting
  const { text, priority, assignee, labels, parent, due, component, version, estimate } = story
  issue.summary = story.summary
  if (text !== undefined) issue.description = documentOf(fillIn(planting, text), 'jira')
  if (priority !== undefined) issue.priorityId = idNamed(site.jira.priorities.values(), priority)
  if (assignee !== undefined) issue.assigneeId = planting.person(assignee).accountId
  if (labels) issue.labels = labels.toSorted()
  if (parent !== undefined) issue.parentId = site.jira.keys.get(`${project.key}-${parent}`) ?? null
  if (due !== undefined) issue.dueDate = calendar.date(due)
  if (component !== undefined) issue.componentIds = [idNamed(project.components, component)]
  if (version !== undefined) issue.fixVersionIds = [idNamed(project.versions, version)]
  if (estimate !== undefined) {
    issue.originalEstimate = readDuration(estimate) ?? null
    issue.remainingEstimate = issue.originalEstimate
  }
  if (story.points !== undefined) issue.custom.set(pointsField.id, story.points)
  if (story.customer !== undefined) issue.custom.set(customerField.id, story.customer)
  if (story.flagged) issue.custom.set(flaggedField.id, [flaggedOption])
  const severity = severityField.options.find(({ value }) => value === story.severity)
  if (severity) issue.custom.set(severityField.id, severity.id)
  for (const watcher of planting.ids(story.watchers ?? [])) issue.watchers.add(watcher)
}

function comment(
  planting: Planting,
  issue: Issue,
  { text, onlyFor, internal }: CommentStory,
): StoryEvent['happen'] {
  return ({ world, site, caller, clock }) => {
    const authorId = caller.person?.accountId ?? null
    const created = clock.now()
    issue.comments.push({
      id: nextId(world, 'comment', site.cloudId),
      authorId,
      updateAuthorId: authorId,
      body: documentOf(fillIn(planting, text), 'jira'),
      created,
      updated: created,
      ...(internal && { internal }),
      ...(onlyFor !== undefined && { visibility: { type: 'role', identifier: onlyFor } }),
    })
    issue.updated = created
  }
}

function move(project: Project, issue: Issue, { to, resolution }: MoveStory): StoryEvent['happen'] {
  return (who) => {
    const { statuses, resolutions } = who.site.jira
    const now = who.clock.now()
    const before = traceOf(who, issue)
    const statusId = idNamed(
      [...statuses.values()].filter(({ id }) => project.statusIds.includes(id)),
      to,
    )
    moveTo(who, issue, { statusId, now })
    if (resolution !== undefined) issue.resolutionId = idNamed(resolutions.values(), resolution)
    recordChanges(who, issue, { before, now })
  }
}

function work(planting: Planting, issue: Issue, { spent, text }: WorkStory): StoryEvent['happen'] {
  return (who) => {
    const seconds = readDuration(spent) ?? 0
    const now = who.clock.now()
    const before = traceOf(who, issue)
    issue.worklogs.push({
      id: nextId(who.world, 'worklog', who.site.cloudId),
      authorId: who.caller.person?.accountId ?? '',
      ...(text !== undefined && { comment: documentOf(fillIn(planting, text), 'jira') }),
      created: now,
      updated: now,
      started: now - seconds * 1000,
      seconds,
    })
    if (issue.remainingEstimate !== null)
      issue.remainingEstimate = Math.max(0, issue.remainingEstimate - seconds)
    recordChanges(who, issue, { before, now })
    issue.updated = now
  }
}

/** The newest approval of a request is answered. */
function answer(issue: Issue, { decision }: AnswerStory): StoryEvent['happen'] {
  return (who) => {
    const request = requestOfIssue(who, issue)
    const approval = request?.request.approvals.at(-1)
    if (!request || !approval)
      throw new Error(`The story answers an approval of ${issue.key}, which has none`)
    decide(who, request, { approval, decision })
  }
}

function plantIssue(planting: Planting, project: Project, story: IssueStory): readonly StoryEvent[] {
  const { site } = planting
  const types = [...site.jira.issueTypes.values()].filter(({ id }) => project.issueTypeIds.includes(id))
  const type = types.find(({ name }) => name === story.type)
  if (!type) throw new Error(`${project.key} has no issue type ${story.type}`)
  const issue = draftIssue(actor(planting, story.by, story.at), { project, type })
  describe(planting, issue, { story, project })
  plantRequest(planting, issue, story)
  const { comments = [], moves = [], work: logged = [], answers = [] } = story
  return [
    ...comments.map((one) => ({ by: one.by, at: one.at, happen: comment(planting, issue, one) })),
    ...moves.map((one) => ({ by: one.by, at: one.at, happen: move(project, issue, one) })),
    ...logged.map((one) => ({ by: one.by, at: one.at, happen: work(planting, issue, one) })),
    ...answers.map((one) => ({ by: one.by, at: one.at, happen: answer(issue, one) })),
  ]
}

function link(planting: Planting, story: LinkStory): StoryEvent['happen'] {
  return (who) => {
    const { jira, cloudId } = planting.site
    const [from, to] = [story.from, story.to].map((key) => jira.issues.get(jira.keys.get(key) ?? ''))
    const type = [...jira.linkTypes.values()].find(({ name }) => name === story.type)
    if (!from || !to || !type)
      throw new Error(`The story links ${story.from} to ${story.to}, which are not both there`)
    const id = nextId(who.world, 'issueLink', cloudId)
    jira.links.set(id, { id, typeId: type.id, fromId: from.id, toId: to.id })
    noteBothEnds(who, { from, to, type }, { added: true, now: who.clock.now() })
  }
}

/** Plants projects. Issues are made in the order they are written; then everything happens in the order of time. */
export function plantJira(
  planting: Planting,
  { projects, links, boards = [], desks = [] }: ChapterStory,
): void {
  const events: StoryEvent[] = []
  for (const story of projects) {
    const project = plantProject(planting, story)
    for (const desk of desks) if (desk.project === story.key) plantDesk(planting, { project, story: desk })
    for (const issue of story.issues) events.push(...plantIssue(planting, project, issue))
  }
  for (const story of links) events.push({ ...story, happen: link(planting, story) })
  for (const story of boards) events.push(...plantBoard(planting, story))
  const { calendar } = planting
  const inOrder = events
    .map((event) => ({ event, moment: calendar.moment(event.at) }))
    .toSorted((one, other) => one.moment - other.moment)
  for (const { event } of inOrder) event.happen(actor(planting, event.by, event.at))
}
