import { getArticles, getServiceDeskArticles } from '@telamon/jira/service-management'
import { cql, print } from '@telamon/query'

import { newest } from '../confluence/view.ts'
import { bodyText } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { findHits } from '../query/cql.ts'
import { excerpt } from '../query/excerpt.ts'
import type { Content } from '../world/confluence-model.ts'
import type { ServiceDesk } from '../world/service-model.ts'
import { deskOf, entersDesk } from './access.ts'
import { askerOf, refuseService, serviceAddress, servicePage } from './answers.ts'

/** The pages of the knowledge bases of desks that fit words, among those that the caller may read. */
function articlesOf(call: Call, desks: readonly ServiceDesk[], words: string): readonly Content[] {
  const spaces = desks.flatMap(({ knowledgeSpace }) => knowledgeSpace ?? [])
  if (spaces.length === 0) return []
  const found = findHits(call, print(cql`type = page AND space IN ${spaces} AND text ~ ${words}`))
  return found.ok ? found.hits.flatMap((hit) => (hit.kind === 'content' ? [hit.content] : [])) : []
}

/** An article of a knowledge base, with a piece of its text around the words (documented). */
function articleView(call: Call, content: Content, words: string): Record<string, unknown> {
  const { title, body } = newest(content)
  const marked = call.query.flag('highlight')
  const shown = { words: words.split(/\s+/), marked }
  return {
    title: marked ? excerpt(title, shown) : title,
    excerpt: excerpt(bodyText(body), shown),
    source: {
      type: 'confluence',
      pageId: content.id,
      spaceKey: call.site.confluence.spaces.get(content.spaceId)?.key ?? '',
    },
    content: { iframeSrc: serviceAddress(call, `knowledgebase/article/view/${content.id}`) },
  }
}

const search = (call: Call, desks: readonly ServiceDesk[]): Reply => {
  const words = call.query.text('query')?.trim() ?? refuseService(400, 'The parameter query is required.')
  return ok(servicePage(call, articlesOf(call, desks, words), (content) => articleView(call, content, words)))
}

export const articleHandlers: readonly Served[] = [
  serve(getArticles, ['query', 'highlight', 'start', 'limit'], (call) => {
    askerOf(call)
    return search(
      call,
      [...call.site.service.desks.values()].filter((desk) => entersDesk(call, desk)),
    )
  }),
  serve(getServiceDeskArticles, ['query', 'highlight', 'start', 'limit'], (call) =>
    search(call, [deskOf(call)]),
  ),
]
