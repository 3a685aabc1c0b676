import type { FieldDef, FieldValue, PreparedText } from '@telamon/query'

import { favourite } from '../confluence/relations.ts'
import { visibleLabels } from '../confluence/view.ts'
import type { Label } from '../world/confluence-model.ts'
import { ancestorsOf } from '../world/permissions.ts'
import { factsOf, type Hit, hitText, preparedTitle, thingOf } from './cql-hits.ts'
import { type Asker, person } from './jql-values.ts'

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
  'embed',
]

/** The types, and those that apps gave to custom content. */
function typesOf({ site }: Asker): readonly string[] {
  const custom = new Set<string>()
  for (const { customType } of site.confluence.contents.values()) if (customType) custom.add(customType)
  return [...hitTypes, ...custom]
}

/** The account ids in the mentions of a body, in either form. */
function mentionsOf(hit: Hit): readonly string[] {
  const { body } = factsOf(hit)
  if (!body) return []
  const pattern =
    body.representation === 'storage'
      ? /ri:account-id="([^"]+)"/g
      : /"type":"mention","attrs":\{[^}]*?"id":"([^"]+)"/g
  return [...body.value.matchAll(pattern)].map(([, id = '']) => id)
}

function macrosOf(hit: Hit): readonly string[] {
  const names = factsOf(hit).body?.value.matchAll(/(?:ac:name=|"extensionKey":)"([^"]+)"/g) ?? []
  return [...names].map(([, name = '']) => name)
}

function labelsOf(hit: Hit): readonly Label[] {
  if (hit.kind === 'content') return hit.content.labels
  if (hit.kind === 'attachment') return hit.attachment.labels
  return hit.kind === 'space' ? hit.space.labels : []
}

function containerOf(hit: Hit): string {
  if (hit.kind === 'comment') return hit.comment.contentId
  return hit.kind === 'attachment' ? hit.content.id : factsOf(hit).spaceId
}

const accountOf = (hit: Hit): readonly string[] => (hit.kind === 'user' ? [hit.person.accountId] : [])

const titleAndText = (hit: Hit): Texts => [preparedTitle(hit), hitText(hit)]

/** Reads people by the thing that they have to do with. */
const byThing =
  (people: { get(thing: string): Iterable<string> | undefined }) =>
  (hit: Hit): readonly string[] => [...(people.get(thingOf(hit) ?? '') ?? [])]

/** Thing → the people who keep it at hand. */
function keepersOf({ site }: Asker): ReadonlyMap<string, readonly string[]> {
  const keepers = new Map<string, readonly string[]>()
  for (const { name, source, target } of site.confluence.relations.values()) {
    if (name === favourite) keepers.set(target, [...(keepers.get(target) ?? []), source.replace('user/', '')])
  }
  return keepers
}

const equality = ['=', '!=', 'in', 'not in'] as const
/** What dates can be compared with. */
const ranked = ['=', '!=', '>', '>=', '<', '<='] as const

const option = (name: string, aliases: readonly string[], get: Field['get']): Field => ({
  name,
  aliases,
  type: 'option',
  operators: equality,
  get,
})

/** Where things are: spaces, parents, containers, ancestors. */
function placeFields({ site }: Asker): readonly Field[] {
  const { spaces } = site.confluence
  const spaceNamed = (text: string): string | undefined => {
    const wanted = text.toLowerCase()
    return [...spaces.values()].find(({ key, id }) => key.toLowerCase() === wanted || id === text)?.id
  }
  const spaceOf = (hit: Hit) => spaces.get(factsOf(hit).spaceId)
  return [
    {
      name: 'space',
      aliases: ['space.key'],
      type: 'option',
      operators: equality,
      get: (hit) => factsOf(hit).spaceId,
      resolve: (text) => spaceNamed(text) ?? [],
    },
    {
      name: 'space.title',
      type: 'text',
      operators: ['~', '!~', '=', '!='],
      get: (hit) => spaceOf(hit)?.name ?? '',
    },
    option('space.type', [], (hit) => spaceOf(hit)?.type ?? ''),
    option('space.category', [], (hit) =>
      (spaceOf(hit)?.labels ?? []).flatMap(({ prefix, name }) => (prefix === 'team' ? [name] : [])),
    ),
    option('ancestor', [], (hit) =>
      hit.kind === 'content' ? ancestorsOf(site, hit.content).map(({ id }) => id) : [],
    ),
    option('parent', [], (hit) => (hit.kind === 'content' ? (hit.content.parentId ?? []) : [])),
    option('container', [], containerOf),
  ]
}

/** Who has to do with things: makers, watchers, people themselves. */
function peopleFields(asker: Asker): readonly Field[] {
  const { watchers } = asker.site.confluence
  const keepers = keepersOf(asker)
  const people = (name: string, aliases: readonly string[], get: Field['get']): Field => ({
    name,
    aliases,
    type: 'option',
    operators: equality,
    get,
    resolve: (text, lookup) => person(asker)(text, lookup) ?? text,
  })
  return [
    people('creator', [], (hit) => factsOf(hit).creatorId),
    people('contributor', [], (hit) => factsOf(hit).contributorIds()),
    people('mention', [], mentionsOf),
    people('watcher', [], byThing(watchers)),
    people('favourite', ['favorite'], byThing(keepers)),
    people('user', ['user.accountid', 'user.userkey'], accountOf),
    {
      name: 'user.fullname',
      type: 'text',
      operators: ['~', '!~', '=', '!='],
      get: (hit) => (hit.kind === 'user' ? hit.person.displayName : ''),
    },
  ]
}

/** What CQL knows, for one asker. Dates sort ascending unless a query says otherwise (documented). */
export function cqlFields(asker: Asker): readonly Field[] {
  const types = typesOf(asker)
  return [
    {
      name: 'type',
      type: 'option',
      operators: equality,
      get: (hit) => factsOf(hit).type,
      resolve: (text) => types.find((type) => type.toLowerCase() === text.toLowerCase()),
      values: types,
    },
    { name: 'title', type: 'text', operators: [...equality, '~', '!~'], get: preparedTitle },
    { name: 'text', type: 'text', operators: ['~', '!~'], get: titleAndText },
    { name: 'siteSearch', type: 'text', operators: ['~'], get: titleAndText },
    option('id', ['content'], (hit) => factsOf(hit).id),
    option('label', [], (hit) =>
      visibleLabels(asker, labelsOf(hit)).flatMap(({ prefix, name }) => [name, `${prefix}:${name}`]),
    ),
    option('macro', [], macrosOf),
    ...placeFields(asker),
    ...peopleFields(asker),
    {
      name: 'created',
      type: 'datetime',
      operators: ranked,
      descending: false,
      get: (hit) => factsOf(hit).created,
    },
    {
      name: 'lastmodified',
      type: 'datetime',
      operators: ranked,
      descending: false,
      get: (hit) => factsOf(hit).modified,
    },
  ]
}
