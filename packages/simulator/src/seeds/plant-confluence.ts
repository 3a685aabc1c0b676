import { reading, ruling, writing } from '../confluence/grants.ts'
import { addContent, addLabel } from '../confluence/lifecycle.ts'
import { newest } from '../confluence/view.ts'
import { blank } from '../content/body.ts'
import { documentOf } from '../content/document.ts'
import type { Body, Content, Space, SpacePermission } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { holderOf, plantAround } from './plant-around.ts'
import { actor, fillIn, type Planting } from './planting.ts'
import type { PageStory, SiteStory, SpaceStory } from './story.ts'

/** Who may read, who may write, and the one who made the space, who may do everything. */
function permissionsOf(planting: Planting, { by, readers, writers }: SpaceStory): readonly SpacePermission[] {
  const { world, site } = planting
  const holder = (group: string | undefined): SpacePermission['principal'] => holderOf(planting, group)
  const owner: SpacePermission['principal'] = { type: 'user', id: planting.person(by).accountId }
  const wanted = [
    ...reading.map((operation) => ({ principal: holder(readers), operation })),
    ...writing.map((operation) => ({ principal: holder(writers ?? readers), operation })),
    ...[...reading, ...writing, ...ruling].map((operation) => ({ principal: owner, operation })),
  ]
  return wanted.map(({ principal, operation }) => ({
    id: nextId(world, 'permission', site.cloudId),
    principal,
    operation,
  }))
}

function bodyOf(planting: Planting, text: string): Body {
  return {
    representation: 'atlas_doc_format',
    value: JSON.stringify(documentOf(fillIn(planting, text), 'confluence')),
  }
}

/** A space with its pages, not yet written: links between pages need all of them to be there. */
function plantSpace(planting: Planting, story: SpaceStory): readonly (() => void)[] {
  const { world, site } = planting
  const who = actor(planting, story.by, story.at)
  const space: Space = {
    id: nextId(world, 'space', site.cloudId),
    key: story.key,
    name: story.name,
    type: 'global',
    status: 'current',
    description: story.description,
    authorId: who.caller.person?.accountId ?? '',
    createdAt: who.clock.now(),
    homepageId: null,
    permissions: permissionsOf(planting, story),
    roles: [],
    labels: [],
    routeOverride: true,
  }
  site.confluence.spaces.set(space.id, space)
  const home = addContent(who, {
    type: 'page',
    space,
    parentId: null,
    status: 'current',
    title: story.home.title,
    body: blank,
  })
  space.homepageId = home.id
  const writes = story.pages.map((page) => plantPage(planting, space, page))
  return [() => write(planting, home, story.home.text), ...writes]
}

/** Fills in the first version. */
function write(planting: Planting, content: Content, text: string): void {
  const [first] = content.versions
  if (first) content.versions[0] = { ...first, body: bodyOf(planting, text) }
}

function plantPage(planting: Planting, space: Space, story: PageStory): () => void {
  const who = actor(planting, story.by, story.at)
  const { type = 'page', title } = story
  const below = story.below === undefined ? space.homepageId : planting.page(story.below)?.id
  if (below === undefined) throw new Error(`'${title}' stands below '${story.below}', which is not there yet`)
  const parentId = type === 'blogpost' ? null : below
  const content = addContent(who, { type, space, parentId, status: 'current', title, body: blank })
  for (const name of story.labels ?? []) addLabel(planting, content, { prefix: 'global', name })
  for (const accountId of planting.ids(story.onlyFor ?? [])) {
    content.read.people.add(accountId)
    content.update.people.add(accountId)
  }
  for (const accountId of planting.ids(story.likes ?? [])) content.likes.add(accountId)
  return () => {
    write(planting, content, story.text)
    for (const { by, at, text, message = '' } of story.edits ?? []) {
      const editor = actor(planting, by, at)
      const last = newest(content)
      const authorId = editor.caller.person?.accountId ?? ''
      const changed = { number: last.number + 1, message, authorId, createdAt: editor.clock.now() }
      content.versions.push({ ...last, ...changed, body: bodyOf(planting, text) })
    }
    comments(planting, content, story)
  }
}

function comments(planting: Planting, content: Content, { comments: stories = [] }: PageStory): void {
  const { world, site } = planting
  for (const { by, at, text } of stories) {
    const { caller, clock } = actor(planting, by, at)
    const id = nextId(world, 'content', site.cloudId)
    const [authorId, createdAt] = [caller.person?.accountId ?? '', clock.now()]
    const version = {
      number: 1,
      message: '',
      minorEdit: false,
      authorId,
      createdAt,
      title: '',
      body: bodyOf(planting, text),
    }
    site.confluence.comments.set(id, {
      id,
      contentId: content.id,
      parentId: null,
      authorId,
      createdAt,
      kind: 'footer',
      likes: new Set(),
      versions: [version],
    })
  }
}

/** Plants the spaces of a site: first every page with its place, then what is written on them. */
export function plantConfluence(planting: Planting, { spaces, around }: SiteStory): void {
  const writes = spaces.flatMap((space) => plantSpace(planting, space))
  for (const finish of writes) finish()
  plantAround(planting, { spaces, around })
}
