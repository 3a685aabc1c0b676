import {
  getAvailableContentStates,
  getContentState,
  getContentStateSettings,
  getContentsWithState,
  getCustomContentStates,
  getSpaceContentStates,
  removeContentState,
  setContentState,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asInteger, asText } from '../http/value.ts'
import type { Content, ContentState } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { visibleContents } from './find.ts'
import { addVersion } from './lifecycle.ts'
import {
  bodyOfV1,
  contentV1,
  listReplyV1,
  ownSpaceV1,
  refuseInputV1,
  spaceV1,
  writableV1,
} from './v1-answers.ts'
import { contentView } from './v1-content.ts'
import { newest, timeOf } from './view.ts'

/** The states that every space begins with (documented in the product's help; ids inferred). */
const spaceStates: readonly ContentState[] = [
  { id: 0, name: 'Rough draft', color: '#ffc400' },
  { id: 1, name: 'In progress', color: '#2684ff' },
  { id: 2, name: 'Ready for review', color: '#57d9a3' },
]

const view = ({ id, name, color }: ContentState): unknown => ({ id, name, color })

/** The caller's own states, the newest first. */
function ownStates({ site, caller }: Call): readonly ContentState[] {
  return [...site.confluence.states.values()]
    .filter(({ ownerId }) => ownerId === caller.person?.accountId)
    .toReversed()
}

function stateOf({ site }: Call, { state }: Content): ContentState | undefined {
  if (!state) return undefined
  return (
    spaceStates.find(({ id }) => id === state.stateId) ?? site.confluence.states.get(String(state.stateId))
  )
}

/** The state of content and when it was set; neither when there is none (documented). */
function read(call: Call, content: Content): Reply {
  const state = stateOf(call, content)
  return ok({
    ...(state && { contentState: view(state) }),
    ...(content.state && { lastUpdated: timeOf(content.state.at) }),
  })
}

/** By id, or by name and colour, which make an own state where there is none like that (documented). */
function wantedState(call: Call): ContentState {
  const body = bodyOfV1(call)
  const id = asInteger(body['id'])
  if (id !== undefined) {
    const known = [...spaceStates, ...ownStates(call)].find((state) => state.id === id)
    return known ?? refuseInputV1(`There is no content state with the id ${id}`)
  }
  const [name, color] = [asText(body['name'])?.trim() ?? '', asText(body['color']) ?? '']
  if (name === '' || name.length > 20 || !/^#[0-9a-f]{6}$/i.test(color)) {
    return refuseInputV1('A content state needs a name of at most 20 characters and a colour such as #2684ff')
  }
  const known = ownStates(call).find((state) => state.name === name && state.color === color)
  if (known) return known
  const made: ContentState = {
    id: Number(nextId(call.world, 'contentState', call.site.cloudId)),
    name,
    color,
    ownerId: call.caller.person?.accountId ?? '',
  }
  call.site.confluence.states.set(String(made.id), made)
  return made
}

/** Publishes the content again without a change of its body, as the service does (documented). */
function publishAgain(call: Call, content: Content): void {
  const { title, body } = newest(content)
  addVersion(call, content, { title, body, message: '' })
}

function set(call: Call): Reply {
  const content = writableV1(call, call.path['id'])
  const state = wantedState(call)
  content.state = { stateId: state.id, at: call.clock.now() }
  publishAgain(call, content)
  return read(call, content)
}

function remove(call: Call): Reply {
  const content = writableV1(call, call.path['id'])
  delete content.state
  publishAgain(call, content)
  return read(call, content)
}

const mostSuggested = 3

export const stateHandlers: readonly Served[] = [
  serve(getContentState, ['status'], (call) => read(call, contentV1(call, call.path['id']))),
  serve(setContentState, ['status'], set),
  serve(removeContentState, ['status'], remove),
  serve(getAvailableContentStates, [], (call) => {
    writableV1(call, call.path['id'])
    return ok({
      spaceContentStates: spaceStates.map(view),
      customContentStates: ownStates(call).slice(0, mostSuggested).map(view),
    })
  }),
  serve(getCustomContentStates, [], (call) => ok(ownStates(call).map(view))),
  serve(getSpaceContentStates, [], (call) => {
    spaceV1(call, call.path['spaceKey'])
    return ok(spaceStates.map(view))
  }),
  serve(getContentStateSettings, [], (call) => {
    ownSpaceV1(call, call.path['spaceKey'])
    return ok({
      contentStatesAllowed: true,
      customContentStatesAllowed: true,
      spaceContentStatesAllowed: true,
      spaceContentStates: spaceStates.map(view),
    })
  }),
  serve(getContentsWithState, ['state-id', 'expand', 'limit', 'start'], (call) => {
    const space = spaceV1(call, call.path['spaceKey'])
    const wanted = call.query.integer('state-id', -1)
    const expand = new Set(call.query.list('expand'))
    const found = (['page', 'blogpost'] as const)
      .flatMap((type) => visibleContents(call, type))
      .filter(({ spaceId, status }) => spaceId === space.id && status === 'current')
      .filter(({ state }) => state?.stateId === wanted)
    return listReplyV1(call, found, { view: (content) => contentView(call, content, expand) })
  }),
]
