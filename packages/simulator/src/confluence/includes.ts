import type { Call } from '../http/call.ts'
import type { Label } from '../world/confluence-model.ts'
import { nested } from './list.ts'
import { propertiesOf, propertyView } from './properties.ts'
import { labelView, visibleLabels } from './view.ts'

/** A thing whose lists can come along with it. What is left out it does not have. */
export interface Includable {
  readonly id: string
  /** Below `/api/v2`, such as `/pages/98400`. */
  readonly path: string
  readonly versions?: readonly { readonly authorId: string }[]
  readonly labels?: readonly Label[]
  readonly likes?: ReadonlySet<string>
  /** Makes the versions as they are shown, newest first. */
  readonly versionViews?: () => readonly unknown[]
  readonly operations: () => readonly unknown[]
  readonly children?: () => readonly unknown[]
  readonly isFavourite?: () => boolean
}

const asPeople = (ids: Iterable<string>): readonly unknown[] => [...ids].map((accountId) => ({ accountId }))

/** The lists that come along with a thing when they are asked for (recorded, F-CF-07, F-CF-13). */
export function includesOf(call: Call, thing: Includable): Record<string, unknown> {
  const { id, path, likes, labels, versions, versionViews, operations, children, isFavourite } = thing
  const asked = (name: string): boolean => call.query.flag(`include-${name}`)
  const people = new Set(versions?.map(({ authorId }) => authorId))
  return {
    ...(asked('collaborators') && { collaborators: asPeople(people) }),
    ...(likes &&
      asked('likes') && { likes: nested(`${path}/likes/users`, asPeople(likes), { count: likes.size }) }),
    ...(labels &&
      asked('labels') && {
        labels: nested(`${path}/labels`, visibleLabels(call, labels).map(labelView)),
      }),
    ...(asked('operations') && { operations: nested(`${path}/operations`, operations()) }),
    ...(asked('properties') && {
      properties: nested(`${path}/properties`, propertiesOf(call, id).map(propertyView)),
    }),
    ...(versionViews && asked('versions') && { versions: nested(`${path}/versions`, versionViews()) }),
    ...(children && asked('direct-children') && { directChildren: nested(`${path}/children`, children()) }),
    ...(isFavourite &&
      asked('favorited-by-current-user-status') && { isFavoritedByCurrentUser: isFavourite() }),
  }
}
