import {
  addSharePermission,
  changeFilterOwner,
  createFilter,
  deleteFavouriteForFilter,
  deleteFilter,
  deleteSharePermission,
  getColumns,
  getDefaultShareScope,
  getFavouriteFilters,
  getFilter,
  getFiltersPaginated,
  getMyFilters,
  getSharePermission,
  getSharePermissions,
  resetColumns,
  setColumns,
  setDefaultShareScope,
  setFavouriteForFilter,
  updateFilter,
} from '@telamon/jira/operations'
import { parseJql } from '@telamon/query'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Filter } from '../world/jira/sharing-model.ts'
import { administersJira } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { columnView, readColumns } from './columns.ts'
import { pageBean, windowOf } from './page.ts'
import { signedIn } from './rights.ts'
import { maySee, readShare, readShares, shareView } from './share-permissions.ts'
import { arranged, filterOf, personalOf } from './sharing.ts'
import { rest, userView } from './view.ts'

/** What filters look like in lists and by themselves (documented). */
function basics(call: Call, filter: Filter): Record<string, unknown> {
  const { id, name, description, jql, ownerId, favouriteOf } = filter
  return {
    self: rest(call, `filter/${id}`),
    id,
    name,
    description,
    owner: userView(call, ownerId),
    jql,
    viewUrl: `${call.links.site}/issues/?filter=${id}`,
    searchUrl: rest(call, `search?jql=${encodeURIComponent(jql)}`),
    favourite: favouriteOf.has(call.caller.person?.accountId ?? ''),
    favouritedCount: favouriteOf.size,
    sharePermissions: filter.share.map((share) => shareView(call, share)),
    editPermissions: filter.edit.map((share) => shareView(call, share)),
  }
}

const nobody = { size: 0, items: [], 'max-results': 1000, 'start-index': 0, 'end-index': 0 }

function view(call: Call, filter: Filter): Record<string, unknown> {
  return { ...basics(call, filter), sharedUsers: nobody, subscriptions: nobody }
}

const detailed =
  'description,favourite,favouritedCount,jql,owner,searchUrl,sharePermissions,editPermissions,viewUrl'.split(
    ',',
  )

/** In the search a filter shows what was asked for with `expand` (documented). */
function listed(call: Call, filter: Filter): Record<string, unknown> {
  const expand = new Set(call.query.list('expand'))
  const shown = basics(call, filter)
  const members = Object.entries(shown).filter(([name]) => !detailed.includes(name) || expand.has(name))
  return {
    expand: `${detailed.join(',')},subscriptions`,
    ...Object.fromEntries(members),
    ...(expand.has('subscriptions') && { subscriptions: [] }),
  }
}

function readJql(body: JsonObject): string | undefined {
  const jql = asText(body['jql'])
  const [error] = jql === undefined ? [] : parseJql(jql).errors
  if (error) refuse(jiraError(400, [error.message]))
  return jql
}

function checkName(call: Call, name: string, self?: Filter): string {
  const { accountId } = signedIn(call)
  const taken = [...call.site.jira.filters.values()].some(
    (one) => one !== self && one.ownerId === accountId && one.name.toLowerCase() === name.toLowerCase(),
  )
  return taken ? refuse(jiraError(400, [], { filterName: 'Filter with same name already exists.' })) : name
}

function create(call: Call): Reply {
  const { accountId } = signedIn(call)
  const body = bodyOf(call)
  const name = asText(body['name'])?.trim() ?? ''
  if (name === '')
    return jiraError(400, [], { filterName: 'You must specify a name to save this filter as.' })
  const jql = readJql(body) ?? ''
  const filter: Filter = {
    id: nextId(call.world, 'filter', call.site.cloudId),
    name: checkName(call, name),
    description: asText(body['description']) ?? '',
    jql,
    ownerId: accountId,
    favouriteOf: new Set(body['favourite'] === true ? [accountId] : []),
    share: readShares(call, body['sharePermissions']) ?? [],
    edit: readShares(call, body['editPermissions']) ?? [],
    columns: null,
  }
  const { defaultShareScope } = personalOf(call.site, accountId)
  if (filter.share.length === 0 && defaultShareScope !== 'PRIVATE') {
    filter.share = [readShare(call, { type: defaultShareScope.toLowerCase() })]
  }
  call.site.jira.filters.set(filter.id, filter)
  return ok(view(call, filter))
}

function update(call: Call): Reply {
  const filter = filterOf(call, call.path['id'], 'write')
  const body = bodyOf(call)
  const name = asText(body['name'])?.trim()
  const jql = readJql(body)
  const share = readShares(call, body['sharePermissions'])
  const edit = readShares(call, body['editPermissions'])
  if (name !== undefined && name !== '') filter.name = checkName(call, name, filter)
  if (jql !== undefined) filter.jql = jql
  filter.description = asText(body['description']) ?? filter.description
  if (share) filter.share = share
  if (edit) filter.edit = edit
  return ok(view(call, filter))
}

function favour(call: Call, favourite: boolean): Reply {
  const filter = filterOf(call, call.path['id'])
  const { accountId } = signedIn(call)
  if (favourite) filter.favouriteOf.add(accountId)
  else filter.favouriteOf.delete(accountId)
  return ok(view(call, filter))
}

