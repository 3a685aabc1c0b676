import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { CompleteRequestParams, Server } from '@modelcontextprotocol/server'

import { completionOf } from '../completion.ts'
import type { Completer } from '../completion.ts'
import { named } from './prompts.ts'
import { callInScope } from './scope.ts'
import type { CallingOptions, ServerScope } from './scope.ts'

/** Serves suggestions for the values of prompts and of addresses. A value without a completer has none. */
export function serveCompletions<Services>(
  server: Server,
  scope: ServerScope<Services>,
  options: CallingOptions<Services>,
): void {
  server.setRequestHandler('completion/complete', async ({ params }, context) => {
    const complete = completerOf(params, scope)
    if (complete === undefined) return { completion: completionOf([]) }
    const { signal } = context.mcpReq
    const values = await complete(params.argument.value, {
      given: params.context?.arguments ?? {},
      call: (name, args) =>
        callInScope(scope, { name, arguments: args, via: 'completion/complete', signal }, options),
    })
    return { completion: completionOf(values) }
  })
}

function completerOf<Services>(
  { ref, argument }: CompleteRequestParams,
  { view: { prompts, resources } }: ServerScope<Services>,
): Completer | undefined {
  if (ref.type === 'ref/prompt') {
    return named(prompts, ref.name).arguments.find(({ name }) => name === argument.name)?.complete
  }
  const resource = resources.find(({ template }) => template === ref.uri)
  if (resource === undefined) {
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      'There is no such address: see resources/templates/list.',
    )
  }
  return resource.complete?.[argument.name]
}
