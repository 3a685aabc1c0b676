import { makeBoard } from '../software/make-board.ts'
import { moveToSprint } from '../software/sprint-moves.ts'
import { nextId } from '../world/ids.ts'
import type { Project } from '../world/jira-model.ts'
import type { Filter } from '../world/jira/sharing-model.ts'
import type { Board, BoardColumn, Sprint } from '../world/software-model.ts'
import { actor, type Planting, type StoryEvent } from './planting.ts'
import type { BoardStory, SprintStory } from './story.ts'

/** A column for each status of the project, in the order of its workflow. */
function columnsOf(
  { site }: Planting,
  project: Project,
  limits: BoardStory['limits'],
): readonly BoardColumn[] {
  return project.statusIds.map((statusId) => {
    const name = site.jira.statuses.get(statusId)?.name ?? ''
    const max = limits?.[name]
    return { name, statusIds: [statusId], ...(max !== undefined && { max }) }
  })
}

/** The working hour at which a day of a sprint begins and ends, in UTC. */
const hours = ['T08:00:00Z', 'T15:00:00Z'] as const

function sprintOf({ world, site, calendar }: Planting, board: Board, story: SprintStory): Sprint {
  const [from, to] = (story.days ?? []).map((days, index) =>
    Date.parse(`${calendar.date(days)}${hours[index] ?? ''}`),
  )
  const id = nextId(world, 'sprint', site.cloudId)
  return {
    id,
    boardId: board.id,
    name: story.name,
    goal: story.goal ?? '',
    state: 'future',
    createdAt: calendar.moment(story.at),
    startAt: from ?? null,
    endAt: to ?? null,
    completedAt: null,
    position: Number(id),
    properties: new Map(),
  }
}

/** A sprint is made, filled, begun and completed. */
function plantSprint(
  planting: Planting,
  { board, key }: { readonly board: Board; readonly key: string },
  story: SprintStory,
): readonly StoryEvent[] {
  const { jira, software } = planting.site
  const sprint = sprintOf(planting, board, story)
  software.sprints.set(sprint.id, sprint)
  const { by, started, completed } = story
  const fill: StoryEvent = {
    by,
    at: story.at,
    happen(who) {
      for (const number of story.issues) {
        const issue = jira.issues.get(jira.keys.get(`${key}-${number}`) ?? '')
        if (!issue) throw new Error(`The story puts ${key}-${number} into a sprint, which is not there`)
        moveToSprint(who, issue, { sprintId: sprint.id, now: who.clock.now() })
      }
    },
  }
  const begin = (at: string): StoryEvent => ({
    by,
    at,
    happen: (who) => Object.assign(sprint, { state: 'active', startAt: who.clock.now() }),
  })
  const complete = (at: string): StoryEvent => ({
    by,
    at,
    happen: (who) => Object.assign(sprint, { state: 'closed', completedAt: who.clock.now() }),
  })
  return [
    fill,
    ...(started === undefined ? [] : [begin(started)]),
    ...(completed === undefined ? [] : [complete(completed)]),
  ]
}

/** Plants a board over a project, with its filter and its sprints. */
export function plantBoard(planting: Planting, story: BoardStory): readonly StoryEvent[] {
  const { world, site } = planting
  const project = [...site.jira.projects.values()].find(({ key }) => key === story.project)
  if (!project) throw new Error(`The story has a board of ${story.project}, which is not there`)
  const share = { id: nextId(world, 'share', site.cloudId), type: 'project', projectId: project.id } as const
  const filter: Filter = {
    id: nextId(world, 'boardFilter', site.cloudId),
    name: `Filter for ${story.name}`,
    description: '',
    jql: `project = ${project.key} ORDER BY Rank ASC`,
    ownerId: planting.person(story.by).accountId,
    favouriteOf: new Set(),
    share: [share],
    edit: [],
    columns: null,
  }
  site.jira.filters.set(filter.id, filter)
  const board = makeBoard(actor(planting, story.by, story.at), {
    name: story.name,
    type: story.type,
    filterId: filter.id,
    location: { type: 'project', projectId: project.id },
    columns: columnsOf(planting, project, story.limits),
    kanbanBacklog: story.backlog !== undefined,
    constraintType: story.limits ? 'issueCount' : 'none',
    quickFilters: (story.quickFilters ?? []).map(({ name, jql }) => ({
      id: nextId(world, 'quickFilter', site.cloudId),
      name,
      jql,
      description: '',
    })),
  })
  if (story.sprints && story.type === 'simple') board.features.set('SPRINTS', true)
  return (story.sprints ?? []).flatMap((sprint) => plantSprint(planting, { board, key: project.key }, sprint))
}
