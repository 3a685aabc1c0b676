import * as z from 'zod'

/** What a client of the 2025 revisions says first. */
export const initialize = {
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'telamon-harness', version: '0.0.0' },
  },
} as const

export const ToolList = z.object({ tools: z.array(z.object({ name: z.string() })) })

const ToolResult = z.object({
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
  isError: z.boolean().optional(),
})

/** The text of a tool's answer. Throws when the tool refused. */
export function textOf(result: unknown): string {
  const { content, isError } = ToolResult.parse(result)
  const text = content.map((block) => block.text).join('\n')
  if (isError === true) throw new Error(`The tool refused: ${text}`)
  return text
}
