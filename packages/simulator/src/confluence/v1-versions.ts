import { deleteContentVersion, restoreContentVersion } from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asInteger, asObject, asText } from '../http/value.ts'
import { addVersion } from './lifecycle.ts'
import { bodyOfV1, refuseInputV1, writableV1 } from './v1-answers.ts'
import { contentView, versionView } from './v1-content.ts'
import { newest } from './view.ts'

/** Makes a new version of what an older one was (documented). */
function restore(call: Call): Reply {
  const content = writableV1(call, call.path['id'])
  const body = bodyOfV1(call)
  const parameters = asObject(body['params'])
  const number = asInteger(parameters?.['versionNumber'])
  const older = content.versions.find((version) => version.number === number)
  if (body['operationKey'] !== 'restore' || !older || older === newest(content)) {
    return refuseInputV1(`There is no older version with the number ${number ?? ''}`)
  }
  const keepsTitle = parameters?.['restoreTitle'] !== true
  const restored = addVersion(call, content, {
    title: keepsTitle ? newest(content).title : older.title,
    body: older.body,
    message: asText(parameters?.['message']) ?? '',
  })
  const expand = call.query.list('expand')
  const shows = expand.some((name) => name === 'content' || name.startsWith('content.'))
  return ok({
    ...versionView(call, restored),
    ...(shows && { content: contentView(call, content, new Set()) }),
    _links: {},
  })
}

/** Takes an older version out of the history; what it changed stays (documented). */
function remove(call: Call): Reply {
  const content = writableV1(call, call.path['id'])
  const number = call.path['versionNumber']
  const index = content.versions.findIndex((version) => String(version.number) === number)
  if (index < 0 || index === content.versions.length - 1) {
    return refuseInputV1('The version is not there, or is the current one')
  }
  content.versions.splice(index, 1)
  return empty()
}

export const versionHandlersV1: readonly Served[] = [
  serve(restoreContentVersion, ['expand'], restore),
  serve(deleteContentVersion, [], remove),
]
