import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { Server } from '@modelcontextprotocol/server'

import { nearest } from '../nearest.ts'
import { wrongWith } from '../prompt.ts'
import type { Prompt } from '../prompt.ts'
import type { ServerScope } from './scope.ts'

/** Serves the prompts whose tools may all be called. */
export function servePrompts<Services>(server: Server, { view: { prompts } }: ServerScope<Services>): void {
  server.setRequestHandler('prompts/list', () => ({
    prompts: prompts.map(({ name, title, description, arguments: args }) => ({
      name,
      title,
      description,
      arguments: args.map((argument) => ({
        name: argument.name,
        description: argument.description,
        required: argument.required === true,
      })),
    })),
  }))
  server.setRequestHandler('prompts/get', ({ params: { name, arguments: values = {} } }) => {
    const prompt = named(prompts, name)
    const wrong = wrongWith(prompt, values)
    if (wrong !== undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, wrong)
    return {
      description: prompt.description,
      messages: [{ role: 'user', content: { type: 'text', text: prompt.text(values) } }],
    }
  })
}

/** The prompt of that name. Throws -32602 with the nearest one. */
export function named(prompts: readonly Prompt[], name: string): Prompt {
  const found = prompts.find((prompt) => prompt.name === name)
  if (found !== undefined) return found
  const known = prompts.map((prompt) => prompt.name)
  const meant = nearest(name, known)
  const hint = meant === undefined ? `There are ${known.join(', ') || 'none'}.` : `Did you mean ${meant}?`
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `There is no prompt ${JSON.stringify(name.slice(0, 64))}. ${hint}`,
  )
}