function search(call: Call): Reply {
  const ids = call.query.list('id')
  const found = arranged(call, call.site.jira.filters.values(), 'filterName').filter(
    ({ id }) => ids.length === 0 || ids.includes(id),
  )
  const window = windowOf(call, 50, 100)
  const path = '/rest/api/3/filter/search'
  return ok(pageBean(call, found, { path, window, view: (filter) => listed(call, filter) }))
}

function changeOwner(call: Call): Reply {
  const filter = filterOf(call, call.path['id'])
  const { accountId } = signedIn(call)
  if (filter.ownerId !== accountId && !administersJira(call.caller, call.site)) {
    return jiraError(403, ['Only the owner and administrators can give a filter to somebody else.'])
  }
  const wanted = asText(bodyOf(call)['accountId']) ?? ''
  if (!call.site.members.has(wanted)) return jiraError(400, ['The user does not exist.'])
  filter.ownerId = wanted
  return empty()
}

const scopes = ['GLOBAL', 'AUTHENTICATED', 'PRIVATE'] as const

function setScope(call: Call): Reply {
  const { accountId } = signedIn(call)
  const given = bodyOf(call)['scope']
  const scope = scopes.find((one) => one === given)
  if (!scope) return jiraError(400, [`The scope has to be one of ${scopes.join(', ')}.`])
  personalOf(call.site, accountId).defaultShareScope = scope
  return ok({ scope })
}

/** A share of the filter in the address, by its number. */
function shareOf(call: Call, filter: Filter): Filter['share'][number] {
  const id = call.path['permissionId'] ?? ''
  const share = filter.share.find((one) => one.id === id)
  return share ?? refuse(jiraError(404, [`The share permission with id '${id}' does not exist.`]))
}

const shares = (call: Call, filter: Filter): readonly unknown[] =>
  filter.share.map((share) => shareView(call, share))

export const filterHandlers: readonly Served[] = [
  serve(createFilter, ['expand', 'overrideSharePermissions'], create),
  serve(getFilter, ['expand', 'overrideSharePermissions'], (call) =>
    ok(view(call, filterOf(call, call.path['id']))),
  ),
  serve(updateFilter, ['expand', 'overrideSharePermissions'], update),
  serve(deleteFilter, [], (call) => {
    const filter = filterOf(call, call.path['id'], 'write')
    call.site.jira.filters.delete(filter.id)
    return empty()
  }),
  serve(
    getFiltersPaginated,
    [
      ...(['filterName', 'accountId', 'owner', 'groupname', 'groupId', 'projectId', 'id'] as const),
      ...(['orderBy', 'startAt', 'maxResults', 'expand', 'overrideSharePermissions'] as const),
      'isSubstringMatch',
    ],
    search,
  ),
  serve(getFavouriteFilters, ['expand'], (call) => {
    const { accountId } = signedIn(call)
    const found = [...call.site.jira.filters.values()].filter(
      (filter) => filter.favouriteOf.has(accountId) && maySee(call, filter),
    )
    return ok(found.map((filter) => view(call, filter)))
  }),
  serve(getMyFilters, ['expand', 'includeFavourites'], (call) => {
    const { accountId } = signedIn(call)
    const favourites = call.query.flag('includeFavourites')
    const found = [...call.site.jira.filters.values()].filter(
      (filter) =>
        filter.ownerId === accountId ||
        (favourites && filter.favouriteOf.has(accountId) && maySee(call, filter)),
    )
    return ok(found.map((filter) => view(call, filter)))
  }),
  serve(setFavouriteForFilter, ['expand'], (call) => favour(call, true)),
  serve(deleteFavouriteForFilter, ['expand'], (call) => favour(call, false)),
  serve(changeFilterOwner, [], changeOwner),
  serve(getDefaultShareScope, [], (call) =>
    ok({ scope: personalOf(call.site, signedIn(call).accountId).defaultShareScope }),
  ),
  serve(setDefaultShareScope, [], setScope),
  serve(getSharePermissions, [], (call) => ok(shares(call, filterOf(call, call.path['id'])))),
  serve(getSharePermission, [], (call) =>
    ok(shareView(call, shareOf(call, filterOf(call, call.path['id'])))),
  ),
  serve(addSharePermission, [], (call) => {
    const filter = filterOf(call, call.path['id'], 'write')
    filter.share = [...filter.share, readShare(call, bodyOf(call))]
    return json(201, shares(call, filter))
  }),
  serve(deleteSharePermission, [], (call) => {
    const filter = filterOf(call, call.path['id'], 'write')
    const share = shareOf(call, filter)
    filter.share = filter.share.filter((one) => one !== share)
    return empty()
  }),
  serve(getColumns, [], (call) => {
    const { columns } = filterOf(call, call.path['id'])
    if (!columns) return jiraError(404, ['The filter has no columns of its own.'])
    return ok(columns.map((id) => columnView(call, id)))
  }),
  serve(setColumns, [], (call) => {
    const filter = filterOf(call, call.path['id'], 'write')
    filter.columns = readColumns(call)
    return { status: 200 }
  }),
  serve(resetColumns, [], (call) => {
    filterOf(call, call.path['id'], 'write').columns = null
    return empty()
  }),
]
