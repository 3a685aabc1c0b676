import {
  deleteSpaceDefaultClassificationLevel,
  getBlogPostClassificationLevel,
  getClassificationLevels,
  getDatabaseClassificationLevel,
  getPageClassificationLevel,
  getSpaceDefaultClassificationLevel,
  getWhiteboardClassificationLevel,
  postBlogPostClassificationLevel,
  postDatabaseClassificationLevel,
  postPageClassificationLevel,
  postWhiteboardClassificationLevel,
  putBlogPostClassificationLevel,
  putDatabaseClassificationLevel,
  putPageClassificationLevel,
  putSpaceDefaultClassificationLevel,
  putWhiteboardClassificationLevel,
} from '@telamon/confluence/operations'
import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import type { Content, ContentType, Space } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { uuidOf } from '../world/random.ts'
import { contentOf, mayAround, spaceOf, subjectId } from './find.ts'
import { bodyOf, refuseInput, refuseMissing, refuseUnpermitted } from './refuse.ts'

/** Levels of confidentiality, which an organisation defines and every site of it shares (documented; ours are made up). */
const levels = [
  { name: 'Public', color: 'GREEN', description: 'For everybody.' },
  { name: 'Internal', color: 'BLUE', description: 'For the people of this company.' },
  { name: 'Confidential', color: 'ORANGE', description: 'For those who need it.' },
].map(({ name, color, description }, index) => ({
  id: uuidOf(`classification level ${name}`),
  status: 'PUBLISHED',
  order: index + 1,
  name,
  description,
  guideline: description,
  color,
}))

function levelOf(id: string | undefined): (typeof levels)[number] {
  return levels.find((level) => level.id === id) ?? refuseMissing('Classification level', id)
}

/** The level of a piece of content: its own, or that of its space. */
function read(call: Call, content: Content): Reply {
  return ok(
    levelOf(content.classificationId ?? call.site.confluence.spaces.get(content.spaceId)?.classificationId),
  )
}

function readId(call: Call): string {
  const id = asText(bodyOf(call)['id'])
  return levels.some((level) => level.id === id)
    ? (id ?? '')
    : refuseInput('The id of the classification level is missing or unknown')
}

function writable(call: Call, type: ContentType): Content {
  const content = contentOf(call, subjectId(call), { type, statuses: ['current', 'archived', 'draft'] })
  if (mayUpdate(call.caller, call.site, content)) return content
  return refuseUnpermitted('You do not have permission to edit this content')
}

/** A space that the caller administers. */
function ownSpace(call: Call): Space {
  const space = spaceOf(call, subjectId(call))
  if (mayAround(call, { spaceId: space.id }, { key: 'administer', target: 'space' })) return space
  return refuseUnpermitted('You do not have permission to administer this space')
}

/** The level of one kind of content: reading it, setting it, and going back to that of the space. */
interface LevelFamily {
  readonly type: ContentType
  readonly get: Operation<{ readonly query?: { readonly status?: unknown } }, unknown>
  readonly put: Operation<unknown, unknown>
  readonly reset: Operation<unknown, unknown>
}

const families: readonly LevelFamily[] = [
  {
    type: 'page',
    get: getPageClassificationLevel,
    put: putPageClassificationLevel,
    reset: postPageClassificationLevel,
  },
  {
    type: 'blogpost',
    get: getBlogPostClassificationLevel,
    put: putBlogPostClassificationLevel,
    reset: postBlogPostClassificationLevel,
  },
  {
    type: 'whiteboard',
    get: getWhiteboardClassificationLevel,
    put: putWhiteboardClassificationLevel,
    reset: postWhiteboardClassificationLevel,
  },
  {
    type: 'database',
    get: getDatabaseClassificationLevel,
    put: putDatabaseClassificationLevel,
    reset: postDatabaseClassificationLevel,
  },
]

export const classificationHandlers: readonly Served[] = [
  serve(getClassificationLevels, [], () => ok(levels)),
  serve(getSpaceDefaultClassificationLevel, [], (call) =>
    ok(levelOf(spaceOf(call, subjectId(call)).classificationId)),
  ),
  serve(putSpaceDefaultClassificationLevel, [], (call) => {
    ownSpace(call).classificationId = readId(call)
    return empty()
  }),
  serve(deleteSpaceDefaultClassificationLevel, [], (call) => {
    delete ownSpace(call).classificationId
    return empty()
  }),
  ...families.flatMap(({ type, get, put, reset }) => [
    serve(get, ['status'], (call) =>
      read(call, contentOf(call, subjectId(call), { type, statuses: ['current', 'archived', 'draft'] })),
    ),
    serve(put, [], (call) => {
      writable(call, type).classificationId = readId(call)
      return empty()
    }),
    serve(reset, [], (call) => {
      delete writable(call, type).classificationId
      return empty()
    }),
  ]),
]
