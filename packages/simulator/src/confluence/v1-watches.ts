import {
  addContentWatcher,
  addLabelWatcher,
  addSpaceWatcher,
  getContentWatchStatus,
  getWatchersForSpace,
  getWatchesForPage,
  getWatchesForSpace,
  isWatchingLabel,
  isWatchingSpace,
  removeContentWatcher,
  removeLabelWatcher,
  removeSpaceWatch,
} from '@telamon/confluence/v1'
import type { Operation } from '@telamon/rest'

import { avatarUrl } from '../auth/avatars.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import type { Person } from '../world/model.ts'
import { mayAround } from './find.ts'
import {
  checkToken,
  contentV1,
  isSiteAdmin,
  listReplyV1,
  refuseMissingV1,
  refuseRightV1,
  spaceV1,
} from './v1-answers.ts'

/** What can be watched: the key of its watchers in the world, and whose business others' watching is. */
interface Watched {
  readonly key: string
  readonly spaceId?: string
}

const content = (call: Call, id = call.path['contentId'] ?? call.path['id']): Watched => {
  const found = contentV1(call, id)
  return { key: `content/${found.id}`, spaceId: found.spaceId }
}

const space = (call: Call): Watched => {
  const found = spaceV1(call, call.path['spaceKey'])
  return { key: `space/${found.key}`, spaceId: found.id }
}

const label = ({ path }: Call): Watched => ({ key: `label/${path['labelName'] ?? ''}` })

/** Whose watching is meant: the caller's own, or for administrators anybody's (documented). */
function watcherOf(call: Call, { spaceId }: Watched): string {
  const own = call.caller.person?.accountId ?? ''
  const accountId = call.query.text('accountId') ?? own
  const rules =
    isSiteAdmin(call) ||
    (spaceId !== undefined && mayAround(call, { spaceId }, { key: 'administer', target: 'space' }))
  if (accountId !== own && !rules) refuseRightV1('Only administrators can look after what others watch')
  return call.site.members.has(accountId)
    ? accountId
    : refuseMissingV1(`No user found with account id: ${accountId}`)
}

function watchersOf({ site }: Call, { key }: Watched): ReadonlySet<string> {
  return site.confluence.watchers.get(key) ?? new Set()
}

function watch({ site }: Call, { key }: Watched, accountId: string): void {
  const { watchers } = site.confluence
  watchers.set(key, (watchers.get(key) ?? new Set()).add(accountId))
}

const names = ['key', 'username', 'accountId'] as const

interface WatchInput {
  readonly query?: { readonly [Name in (typeof names)[number]]?: unknown }
}

/** Watching one kind of thing: whether, begin, end. */
interface WatchFamily {
  readonly status: Operation<WatchInput, unknown>
  readonly add: Operation<WatchInput, unknown>
  readonly remove: Operation<WatchInput, unknown>
  readonly of: (call: Call) => Watched
}

const families: readonly WatchFamily[] = [
  {
    status: getContentWatchStatus,
    add: addContentWatcher,
    remove: removeContentWatcher,
    of: (call) => content(call),
  },
  { status: isWatchingSpace, add: addSpaceWatcher, remove: removeSpaceWatch, of: space },
  { status: isWatchingLabel, add: addLabelWatcher, remove: removeLabelWatcher, of: label },
]

/** A watcher, with more members than people have elsewhere (documented). */
function watcherView({ origins, caller }: Call, person: Person): Record<string, unknown> {
  const shown = !person.emailHidden || person.accountId === caller.person?.accountId
  return {
    type: 'known',
    accountId: person.accountId,
    accountType: person.accountType,
    email: shown ? person.email : '',
    publicName: person.displayName,
    profilePicture: { path: avatarUrl(origins, person), width: 48, height: 48, isDefault: false },
    displayName: person.displayName,
    operations: [],
    externalCollaborator: false,
    isExternalCollaborator: false,
    isGuest: false,
    personalSpace: {},
  }
}

function list(call: Call, watched: Watched, more: Readonly<Record<string, unknown>>): Reply {
  const people = [...watchersOf(call, watched)].flatMap((id) => call.world.people.get(id) ?? [])
  return listReplyV1(call, people, {
    limit: 200,
    view: (person) => ({ type: 'watch', watcher: watcherView(call, person), ...more }),
  })
}

export const watchHandlers: readonly Served[] = [
  ...families.flatMap(({ status, add, remove, of }) => [
    serve(status, names, (call) => {
      const watched = of(call)
      return ok({ watching: watchersOf(call, watched).has(watcherOf(call, watched)) })
    }),
    serve(add, names, (call) => {
      checkToken(call)
      const watched = of(call)
      watch(call, watched, watcherOf(call, watched))
      return empty()
    }),
    serve(remove, names, (call) => {
      checkToken(call)
      const watched = of(call)
      call.site.confluence.watchers.get(watched.key)?.delete(watcherOf(call, watched))
      return empty()
    }),
  ]),
  serve(getWatchesForPage, ['start', 'limit'], (call) => {
    const watched = content(call)
    return list(call, watched, { contentId: Number(watched.key.split('/')[1]) })
  }),
  serve(getWatchesForSpace, ['start', 'limit'], (call) => {
    const found = call.site.confluence.spaces.get(content(call).spaceId ?? '')
    const key = found?.key ?? ''
    return list(call, { key: `space/${key}` }, { spaceKey: key })
  }),
  serve(getWatchersForSpace, ['start', 'limit'], (call) => {
    const watched = space(call)
    return list(call, watched, { spaceKey: watched.key.split('/')[1] })
  }),
]
