import { objectIn } from '../json/object.ts'
import type { Limits } from '../limits.ts'
import type { Answer } from '../message.ts'
import { readMessage, resultOf, textOf } from '../message.ts'
import type { Era } from '../revisions.ts'
import { listings } from '../server-description.ts'
import type { Catalogue } from './catalogue.ts'
import { headerRules } from './header-rules.ts'
import { joinPages, nextCursorIn, withoutItems } from './list-pages.ts'
import type { ResultBudget } from './result-budget.ts'
import { withinBudget } from './result-budget.ts'
import type { ToolFilter } from './tool-filter.ts'

/** What happens to answers on their way to the host. */
export interface Refinement {
  /** An answer as the host gets it: lists whole and without hidden tools, results within the budget. */
  readonly refine: (answer: Answer, context: RefinementContext) => Promise<Answer>
  /** The raw result of a remembered list, without the tools that are hidden now. */
  readonly remembered: (method: string, result: string) => string
}

/** Of which request an answer is. */
interface RefinementContext {
  readonly method: string
  readonly era: Era
  /** Whether the request asked for one page in particular. */
  readonly hasCursor: () => boolean
  /** Asks for another page of the same list. */
  readonly page: (cursor: string) => Promise<Answer>
}

/** What a refinement is made of. */
export interface RefinementOptions {
  readonly filter: ToolFilter
  readonly catalogue: Catalogue
  /** Whether hosts get lists whole that a server gives in pages. */
  readonly mergesLists: boolean
  readonly budget?: ResultBudget
  readonly limits: Limits
}

/** Makes a refinement. */
export function createRefinement(options: RefinementOptions): Refinement {
  const { filter, catalogue, mergesLists, budget, limits } = options

  async function whole(first: Answer, member: string, { page }: RefinementContext): Promise<Answer> {
    const pages = [first]
    let size = first.bytes.length
    for (let cursor = nextCursorIn(first); cursor !== undefined && pages.length < limits.listPages;) {
      const next = await page(cursor)
      size += next.bytes.length
      if (!next.result || size > limits.answerBytes) break
      pages.push(next)
      const following = nextCursorIn(next)
      if (following === cursor) break
      cursor = following
    }
    return joinPages(pages, member)
  }

  function shown(answer: Answer, era: Era): Answer {
    if (answer.result) catalogue.learn(textOf(answer.bytes, answer.result))
    if (filter.isOpen && era === 'legacy') return answer
    return withoutItems(answer, 'tools', (tool) => {
      const isUsable = era === 'legacy' || headerRules(objectIn(tool, 'inputSchema')) !== undefined
      return isUsable && filter.permits(tool)
    })
  }

  return {
    async refine(answer, context) {
      const { method, era, hasCursor } = context
      if (!answer.result) return answer
      if (method === 'tools/call') return budget ? withinBudget(answer, budget) : answer
      const listing = Object.hasOwn(listings, method) ? listings[method] : undefined
      if (!listing) return answer
      const list = mergesLists && !hasCursor() ? await whole(answer, listing.member, context) : answer
      return method === 'tools/list' ? shown(list, era) : list
    },
    remembered(method, result) {
      if (method !== 'tools/list' || filter.isOpen) return result
      const answer = readMessage(resultOf('0', result))
      if (answer.kind !== 'answer') return result
      const kept = withoutItems(answer, 'tools', filter.permits)
      return kept.result ? textOf(kept.bytes, kept.result) : result
    },
  }
}
