import {
  createResolution,
  deleteResolution,
  getResolution,
  getResolutions,
  moveResolutions,
  searchResolutions,
  setDefaultResolution,
  updateResolution,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asId, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Resolution } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { pageBean, windowOf } from './page.ts'
import { byId, freeName, reorder } from './ranked.ts'
import { administer } from './rights.ts'
import { taskView } from './task-handlers.ts'
import { submitTask, taskAddress } from './tasks.ts'
import { resolutionView } from './view.ts'

const missing = 'The resolution was not found. Perhaps it has been deleted?'

function search(call: Call): Reply {
  const { query, site } = call
  const ids = query.list('id')
  const isDefault = ({ id }: Resolution): boolean => id === site.jira.defaults.resolutionId
  const found = [...site.jira.resolutions.values()]
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((resolution) => !query.flag('onlyDefault') || isDefault(resolution))
  const page = pageBean(call, found, {
    path: '/rest/api/3/resolution/search',
    window: windowOf(call, 50),
    view: (resolution) => ({ ...resolutionView(call, resolution), default: isDefault(resolution) }),
  })
  const { self: _, ...withoutSelf } = page
  return ok(withoutSelf)
}

function create(call: Call): Reply {
  administer(call)
  const { resolutions } = call.site.jira
  const body = bodyOf(call)
  const resolution: Resolution = {
    name: freeName(resolutions.values(), body),
    description: asText(body['description']) ?? '',
    id: nextId(call.world, 'part', call.site.cloudId),
  }
  resolutions.set(resolution.id, resolution)
  return json(201, { id: resolution.id })
}

/** Its issues get another resolution, in a task (documented: 303). */
function remove(call: Call): Reply {
  administer(call)
  const { id } = byId(call.site.jira.resolutions, call, missing)
  const replaceWith = call.query.text('replaceWith') ?? ''
  if (replaceWith === id || !call.site.jira.resolutions.has(replaceWith)) {
    return jiraError(400, ['Another resolution has to take its place: name it with replaceWith.'])
  }
  const items = [{ kind: 'deleteResolution', id, input: { replaceWith } }]
  const task = submitTask(call, { description: 'Delete resolution', items })
  return json(303, taskView(call, task), { location: taskAddress(call, task) })
}

export const resolutionHandlers: readonly Served[] = [
  serve(getResolutions, [], (call) =>
    ok([...call.site.jira.resolutions.values()].map((resolution) => resolutionView(call, resolution))),
  ),
  serve(getResolution, [], (call) =>
    ok(resolutionView(call, byId(call.site.jira.resolutions, call, missing))),
  ),
  serve(searchResolutions, ['startAt', 'maxResults', 'id', 'onlyDefault'], search),
  serve(createResolution, [], create),
  serve(updateResolution, [], (call) => {
    administer(call)
    const { resolutions } = call.site.jira
    const resolution = byId(resolutions, call, missing)
    const body = bodyOf(call)
    resolution.name = freeName(resolutions.values(), body, resolution)
    resolution.description = asText(body['description']) ?? resolution.description
    return empty()
  }),
  serve(deleteResolution, ['replaceWith'], remove),
  serve(moveResolutions, [], (call) => {
    administer(call)
    reorder(call.site.jira.resolutions, bodyOf(call))
    return empty()
  }),
  serve(setDefaultResolution, [], (call) => {
    administer(call)
    const id = asId(bodyOf(call)['id']) ?? null
    if (id !== null && !call.site.jira.resolutions.has(id)) return jiraError(404, [missing])
    call.site.jira.defaults.resolutionId = id
    return empty()
  }),
]
