import * as z from 'zod'

import type { CallResult } from '../result.ts'
import { textOf } from '../result.ts'
import { ToolError } from '../tool-error.ts'
import { toolFactory } from '../tool.ts'
import type { Tool, ToolContext } from '../tool.ts'
import { oneLine } from '../untrusted.ts'
import { filledIn } from './references.ts'

const mostCalls = 20

const Step = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/, 'has to be 1 to 32 letters, digits, hyphens or underscores')
    .optional()
    .describe('To refer to its result later. Default: its number, from 1.'),
  name: z.string().min(1).max(128).describe('A tool, or an operation that discover found.'),
  inputs: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Its arguments. {{id.member}} stands for data of an earlier result.'),
})
type Step = z.output<typeof Step>

/** How one step ended. */
interface Done {
  readonly id: string
  readonly name: string
  readonly outcome: 'done' | 'failed' | 'skipped'
  readonly text: string
}

/** Several calls in one, in order. */
export const batch: Tool<object> = toolFactory<object>()({
  name: 'executeBatch',
  title: 'Run several calls at once',
  description: `Runs up to ${mostCalls} reading and writing calls in order and answers once; later ones can use results of earlier ones.`,
  tier: 'write',
  product: 'platform',
  uses: [],
  accepts: { parse: ['calls'] },
  input: z.strictObject({
    calls: z.array(Step).min(1).max(mostCalls).describe('In the order in which they run.'),
    onError: z.enum(['stop', 'continue']).optional().describe('After a failure. stop by default.'),
  }),
  async run({ calls, onError = 'stop' }, _services, { call, signal, progress }) {
    if (call === undefined)
      throw new ToolError({
        code: 'unsupported',
        message: 'A batch cannot run inside of another one.',
        next: 'Put its calls into the outer one.',
      })
    const steps = calls.map((step, index) => ({ ...step, id: step.id ?? String(index + 1) }))
    const twice = steps.find(({ id }, index) => steps.findIndex((step) => step.id === id) < index)
    if (twice !== undefined) {
      throw new ToolError({
        code: 'invalid_input',
        message: `Two calls have the id ${twice.id}.`,
        next: 'Give each its own.',
      })
    }
    const results = new Map<string, unknown>()
    const done: Done[] = []
    for (const [index, step] of steps.entries()) {
      const halted =
        signal.aborted || (onError === 'stop' && done.some(({ outcome }) => outcome === 'failed'))
      done.push(
        halted ? { ...step, outcome: 'skipped', text: 'Not called.' } : await taken(step, results, call),
      )
      progress?.({ progress: index + 1, total: steps.length, message: oneLine(step.name).slice(0, 64) })
    }
    const count = (wanted: Done['outcome']): number => done.filter(({ outcome }) => outcome === wanted).length
    const lines = done.map(
      ({ id, name, outcome, text }) => `## ${id}: ${oneLine(name).slice(0, 64)}: ${outcome}\n\n${text}`,
    )
    return {
      text: `${count('done')} done, ${count('failed')} failed, ${count('skipped')} not called.\n\n${lines.join('\n\n')}`,
      data: { calls: done.map(({ id, outcome }) => ({ id, outcome, data: results.get(id) })) },
    }
  },
})

async function taken(
  { id, name, inputs = {} }: Step & { readonly id: string },
  results: Map<string, unknown>,
  call: NonNullable<ToolContext['call']>,
): Promise<Done> {
  const args = filledIn(inputs, results)
  if (!args.ok) {
    const known = [...results.keys()].join(', ') || 'none yet'
    const text = `{{${args.missing}}} names no data of an earlier result. Results with data: ${known}. Nothing was changed.`
    return { id, name, outcome: 'failed', text }
  }
  const result: CallResult = await call(name, args.value)
  if (result.structuredContent !== undefined) results.set(id, result.structuredContent)
  return { id, name, outcome: result.isError === true ? 'failed' : 'done', text: textOf(result) }
}
