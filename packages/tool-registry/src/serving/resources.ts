import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server'
import type { Server } from '@modelcontextprotocol/server'

import { variablesIn } from '../resource.ts'
import { textOf } from '../result.ts'
import { callInScope } from './scope.ts'
import type { CallingOptions, ServerScope } from './scope.ts'

/** Serves what can be read at an address. Nothing is listed one by one: there is no end to it. */
export function serveResources<Services>(
  server: Server,
  scope: ServerScope<Services>,
  options: CallingOptions<Services>,
): void {
  const { resources } = scope.view
  server.setRequestHandler('resources/list', () => ({ resources: [] }))
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: resources.map(
      ({ name, title, description, template, mimeType = 'text/markdown' }) => ({
        name,
        title,
        description,
        uriTemplate: template,
        mimeType,
      }),
    ),
  }))
  server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
    for (const { template, tool, preset, mimeType = 'text/markdown' } of resources) {
      const variables = variablesIn(uri, template)
      if (variables === undefined) continue
      const { signal } = context.mcpReq
      const args = { ...preset, ...variables }
      const result = await callInScope(
        scope,
        { name: tool, arguments: args, via: 'resources/read', signal },
        options,
      )
      if (result.isError) throw new ProtocolError(ProtocolErrorCode.InternalError, textOf(result))
      return { contents: [{ uri, mimeType, text: textOf(result) }] }
    }
    throw new ResourceNotFoundError(uri)
  })
}
