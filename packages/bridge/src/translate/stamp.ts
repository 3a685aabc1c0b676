import type { Edit } from '../json/edit.ts'
import { edit } from '../json/edit.ts'
import { membersOf } from '../json/members.ts'
import type { Span } from '../json/scan.ts'
import { skipSpace } from '../json/scan.ts'

/** A request or a notification. */
export interface Parametrised {
  readonly bytes: Buffer
  readonly params?: Span
}

/** Raw members of JSON, such as `"a":1,"b":2`, to be put in front of those an object has. */
function inFront(bytes: Buffer, object: Span, members: string): Edit {
  const isEmpty = membersOf(bytes, object).size === 0
  return { start: object.start + 1, end: object.start + 1, text: isEmpty ? members : `${members},` }
}

/** A copy of a message whose parameters have more members, given as raw JSON without braces. */
function withParams(message: Parametrised, members: string): Buffer {
  const { bytes, params } = message
  if (params) return edit(bytes, [inFront(bytes, params, members)])
  const start = skipSpace(bytes, 0) + 1
  return edit(bytes, [{ start, end: start, text: `"params":{${members}},` }])
}

/** A copy of a message whose `_meta` has the members of `stamp`, an object of raw JSON, besides its own. */
export function withMeta(message: Parametrised, stamp: string): Buffer {
  const { bytes, params } = message
  const meta = params && membersOf(bytes, params).get('_meta')
  if (!meta) return withParams(message, `"_meta":${stamp}`)
  return edit(bytes, [inFront(bytes, meta, stamp.slice(1, -1))])
}

/** A copy of a message whose parameters lack these members. */
export function withoutParams({ bytes, params }: Parametrised, names: readonly string[]): Buffer {
  if (!params) return bytes
  const kept = [...membersOf(bytes, params)]
    .filter(([name]) => !names.includes(name))
    .map(([name, { start, end }]) => `${JSON.stringify(name)}:${bytes.toString('utf8', start, end)}`)
  return edit(bytes, [{ ...params, text: `{${kept.join(',')}}` }])
}

/** A copy of a message without those members of `_meta` that only revision 2026-07-28 knows. */
export function withoutModernMeta(message: Parametrised): Buffer {
  const { bytes, params } = message
  const meta = params && membersOf(bytes, params).get('_meta')
  if (!meta) return bytes
  const kept = [...membersOf(bytes, meta)]
    .filter(([name]) => !name.startsWith('io.modelcontextprotocol/'))
    .map(([name, { start, end }]) => `${JSON.stringify(name)}:${bytes.toString('utf8', start, end)}`)
  return edit(bytes, [{ ...meta, text: `{${kept.join(',')}}` }])
}

/** The same request once more, under another id and with more members in its parameters. */
export function repeatedWith(
  message: Parametrised & { readonly idSpan: Span },
  id: string,
  members: string,
): Buffer {
  const { bytes, params, idSpan } = message
  const renamed: Edit = { ...idSpan, text: id }
  if (!params) {
    const start = skipSpace(bytes, 0) + 1
    return edit(bytes, [{ start, end: start, text: `"params":{${members}},` }, renamed])
  }
  const added = inFront(bytes, params, members)
  return edit(bytes, idSpan.start < params.start ? [renamed, added] : [added, renamed])
}
