import {
  addLabelsToContent,
  removeLabelFromContent,
  removeLabelFromContentUsingQueryParameter,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asObject, asText } from '../http/value.ts'
import type { Content } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { sees } from './find.ts'
import { addLabel } from './lifecycle.ts'
import { labelView } from './v1-view.ts'

/** Content whose labels the caller may change; what is hidden is not there. */
function labelled(call: Call): Content {
  const content = call.site.confluence.contents.get(call.path['id'] ?? '')
  if (!content || content.status === 'trashed' || !sees(call, content)) {
    return refuse(
      confluenceV1Error(404, `No content found with id: ContentId{id=${call.path['id'] ?? ''}}`, {
        kind: 'NotFoundException',
      }),
    )
  }
  if (mayUpdate(call.caller, call.site, content)) return content
  return refuse(
    confluenceV1Error(403, 'User does not have permission to edit labels', {
      kind: 'PermissionException',
      authorized: false,
    }),
  )
}

const prefixes = ['global', 'my', 'team'] as const

/** One label or a list of them; the answer holds all that are there now (documented). */
function add(call: Call): Reply {
  const content = labelled(call)
  const { body } = call
  const given = body.kind === 'json' ? (Array.isArray(body.value) ? body.value : [body.value]) : []
  const wanted = given.map((one: unknown) => {
    const label = asObject(one)
    const name = asText(label?.['name'])?.trim().toLowerCase()
    const prefix = prefixes.find((known) => known === (label?.['prefix'] ?? 'global'))
    return name === undefined || name === '' || /\s/.test(name) || !prefix ? undefined : { name, prefix }
  })
  if (wanted.length === 0 || wanted.includes(undefined)) {
    return confluenceV1Error(400, 'A label needs a prefix and a name without spaces')
  }
  for (const label of wanted) if (label) addLabel(call, content, label)
  const { labels } = content
  return ok({
    results: labels.map(labelView),
    start: 0,
    limit: 200,
    size: labels.length,
    _links: {
      base: `${call.links.site}/wiki`,
      context: '/wiki',
      self: `/rest/api/content/${content.id}/label`,
    },
  })
}

/** A label that is not there is gone already, and so answers as if it had been removed (inferred). */
function remove(call: Call, name: string): Reply {
  const content = labelled(call)
  const at = content.labels.findIndex((label) => label.name === name.toLowerCase())
  if (at >= 0) content.labels.splice(at, 1)
  return empty()
}

export const labelHandlers: readonly Served[] = [
  serve(addLabelsToContent, [], add),
  serve(removeLabelFromContent, [], (call) => remove(call, call.path['label'] ?? '')),
  serve(removeLabelFromContentUsingQueryParameter, ['name'], (call) =>
    remove(call, call.query.text('name') ?? ''),
  ),
]
