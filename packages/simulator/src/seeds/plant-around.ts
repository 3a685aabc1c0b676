import { addAttachment } from '../confluence/files.ts'
import { everybody, grant, rulingToo, writingToo } from '../confluence/grants.ts'
import { addContent, addLabel } from '../confluence/lifecycle.ts'
import { noteView } from '../confluence/lifecycle.ts'
import { favourite, relationKey } from '../confluence/relations.ts'
import { spaceByKey } from '../confluence/space-creating.ts'
import { settleTasks } from '../confluence/task-list.ts'
import { newest } from '../confluence/view.ts'
import { blank } from '../content/body.ts'
import { documentOf } from '../content/document.ts'
import { markWords } from '../content/marking.ts'
import type { Body, Content, Space, SpacePermission } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { uuidOf } from '../world/random.ts'
import { actor, fillIn, type Planting } from './planting.ts'
import type { AroundStory, SpaceStory } from './story.ts'

/** Whom a story means by the name of a group; everybody when it names none. */
export function holderOf({ site }: Planting, group: string | undefined): SpacePermission['principal'] {
  if (group === undefined) return everybody
  const found = [...site.groups.values()].find(({ name }) => name === group)
  if (!found) throw new Error(`The story names the group '${group}', which is not there`)
  return { type: 'group', id: found.id }
}

function spaceAt({ site }: Planting, key: string): Space {
  const space = spaceByKey(site, key)
  if (!space) throw new Error(`The story names the space '${key}', which is not there`)
  return space
}

function pageAt({ page }: Planting, title: string): Content {
  const found = page(title)
  if (!found) throw new Error(`The story names the page '${title}', which is not there`)
  return found
}

function bodyOf(planting: Planting, text: string): Body {
  const document = documentOf(fillIn(planting, text), 'confluence')
  return { representation: 'atlas_doc_format', value: JSON.stringify(document) }
}

/** Notes the checkboxes of every page, as ticked by whoever wrote them. */
function tasks({ world, site }: Planting): void {
  for (const content of site.confluence.contents.values()) {
    const { authorId, createdAt } = newest(content)
    const person = world.people.get(authorId)
    settleTasks({ world, site, clock: { now: () => createdAt }, caller: { person, via: 'basic' } }, content)
  }
}

function items(planting: Planting, { items: stories }: AroundStory): void {
  for (const { type, title, space: key, by, at, address } of stories) {
    const space = spaceAt(planting, key)
    addContent(actor(planting, by, at), {
      type,
      space,
      parentId: space.homepageId,
      status: 'current',
      title,
      body: blank,
      ...(address !== undefined && { embedUrl: address }),
    })
  }
}

function files(planting: Planting, { files: stories }: AroundStory): void {
  for (const { on, name, mediaType, text, comment, by, at } of stories) {
    const bytes = new TextEncoder().encode(text)
    addAttachment(actor(planting, by, at), pageAt(planting, on), { name, mediaType, bytes, comment })
  }
}

function remarks(planting: Planting, { remarks: stories }: AroundStory): void {
  const { world, site } = planting
  for (const { on, words, text, by, at, settled } of stories) {
    const content = pageAt(planting, on)
    const version = newest(content)
    const { caller, clock } = actor(planting, by, at)
    const markerRef = uuidOf(`remark ${on} ${words}`)
    const { body } = markWords(version.body, { text: words, index: 0 }, markerRef)
    if (!body) throw new Error(`'${words}' is not on the page '${on}'`)
    content.versions[content.versions.length - 1] = { ...version, body }
    const [authorId, createdAt] = [caller.person?.accountId ?? '', clock.now()]
    const id = nextId(world, 'inlineComment', site.cloudId)
    const settler = settled && actor(planting, settled.by, settled.at)
    site.confluence.comments.set(id, {
      id,
      contentId: content.id,
      parentId: null,
      authorId,
      createdAt,
      kind: 'inline',
      likes: new Set(),
      versions: [
        {
          number: 1,
          message: '',
          minorEdit: false,
          authorId,
          createdAt,
          title: '',
          body: bodyOf(planting, text),
        },
      ],
      anchor: {
        markerRef,
        selection: words,
        status: settler ? 'resolved' : 'open',
        ...(settler && {
          modifierId: settler.caller.person?.accountId ?? '',
          modifiedAt: settler.clock.now(),
        }),
      },
    })
  }
}

function templates(planting: Planting, { templates: stories }: AroundStory): void {
  const { world, site } = planting
  for (const { name, description, text, space, blueprint } of stories) {
    const id = nextId(world, 'template', site.cloudId)
    site.confluence.templates.set(id, {
      id,
      name,
      description,
      body: bodyOf(planting, text),
      labels: [],
      ...(space !== undefined && { spaceId: spaceAt(planting, space).id }),
      ...(blueprint !== undefined && { blueprint }),
    })
  }
}

/** How watchers, favourites and views name what they are about. */
function thingOf(
  planting: Planting,
  { page, space }: { readonly page?: string; readonly space?: string },
): string {
  return page === undefined ? `space/${space ?? ''}` : `content/${pageAt(planting, page).id}`
}

function attention(planting: Planting, { watched, kept, looks, spaceLabels }: AroundStory): void {
  const { confluence } = planting.site
  for (const story of watched) {
    confluence.watchers.set(thingOf(planting, story), new Set(planting.ids(story.by)))
  }
  for (const { by, at, ...thing } of kept) {
    const { caller, clock } = actor(planting, by, at)
    const createdBy = caller.person?.accountId ?? ''
    const relation = {
      name: favourite,
      source: `user/${createdBy}`,
      target: thingOf(planting, thing),
      createdBy,
      createdAt: clock.now(),
    }
    confluence.relations.set(relationKey(relation), relation)
  }
  for (const { page, by, at } of looks) {
    const { caller, clock } = actor(planting, by, at)
    const accountId = caller.person?.accountId ?? ''
    noteView(planting, { contentId: pageAt(planting, page).id, accountId, at: clock.now() })
  }
  for (const { space, prefix, name } of spaceLabels) {
    addLabel(planting, spaceAt(planting, space), { prefix, name })
  }
}

/** Plants what stands around the pages, after all of them: what came later must not move what was there before. */
export function plantAround(
  planting: Planting,
  { spaces, around }: { readonly spaces: readonly SpaceStory[]; readonly around: AroundStory | undefined },
): void {
  tasks(planting)
  for (const { key, by, readers, writers } of spaces) {
    const space = spaceAt(planting, key)
    grant(planting, space, { principal: holderOf(planting, writers ?? readers), to: writingToo })
    const owner: SpacePermission['principal'] = { type: 'user', id: planting.person(by).accountId }
    grant(planting, space, { principal: owner, to: [...writingToo, ...rulingToo] })
  }
  if (!around) return
  items(planting, around)
  files(planting, around)
  remarks(planting, around)
  templates(planting, around)
  attention(planting, around)
}
