import { getViewers, getViews } from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import type { ContentView } from '../world/confluence-model.ts'
import { contentV1, refuseInputV1 } from './v1-answers.ts'

/** Looks at content on its page; reading it over the API does not count (inferred). */
function viewsOf(call: Call): { readonly id: number; readonly views: readonly ContentView[] } {
  const { id } = contentV1(call, call.path['contentId'])
  const given = call.query.text('fromDate')
  const from = given === undefined ? 0 : Date.parse(given)
  if (Number.isNaN(from)) return refuseInputV1('The fromDate is not a date')
  const views = [...call.site.confluence.views.values()].filter(
    ({ contentId, at }) => contentId === id && at >= from,
  )
  return { id: Number(id), views }
}

export const analyticsHandlers: readonly Served[] = [
  serve(getViews, ['fromDate'], (call) => {
    const { id, views } = viewsOf(call)
    return ok({ id, count: views.length })
  }),
  serve(getViewers, ['fromDate'], (call) => {
    const { id, views } = viewsOf(call)
    return ok({ id, count: new Set(views.map(({ accountId }) => accountId)).size })
  }),
]
