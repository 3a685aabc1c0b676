import * as z from 'zod'

import type { Tier } from '../tiers.ts'
import { ToolError } from '../tool-error.ts'
import { toolFactory } from '../tool.ts'
import type { Tool } from '../tool.ts'

/** What an execute tool takes. */
export const ExecuteInput = z.strictObject({
  name: z.string().min(1).max(128).describe('As discover gave it.'),
  cloudId: z.string().max(256).optional().describe('Site: its URL or id.'),
  inputs: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Arguments of what is run, as discover showed them.'),
})

interface Executor {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly tier: Tier
  readonly tiers: readonly Tier[]
}

const executors: readonly Executor[] = [
  {
    name: 'executeRead',
    title: 'Run a reading operation',
    description: 'Runs a reading operation that discover found.',
    tier: 'read',
    tiers: ['read'],
  },
  {
    name: 'executeWrite',
    title: 'Run a writing operation',
    description: 'Runs a writing operation that discover found.',
    tier: 'write',
    tiers: ['write'],
  },
  {
    name: 'executeDestructive',
    title: 'Run a deleting or managing operation',
    description: 'Runs an operation that discover found and that deletes, or changes structure or access.',
    tier: 'delete',
    tiers: ['delete', 'manage'],
  },
]

/** The name of the tool that runs what is of a tier. */
export function executorOf(tier: Tier): string {
  return executors.find(({ tiers }) => tiers.includes(tier))?.name ?? 'executeRead'
}

const defineTool = toolFactory<object>()

/** One execute tool for each depth, so that a client can let one through and ask before another. */
export const executeTools: readonly Tool<object>[] = executors.map(
  ({ name, title, description, tier, tiers }) =>
    defineTool({
      name,
      title,
      description,
      tier,
      product: 'platform',
      uses: [],
      dispatch: { tiers },
      accepts: {
        move: {
          operation: 'name',
          toolName: 'name',
          arguments: 'inputs',
          input: 'inputs',
          dryRun: 'inputs.dryRun',
          confirmation: 'inputs.confirmation',
        },
        parse: ['inputs'],
      },
      input: ExecuteInput,
      run: () => {
        throw new ToolError({
          code: 'unsupported',
          message: `${name} runs other tools, and there are none here.`,
        })
      },
    }),
)
