import { blank } from '../content/body.ts'
import type { Space } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import type { Site } from '../world/model.ts'
import { everybody, grant, reading, ruling, rulingToo, writing, writingToo } from './grants.ts'
import { addContent, type Author, purgeContent } from './lifecycle.ts'

/** What a new space is. */
export interface NewSpace {
  readonly key: string
  readonly name: string
  readonly description: string
  /** Whether only its maker may enter. */
  readonly isPrivate: boolean
}

/** Keys are letters and digits; those of people's own spaces begin with a tilde (documented). */
export function isSpaceKey(key: string): boolean {
  return /^~?[A-Za-z0-9]{1,255}$/.test(key)
}

/** A space by its key, whatever its case; whether anybody may see it is not looked at. */
export function spaceByKey({ confluence }: Site, key: string): Space | undefined {
  const wanted = key.toLowerCase()
  for (const space of confluence.spaces.values()) if (space.key.toLowerCase() === wanted) return space
  return undefined
}

/** Makes a space with a home page. Its maker may do everything, and unless it is private everybody else may write. */
export function addSpace(author: Author, { key, name, description, isPrivate }: NewSpace): Space {
  const { world, site, caller, clock } = author
  const authorId = caller.person?.accountId ?? ''
  const space: Space = {
    id: nextId(world, 'space', site.cloudId),
    key,
    name,
    type: key.startsWith('~') ? 'personal' : 'global',
    status: 'current',
    description,
    authorId,
    createdAt: clock.now(),
    homepageId: null,
    permissions: [],
    roles: [],
    labels: [],
    routeOverride: true,
  }
  site.confluence.spaces.set(space.id, space)
  if (!isPrivate) {
    grant(author, space, { principal: everybody, to: [...reading, ...writing, ...writingToo] })
  }
  grant(author, space, {
    principal: { type: 'user', id: authorId },
    to: [...reading, ...writing, ...writingToo, ...ruling, ...rulingToo],
  })
  const home = addContent(author, {
    type: 'page',
    space,
    parentId: null,
    status: 'current',
    title: `${name} Home`,
    body: blank,
  })
  space.homepageId = home.id
  return space
}

/** Takes a space out of the world with everything in it, which does not go to any trash (documented). */
export function purgeSpace(site: Site, space: Space): void {
  const { contents, spaces, properties, templates, watchers } = site.confluence
  for (const content of contents.values()) if (content.spaceId === space.id) purgeContent(site, content)
  for (const { id, spaceId } of templates.values()) if (spaceId === space.id) templates.delete(id)
  properties.delete(`space/${space.id}`)
  watchers.delete(`space/${space.key}`)
  spaces.delete(space.id)
}
