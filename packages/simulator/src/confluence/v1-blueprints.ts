import { publishLegacyDraft, publishSharedDraft } from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asInteger, asList, asObject, asText } from '../http/value.ts'
import { mayAround } from './find.ts'
import { isTaken } from './inputs.ts'
import { addVersion } from './lifecycle.ts'
import {
  readTitleV1,
  bodyOfV1,
  contentV1,
  refuseConflictV1,
  refuseInputV1,
  refuseRightV1,
} from './v1-answers.ts'
import { contentView } from './v1-content.ts'
import { newest } from './view.ts'

/** Publishes a draft under a title, below another page if one is named; drafts have the version 1 (documented: 409). */
function publish(call: Call): Reply {
  const draft = contentV1(call, call.path['draftId'], ['draft'])
  const body = bodyOfV1(call)
  const title = readTitleV1(body['title'])
  const space = call.site.confluence.spaces.get(draft.spaceId)
  if (title === '' || !space) return refuseInputV1('A title is needed to publish a draft')
  if (asInteger(asObject(body['version'])?.['number']) !== 1) {
    return refuseConflictV1('The version number of a draft has to be 1')
  }
  if (isTaken(call, title, { type: draft.type, space, self: draft })) {
    return refuseInputV1('A page with this title already exists')
  }
  if (!mayAround(call, draft, { key: 'create', target: 'page' })) {
    return refuseRightV1('You do not have permission to create pages in this space')
  }
  const parentId = asText(asObject(asList(body['ancestors'])?.at(-1))?.['id'])
  if (parentId !== undefined) draft.parentId = contentV1(call, parentId, ['current']).id
  const { body: written } = newest(draft)
  draft.versions.splice(0)
  addVersion(call, draft, { title, body: written, message: '', number: 1 })
  draft.status = 'current'
  const standard = ['body.storage', 'history', 'space', 'version', 'ancestors']
  const asked = call.query.list('expand')
  return ok(contentView(call, draft, new Set(asked.length === 0 ? standard : asked)))
}

export const blueprintHandlers: readonly Served[] = [
  serve(publishSharedDraft, ['status', 'expand'], publish),
  serve(publishLegacyDraft, ['status', 'expand'], publish),
]
