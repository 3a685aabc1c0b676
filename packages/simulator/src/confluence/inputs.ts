import { type BodyFormat, bodyFormats, readBody } from '../content/body.ts'
import type { Call } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asId, asInteger, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Body, Content, ContentType, Space } from '../world/confluence-model.ts'
import { lookThrough } from '../world/wiki-indexes.ts'
import { sees } from './find.ts'
import { kinds } from './kinds.ts'
import { refuseInput } from './refuse.ts'
import { newest, titleOf } from './view.ts'

/** Reads `body-format`; lists know two of them (documented). */
export function formatOf({ query }: Call, inList: boolean): BodyFormat | undefined {
  const asked = query.text('body-format')
  if (asked === undefined) return undefined
  const known = (inList ? bodyFormats.slice(0, 2) : bodyFormats).find((format) => format === asked)
  return known ?? refuseInput(`Provided value {${asked}} for 'body-format' is not the correct type`)
}

export const longestTitle = 255

/** Where a title is to be used. */
export interface TitlePlace {
  readonly type: ContentType
  readonly space: Space
  /** The content that has the title already. */
  readonly self?: Content
}

/** Pages of a space have different titles (documented), and folders too; posts may share one. */
export function isTaken(
  { site }: Pick<Call, 'site'>,
  title: string,
  { type, space, self }: TitlePlace,
): boolean {
  if (type !== 'page' && type !== 'folder') return false
  const wanted = title.toLowerCase()
  for (const [, other] of lookThrough(site.confluence.contents)) {
    const isBeside = other.spaceId === space.id && other.type === type && other.status === 'current'
    if (isBeside && other !== self && titleOf(other).toLowerCase() === wanted) return true
  }
  return false
}

/** A title that may be used there. */
export function readTitle(call: Call, given: unknown, place: TitlePlace): string {
  const title = asText(given)?.trim()
  if (title === undefined || title === '') return refuseInput('The title is missing')
  if (title.length > longestTitle) {
    return refuseInput(`Title cannot be longer than ${longestTitle} characters.`)
  }
  if (!isTaken(call, title, place)) return title
  return refuseInput(
    'A page with this title already exists: A page already exists with the same TITLE in this space',
  )
}

/** The title of a draft, which may be missing and may be one that is taken. */
export function readDraftTitle(given: unknown): string {
  const title = asText(given)?.trim() ?? ''
  return title.length > longestTitle
    ? refuseInput(`Title cannot be longer than ${longestTitle} characters.`)
    : title
}

/** A body in one of the forms that are served; an absent one is what was there before. */
export function readContent(given: unknown, before: Body, type: ContentType = 'page'): Body {
  const body = given === undefined ? before : readBody(given)
  if (typeof body === 'string') return refuseInput(body)
  return body.representation === 'raw' && type !== 'custom'
    ? refuseInput('Only custom content has bodies of the representation raw')
    : body
}

/** A parent in the same space that the caller sees; undefined when none is named. */
export function readParent(call: Call, given: unknown, space: Space): Content | undefined {
  if (given === undefined || given === null) return undefined
  const parent = call.site.confluence.contents.get(asId(given) ?? '')
  const fits = parent && kinds[parent.type].inTree && parent.spaceId === space.id
  if (fits && parent.status !== 'trashed' && sees(call, parent)) return parent
  return refuse(confluenceV2Error(404, `Parent with id ${asId(given) ?? ''} was not found in this space`))
}

/** The message of the next version, whose number has to follow the last one's (reported, F-P-10). */
export function readVersion(
  content: { readonly versions: readonly { readonly number: number }[] },
  body: JsonObject,
): string {
  const version = asObject(body['version'])
  const given = asInteger(version?.['number'])
  const { number } = newest(content)
  if (given === undefined) return refuseInput('The version number is missing')
  if (given === number + 1) return asText(version?.['message']) ?? ''
  return refuse(
    confluenceV2Error(409, `Version must be incremented on update. Current version is: ${number}`),
  )
}
