import {
  asyncConvertContentBodyRequest,
  asyncConvertContentBodyResponse,
  bulkAsyncConvertContentBodyRequest,
  bulkAsyncConvertContentBodyResponse,
} from '@telamon/confluence/v1'

import { bodyAs, type BodyFormat, readBody } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asList, asObject, asText } from '../http/value.ts'
import type { Conversion } from '../world/confluence-model.ts'
import { lookAt } from './long-tasks.ts'
import { bodyOfV1, contentV1, refuseInputV1, refuseMissingV1, refuseRightV1 } from './v1-answers.ts'

/** What can be turned into what (documented). */
const conversions: Readonly<Record<string, readonly BodyFormat[]>> = {
  atlas_doc_format: ['editor', 'export_view', 'storage', 'styled_view', 'view'],
  storage: ['atlas_doc_format', 'editor', 'export_view', 'styled_view', 'view'],
  editor: ['storage'],
}

/** How long a result is kept, in milliseconds (documented: five minutes). */
const kept = 5 * 60_000

interface Wanted {
  readonly to: unknown
  readonly body: unknown
  readonly contentId: string | undefined
}

function start(call: Call, { to, body, contentId }: Wanted): Conversion {
  const given = asObject(body)
  const [from, value] = [asText(given?.['representation']) ?? '', asText(given?.['value'])]
  const representation = conversions[from]?.find((format) => format === to)
  if (!representation || value === undefined) {
    return refuseInputV1(`A body cannot be converted from ${from} to ${asText(to) ?? ''}`)
  }
  if (contentId !== undefined) contentV1(call, contentId)
  // The editor's form is HTML that is also good storage format (inferred).
  const read = readBody({ representation: from === 'editor' ? 'storage' : from, value })
  const conversion: Conversion = {
    id: call.random.uuid('conversion'),
    ownerId: call.caller.person?.accountId ?? '',
    startedAt: call.clock.now(),
    looks: 0,
    representation,
    ...(typeof read === 'string'
      ? { value: '', error: read }
      : { value: bodyAs(read, representation).value }),
  }
  call.site.confluence.conversions.set(conversion.id, conversion)
  return conversion
}

/** What came of a conversion: its state first, then the body (documented). */
function result(call: Call, id: string | undefined): Record<string, unknown> {
  const conversion = call.site.confluence.conversions.get(id ?? '')
  const now = call.clock.now()
  if (!conversion || now - conversion.startedAt > kept) {
    return refuseMissingV1(`No conversion found with id: ${id ?? ''}`)
  }
  if (conversion.ownerId !== call.caller.person?.accountId) {
    return refuseRightV1('Only who asked for a conversion may read it')
  }
  const { representation, value, error } = conversion
  const links = { _links: { self: `/rest/api/contentbody/convert/async/${conversion.id}` } }
  if (!lookAt(conversion, now)) return { status: 'WORKING', renderTaskId: conversion.id, ...links }
  if (error !== undefined) return { status: 'FAILED', error, renderTaskId: conversion.id, ...links }
  return { status: 'COMPLETED', value, representation, renderTaskId: conversion.id, ...links }
}

const mostAtOnce = 10

function startMany(call: Call): Reply {
  const given = asList(bodyOfV1(call)['conversionInputs']) ?? refuseInputV1('conversionInputs is missing')
  if (given.length > mostAtOnce) return refuseInputV1(`At most ${mostAtOnce} bodies are converted at once`)
  const started = given.map((one) => {
    const input = asObject(one)
    return start(call, {
      to: input?.['to'],
      body: input?.['body'],
      contentId: asText(input?.['contentIdContext']),
    })
  })
  return ok(started.map(({ id }) => ({ asyncId: id })))
}

export const convertingHandlers: readonly Served[] = [
  serve(
    asyncConvertContentBodyRequest,
    ['expand', 'spaceKeyContext', 'contentIdContext', 'allowCache', 'embeddedContentRender'],
    (call) => {
      const contentId = call.query.text('contentIdContext')
      return ok({ asyncId: start(call, { to: call.path['to'], body: bodyOfV1(call), contentId }).id })
    },
  ),
  serve(asyncConvertContentBodyResponse, [], (call) => ok(result(call, call.path['id']))),
  serve(bulkAsyncConvertContentBodyRequest, [], startMany),
  serve(bulkAsyncConvertContentBodyResponse, ['ids'], (call) =>
    ok(call.query.list('ids').map((id) => result(call, id))),
  ),
]
