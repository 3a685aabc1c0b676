import type { FieldDef, FieldValue, PreparedText } from '@telamon/query'

import { newest, titleOf } from '../confluence/view.ts'
import { bodyText } from '../content/body.ts'
import type { Content, ContentComment, ContentVersion, Space } from '../world/confluence-model.ts'
import { ancestorsOf } from '../world/permissions.ts'
import { type Asker, person } from './jql-values.ts'
import { searchable } from './text-index.ts'

/** What CQL finds. */
export type Hit =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'comment'; readonly comment: ContentComment; readonly content: Content }
  | { readonly kind: 'space'; readonly space: Space }

type Field = FieldDef<Hit>
type Texts = readonly (FieldValue | PreparedText)[]

/** Types that a query may name (recorded in the refusal of an unknown one; the list there goes on with add-ons). */
const hitTypes = [
  'space',
  'user',
  'page',
  'blogpost',
  'comment',
  'attachment',
  'folder',
  'whiteboard',
  'database',
]

export function typeOf(hit: Hit): string {
  return hit.kind === 'content' ? hit.content.type : hit.kind
}

/** The version that shows: the newest of content or comment. */
function versionOf(hit: Exclude<Hit, { kind: 'space' }>): ContentVersion {
  return newest(hit.kind === 'content' ? hit.content : hit.comment)
}

export function hitTitle(hit: Hit): string {
  if (hit.kind === 'space') return hit.space.name
  return hit.kind === 'content' ? titleOf(hit.content) : `Re: ${titleOf(hit.content)}`
}

/** The words of a hit without its title. */
export function hitText(hit: Hit): PreparedText {
  if (hit.kind === 'space') {
    const { space } = hit
    return searchable(space, { part: 'text', source: space.description, read: () => space.description })
  }
  const version = versionOf(hit)
  return searchable(version, { part: 'text', source: version.body, read: () => bodyText(version.body) })
}

function preparedTitle(hit: Hit): PreparedText {
  const owner = hit.kind === 'space' ? hit.space : hit.kind === 'content' ? hit.content : hit.comment
  const title = hitTitle(hit)
  return searchable(owner, { part: 'title', source: title, read: () => title })
}

export const spaceIdOf = (hit: Hit): string => (hit.kind === 'space' ? hit.space.id : hit.content.spaceId)
export const createdOf = (hit: Hit): number =>
  hit.kind === 'space'
    ? hit.space.createdAt
    : hit.kind === 'content'
      ? hit.content.createdAt
      : hit.comment.createdAt
export const modifiedOf = (hit: Hit): number =>
  hit.kind === 'space' ? hit.space.createdAt : versionOf(hit).createdAt

const idOf = (hit: Hit): string =>
  hit.kind === 'space' ? hit.space.id : hit.kind === 'content' ? hit.content.id : hit.comment.id

function creatorOf(hit: Hit): string {
  if (hit.kind === 'space') return hit.space.authorId
  return hit.kind === 'content' ? hit.content.authorId : hit.comment.authorId
}

const contributorsOf = (hit: Hit): readonly string[] => {
  if (hit.kind === 'space') return [hit.space.authorId]
  const { versions } = hit.kind === 'content' ? hit.content : hit.comment
  return [...new Set(versions.map(({ authorId }) => authorId))]
}

/** The account ids in the mentions of a body, in either form. */
function mentionsOf(hit: Hit): readonly string[] {
  if (hit.kind === 'space') return []
  const { value, representation } = versionOf(hit).body
  const pattern =
    representation === 'storage'
      ? /ri:account-id="([^"]+)"/g
      : /"type":"mention","attrs":\{[^}]*?"id":"([^"]+)"/g
  return [...value.matchAll(pattern)].map(([, id = '']) => id)
}

/** What dates can be compared with. */
const ranked = ['=', '!=', '>', '>=', '<', '<='] as const

/** What CQL knows, for one asker. Dates sort ascending unless a query says otherwise (documented). */
export function cqlFields(asker: Asker): readonly Field[] {
  const { confluence } = asker.site
  const spaces = (text: string): string | undefined => {
    const wanted = text.toLowerCase()
    return [...confluence.spaces.values()].find(({ key, id }) => key.toLowerCase() === wanted || id === text)
      ?.id
  }
  const people = (name: string, get: Field['get']): Field => ({
    name,
    type: 'option',
    operators: ['=', '!=', 'in', 'not in'],
    get,
    resolve: (text, lookup) => person(asker)(text, lookup) ?? text,
  })
  const option = (name: string, aliases: readonly string[], get: Field['get']): Field => ({
    name,
    aliases,
    type: 'option',
    operators: ['=', '!=', 'in', 'not in'],
    get,
  })
  const titleAndText = (hit: Hit): Texts => [preparedTitle(hit), hitText(hit)]
  return [
    {
      name: 'type',
      type: 'option',
      operators: ['=', '!=', 'in', 'not in'],
      get: typeOf,
      resolve: (text) => hitTypes.find((type) => type === text.toLowerCase()),
      values: hitTypes,
    },
    {
      name: 'space',
      aliases: ['space.key'],
      type: 'option',
      operators: ['=', '!=', 'in', 'not in'],
      get: spaceIdOf,
      resolve: (text) => spaces(text) ?? [],
    },
    {
      name: 'space.title',
      type: 'text',
      operators: ['~', '!~', '=', '!='],
      get: (hit) => confluence.spaces.get(spaceIdOf(hit))?.name ?? '',
    },
    option('space.type', [], (hit) => confluence.spaces.get(spaceIdOf(hit))?.type ?? ''),
    { name: 'title', type: 'text', operators: ['=', '!=', '~', '!~', 'in', 'not in'], get: preparedTitle },
    { name: 'text', type: 'text', operators: ['~', '!~'], get: titleAndText },
    { name: 'siteSearch', type: 'text', operators: ['~'], get: titleAndText },
    option('id', ['content'], idOf),
    option('ancestor', [], (hit) =>
      hit.kind === 'content' ? ancestorsOf(asker.site, hit.content).map(({ id }) => id) : [],
    ),
    option('parent', [], (hit) => (hit.kind === 'content' ? (hit.content.parentId ?? []) : [])),
    option('container', [], (hit) => (hit.kind === 'comment' ? hit.content.id : spaceIdOf(hit))),
    option('label', [], (hit) => (hit.kind === 'content' ? hit.content.labels.map(({ name }) => name) : [])),
    option('macro', [], (hit) =>
      hit.kind === 'space'
        ? []
        : [...versionOf(hit).body.value.matchAll(/(?:ac:name=|"extensionKey":)"([^"]+)"/g)].map(
            ([, name = '']) => name,
          ),
    ),
    people('creator', creatorOf),
    people('contributor', contributorsOf),
    people('mention', mentionsOf),
    people('watcher', () => []),
    people('favourite', () => []),
    { name: 'created', type: 'datetime', operators: ranked, descending: false, get: createdOf },
    {
      name: 'lastmodified',
      aliases: ['lastModified'],
      type: 'datetime',
      operators: ranked,
      descending: false,
      get: modifiedOf,
    },
  ]
}
