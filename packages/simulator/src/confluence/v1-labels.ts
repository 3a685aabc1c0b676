import {
  addLabelsToContent,
  getAllLabelContent,
  removeLabelFromContent,
  removeLabelFromContentUsingQueryParameter,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asObject, asText } from '../http/value.ts'
import type { Label } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { mayAround, sees, seesAttachment } from './find.ts'
import { addLabel } from './lifecycle.ts'
import { refuseInputV1, refuseMissingV1 } from './v1-answers.ts'
import { labelView } from './v1-view.ts'
import { newest, visibleLabels } from './view.ts'

/** Something that has labels. */
interface Labelled {
  readonly id: string
  readonly labels: Label[]
  readonly mayChange: boolean
}

/** Content or an attachment whose labels the caller may change; what is hidden is not there. */
function labelled(call: Call): Labelled {
  const id = call.path['id'] ?? ''
  const { contents, attachments } = call.site.confluence
  const attachment = attachments.get(id)
  if (attachment?.status === 'current' && seesAttachment(call, attachment)) {
    const content = contents.get(attachment.contentId)
    const mayChange =
      content !== undefined && mayAround(call, content, { key: 'create', target: 'attachment' })
    return { id, labels: attachment.labels, mayChange }
  }
  const content = contents.get(id)
  if (!content || content.status === 'trashed' || !sees(call, content)) {
    return refuseMissingV1(`No content found with id: ContentId{id=${id}}`)
  }
  return { id, labels: content.labels, mayChange: mayUpdate(call.caller, call.site, content) }
}

/** The same, refused to who may not change them. Own labels are for everybody to put on (inferred). */
function changeable(call: Call, isOwn: boolean): Labelled {
  const found = labelled(call)
  if (found.mayChange || isOwn) return found
  return refuse(
    confluenceV1Error(403, 'User does not have permission to edit labels', {
      kind: 'PermissionException',
      authorized: false,
    }),
  )
}

const prefixes = ['global', 'my', 'team'] as const

/** One label or a list of them. */
export function readLabels({ body }: Call): readonly Pick<Label, 'prefix' | 'name'>[] {
  const given = body.kind === 'json' ? (Array.isArray(body.value) ? body.value : [body.value]) : []
  const wanted = given.flatMap((one: unknown) => {
    const label = asObject(one)
    const name = asText(label?.['name'])?.trim().toLowerCase()
    const prefix = prefixes.find((known) => known === (label?.['prefix'] ?? 'global'))
    const isGood =
      name !== undefined && name !== '' && name.length <= 255 && !/[\s,!#&()*.:;<>?@[\]^]/.test(name)
    return isGood && prefix ? [{ name, prefix }] : []
  })
  return wanted.length > 0 && wanted.length === given.length
    ? wanted
    : refuse(
        confluenceV1Error(400, 'A label needs a prefix and a name without spaces and special characters'),
      )
}

/** The answer holds all labels that are there now (documented). */
function add(call: Call): Reply {
  const wanted = readLabels(call)
  const thing = changeable(
    call,
    wanted.every(({ prefix }) => prefix === 'my'),
  )
  for (const label of wanted) addLabel(call, thing, label)
  const labels = visibleLabels(call, thing.labels)
  return ok({
    results: labels.map(labelView),
    start: 0,
    limit: 200,
    size: labels.length,
    _links: {
      base: `${call.links.site}/wiki`,
      context: '/wiki',
      self: `/rest/api/content/${thing.id}/label`,
    },
  })
}

/** A name may carry its prefix. A label that is not there answers as if it had been removed (inferred). */
function remove(call: Call, given: string): Reply {
  const [first = '', rest] = given.toLowerCase().split(/:(.*)/s)
  const prefix = prefixes.find((known) => known === first)
  const name = prefix && rest !== undefined ? rest : given.toLowerCase()
  const thing = changeable(call, prefix === 'my')
  const label = visibleLabels(call, thing.labels).find(
    (one) => one.name === name && (prefix ?? one.prefix) === one.prefix,
  )
  if (label) thing.labels.splice(thing.labels.indexOf(label), 1)
  return empty()
}

const labelTypes = ['page', 'blogpost', 'attachment', 'page_template'] as const

/** A label and what has it, as far as the caller sees that (documented). */
function contentsOf(call: Call): Reply {
  const { query, site } = call
  const name = query.text('name')?.toLowerCase() ?? refuseInputV1('The name of the label is missing')
  const type = query.text('type')
  if (type !== undefined && !labelTypes.some((known) => known === type)) {
    return refuseInputV1(`The type is one of ${labelTypes.join(', ')}`)
  }
  const label = [...site.confluence.labels.values()].find((one) => one.name === name && !one.ownerId)
  if (!label) return refuseMissingV1(`No label found with name: ${name}`)
  const contents = [...site.confluence.contents.values()]
    .filter(({ status, labels }) => status === 'current' && labels.includes(label))
    .filter((content) => sees(call, content))
    .map((content) => ({ contentType: content.type, id: content.id, title: newest(content).title }))
  const attachments = [...site.confluence.attachments.values()]
    .filter(({ status, labels }) => status === 'current' && labels.includes(label))
    .filter((attachment) => seesAttachment(call, attachment))
    .map((attachment) => ({
      contentType: 'attachment',
      id: attachment.id.replace('att', ''),
      title: newest(attachment).title,
    }))
  const found = [...contents, ...attachments].filter(
    ({ contentType }) => (type ?? contentType) === contentType,
  )
  const [start, limit] = [query.integer('start', 0), query.integer('limit', 200)]
  const results = found
    .slice(start, start + limit)
    .map(({ contentType, id, title }) => ({ contentType, contentId: Number(id), title }))
  return ok({ label: labelView(label), associatedContents: { results, start, limit, size: results.length } })
}

export const labelHandlers: readonly Served[] = [
  serve(addLabelsToContent, [], add),
  serve(removeLabelFromContent, [], (call) => remove(call, call.path['label'] ?? '')),
  serve(removeLabelFromContentUsingQueryParameter, ['name'], (call) =>
    remove(call, call.query.text('name') ?? ''),
  ),
  serve(getAllLabelContent, ['name', 'type', 'start', 'limit'], contentsOf),
]
