import * as z from 'zod'

import { ToolError } from '../tool-error.ts'
import type { ToolContext } from '../tool.ts'
import { toolFactory } from '../tool.ts'
import type { Tool } from '../tool.ts'
import type { Catalogue, FoundTool } from './catalogue.ts'
import { executorOf } from './execute.ts'
import { signatureOf } from './signature.ts'

const usual = 5
const most = 25

/** Finds what is not listed. */
export const discover: Tool<object> = toolFactory<object>()({
  name: 'discover',
  title: 'Find an operation',
  description:
    'Finds operations beyond the listed tools, with their arguments: boards, sprints, worklogs, attachments, versions, queues, permissions and all else. Run what it finds with executeRead, executeWrite or executeDestructive.',
  tier: 'read',
  product: 'platform',
  uses: [],
  accepts: { ignore: ['cloudId'], move: { name: 'query', maxResults: 'limit' } },
  input: z.strictObject({
    query: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe('What you want to do, in a few words, or the name of an operation.'),
    tier: z
      .enum(['read', 'write', 'delete', 'manage'])
      .optional()
      .describe('Only operations that reach so deep.'),
    product: z.enum(['jira', 'confluence', 'jsm']).optional().describe('Only operations of this product.'),
    limit: z.int().min(1).max(most).optional().describe(`How many. ${usual} by default.`),
  }),
  async run({ query, tier, product, limit = usual }, _services, context) {
    const catalogue = catalogueOf(context)
    const found = await catalogue.search({
      words: query,
      ...(tier !== undefined && { tier }),
      ...(product !== undefined && { product }),
    })
    if (found.length === 0) {
      throw new ToolError({
        code: 'not_found',
        message: 'Nothing that this connection may run goes by these words.',
        next: 'Try other words, such as the thing and what to do with it: "sprint close".',
      })
    }
    const shown = await Promise.all(found.slice(0, limit).map((tool) => described(tool, catalogue)))
    const rest = found.slice(limit, limit + most).map(({ name }) => name)
    return {
      text: shown.join('\n\n'),
      notes: rest.length === 0 ? [] : [`Less likely: ${rest.join(', ')}. Ask for one by its name.`],
    }
  },
})

function catalogueOf({ catalogue }: Pick<ToolContext, 'catalogue'>): Catalogue {
  if (catalogue !== undefined) return catalogue
  throw new ToolError({ code: 'unsupported', message: 'There is nothing here to look through.' })
}

async function described(tool: FoundTool, catalogue: Catalogue): Promise<string> {
  const { name, tier, description, listed } = tool
  const schema = await catalogue.describe(name)
  const how = listed ? 'call it by its name' : executorOf(tier)
  return [`${name} (${tier}; ${how})`, description, signatureOf(schema?.inputSchema ?? {})].join('\n')
}
