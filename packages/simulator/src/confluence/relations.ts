import type { Call } from '../http/call.ts'
import type { Relation } from '../world/confluence-model.ts'

/** The relation that people use to keep things at hand. */
export const favourite = 'favourite'

/** What a relation is kept under. */
export const relationKey = ({ name, source, target }: Pick<Relation, 'name' | 'source' | 'target'>): string =>
  `${name} ${source} ${target}`

/** What somebody keeps at hand, as `content/98400` and `space/KEY`. */
export function favouritesOf({ site }: Pick<Call, 'site'>, accountId: string): ReadonlySet<string> {
  const source = `user/${accountId}`
  return new Set(
    [...site.confluence.relations.values()]
      .filter((relation) => relation.name === favourite && relation.source === source)
      .map(({ target }) => target),
  )
}

/** Whether the caller keeps a thing at hand. */
export function isFavourite(call: Pick<Call, 'site' | 'caller'>, thing: string): boolean {
  const accountId = call.caller.person?.accountId
  return accountId !== undefined && favouritesOf(call, accountId).has(thing)
}
