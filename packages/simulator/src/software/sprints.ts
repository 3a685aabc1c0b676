import {
  createSprint,
  deleteSprint,
  getAllSprints,
  getSprint,
  partiallyUpdateSprint,
  swapSprint,
  updateSprint,
} from '@telamon/jira/software'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asId, asText, type JsonObject } from '../http/value.ts'
import { bodyOf } from '../jira/body.ts'
import { nextId } from '../world/ids.ts'
import type { Sprint } from '../world/software-model.ts'
import { agilePage } from './agile-page.ts'
import { sprintBoardOf } from './boards-in-sight.ts'
import { refuseAgile } from './refuse.ts'
import { forgetSprint } from './sprint-moves.ts'
import { sprintView } from './sprint-view.ts'
import { managedSprintOf, managesSprints, sprintOf, sprintsOfBoard } from './sprints-in-sight.ts'

/** The longest name of a sprint (reported). */
const longestName = 30

function nameOf(body: JsonObject): string {
  const name = asText(body['name'])?.trim() ?? ''
  if (name === '') return refuseAgile(400, 'Sprint name is required')
  if (name.length > longestName) {
    return refuseAgile(400, `The sprint name must not be longer than ${longestName} characters.`)
  }
  return name
}

/** A date of a body; null where there is none. */
function dateOf(body: JsonObject, member: 'startDate' | 'endDate'): number | null {
  const text = body[member]
  if (text === undefined || text === null || text === '') return null
  const instant = Date.parse(asText(text)?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? '')
  return Number.isNaN(instant)
    ? refuseAgile(400, `The ${member} ${JSON.stringify(text)} is not a date-time.`)
    : instant
}

function checkDates(startAt: number | null, endAt: number | null): void {
  if (startAt !== null && endAt !== null && endAt <= startAt) {
    refuseAgile(400, 'The end date of a sprint must be after its start date.')
  }
}

function create(call: Call): Reply {
  const body = bodyOf(call)
  const name = nameOf(body)
  const board = sprintBoardOf(
    call,
    asId(body['originBoardId']) ?? refuseAgile(400, 'Origin board id is required'),
  )
  if (!managesSprints(call, board)) {
    return refuseAgile(403, 'You do not have permission to create sprints on this board.')
  }
  const [startAt, endAt] = [dateOf(body, 'startDate'), dateOf(body, 'endDate')]
  checkDates(startAt, endAt)
  const { sprints } = call.site.software
  const id = nextId(call.world, 'sprint', call.site.cloudId)
  const sprint: Sprint = {
    id,
    boardId: board.id,
    name,
    goal: asText(body['goal']) ?? '',
    state: 'future',
    createdAt: call.clock.now(),
    startAt,
    endAt,
    completedAt: null,
    position: Number(id),
    properties: new Map(),
  }
  sprints.set(id, sprint)
  return json(201, sprintView(call, sprint))
}

/** What an update asks for, after all of it was read. */
type Wanted = Pick<Sprint, 'name' | 'goal' | 'state' | 'startAt' | 'endAt'>

const states: readonly unknown[] = ['future', 'active', 'closed'] satisfies readonly Sprint['state'][]
const isState = (value: unknown): value is Sprint['state'] => states.includes(value)

function stateOf(body: JsonObject, sprint: Sprint): Sprint['state'] {
  const state = body['state'] ?? sprint.state
  const lower = typeof state === 'string' ? state.toLowerCase() : state
  return isState(lower) ? lower : refuseAgile(400, `The sprint state ${JSON.stringify(state)} is not known.`)
}

/** A full update: what is not stated becomes nothing, but for the state (documented). */
const replaced = (body: JsonObject, sprint: Sprint): Wanted => ({
  name: nameOf(body),
  goal: asText(body['goal']) ?? '',
  state: stateOf(body, sprint),
  startAt: dateOf(body, 'startDate'),
  endAt: dateOf(body, 'endDate'),
})

/** A partial update: what is not stated stays (documented). */
const amended = (body: JsonObject, sprint: Sprint): Wanted => ({
  name: body['name'] === undefined ? sprint.name : nameOf(body),
  goal: asText(body['goal']) ?? sprint.goal,
  state: stateOf(body, sprint),
  startAt: body['startDate'] === undefined ? sprint.startAt : dateOf(body, 'startDate'),
  endAt: body['endDate'] === undefined ? sprint.endAt : dateOf(body, 'endDate'),
})

/** The two changes of state that there are: a sprint is started, and it is completed (documented). */
function checkState(call: Call, sprint: Sprint, { state, startAt, endAt }: Wanted): void {
  if (state === sprint.state) return
  const board = call.site.software.boards.get(sprint.boardId)
  if (sprint.state === 'future' && state === 'active') {
    if (startAt === null || endAt === null) {
      refuseAgile(400, 'A sprint needs a start date and an end date before it can be started.')
    }
    const others = [...call.site.software.sprints.values()].filter(
      (other) => other.boardId === sprint.boardId && other.state === 'active',
    )
    if (others.length > 0 && board?.parallelSprints !== true) {
      refuseAgile(
        400,
        'Another sprint of this board is active. Complete it first, or switch parallel sprints on.',
      )
    }
  } else if (sprint.state !== 'active' || state !== 'closed') {
    refuseAgile(400, `A sprint cannot go from '${sprint.state}' to '${state}'.`)
  }
}

/** Of a closed sprint only the name and the goal change; the rest is passed over (documented). */
const update =
  (read: (body: JsonObject, sprint: Sprint) => Wanted) =>
  (call: Call): Reply => {
    const sprint = managedSprintOf(call)
    const body = bodyOf(call)
    if (sprint.state === 'closed') {
      const { name, goal } = read({ ...body, state: 'closed' }, sprint)
      Object.assign(sprint, { name, goal })
      return ok(sprintView(call, sprint))
    }
    const wanted = read(body, sprint)
    checkDates(wanted.startAt, wanted.endAt)
    checkState(call, sprint, wanted)
    if (wanted.state === 'closed') sprint.completedAt = call.clock.now()
    Object.assign(sprint, wanted)
    return ok(sprintView(call, sprint))
  }

function list(call: Call): Reply {
  const board = sprintBoardOf(call)
  const wanted = call.query.list('state')
  const strange = wanted.find((state) => !isState(state))
  if (strange !== undefined) return refuseAgile(400, `The sprint state '${strange}' is not known.`)
  const sprints = sprintsOfBoard(call, board).filter(
    ({ state }) => wanted.length === 0 || wanted.includes(state),
  )
  return ok(agilePage(call, sprints, (sprint) => sprintView(call, sprint)))
}

/** Its issues go back to the backlog, since no open sprint holds them any more (documented). */
function remove(call: Call): Reply {
  const sprint = managedSprintOf(call)
  forgetSprint(call, sprint.id, call.clock.now())
  call.site.software.sprints.delete(sprint.id)
  return empty()
}

function swap(call: Call): Reply {
  const sprint = managedSprintOf(call)
  const other = sprintOf(call, asId(bodyOf(call)['sprintToSwapWith']))
  const { position } = sprint
  sprint.position = other.position
  other.position = position
  return empty()
}

export const sprintHandlers: readonly Served[] = [
  serve(getAllSprints, ['startAt', 'maxResults', 'state'], list),
  serve(createSprint, [], create),
  serve(getSprint, [], (call) => ok(sprintView(call, sprintOf(call)))),
  serve(updateSprint, [], update(replaced)),
  serve(partiallyUpdateSprint, [], update(amended)),
  serve(deleteSprint, [], remove),
  serve(swapSprint, [], swap),
]
