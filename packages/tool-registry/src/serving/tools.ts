import {
  acceptedContent,
  inputRequired,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server'
import type { CallToolResult, InputRequiredResult, Server, ServerContext } from '@modelcontextprotocol/server'
import * as z from 'zod'

import { admit } from '../admit.ts'
import { meantCall } from '../catalogue/dispatch.ts'
import { unknownTool } from '../named-call.ts'
import { confirmationIn } from '../policies/confirm.ts'
import type { AskedConfirmation } from '../policies/confirm.ts'
import type { Prepared } from '../prepared.ts'
import { problemResult } from '../problem.ts'
import { errorResult, inForm } from '../result.ts'
import type { CallResult } from '../result.ts'
import type { ProgressStep, ToolFacts } from '../tool.ts'
import { metaKeys } from '../wire.ts'
import type { CallingOptions, ServerScope } from './scope.ts'

/** Whom a server serves with tools. */
export interface ToolScope<Services> extends ServerScope<Services> {
  /** Whether its one call was admitted before it came here. */
  readonly admitted: boolean
}

/** What serving tools takes. */
export interface ToolsOptions<Services> extends CallingOptions<Services> {
  readonly prepared: Prepared<Services>
}

const question = 'agree'
const Agreement = z.object({ [question]: z.boolean().describe('Whether it may be done.') })

/** Serves the list of tools and their calls. */
export function serveTools<Services>(
  server: Server,
  { visit, view, admitted }: ToolScope<Services>,
  { prepared, run, ...admission }: ToolsOptions<Services>,
): void {
  server.setRequestHandler('tools/list', ({ params }) => {
    const page = view.page(params?.cursor)
    if (page === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'No page of this list has given that cursor.')
    const { tools, ...rest } = page
    return { tools: Array.from(tools, (tool) => ({ ...prepared.listing(tool, view.results) })), ...rest }
  })
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const named = view.get(params.name)
    if (named === undefined) {
      const known = view.listed.map(({ name }) => name)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, unknownTool(params.name, known))
    }
    const answer = inputResponse(context.mcpReq.inputResponses, question)
    if (
      answer.kind !== 'missing' &&
      acceptedContent(context.mcpReq.inputResponses, question, Agreement)?.[question] !== true
    )
      return wireResult(
        errorResult('Not done: the person did not agree. Nothing was changed. Do not ask again.'),
      )
    const meant = await meantCall(named, params.arguments, view)
    if (!meant.ok) return wireResult(problemResult(meant.problem, 'write'))
    const { resolved, arguments: args, via } = meant
    const refusal = admitted ? undefined : admit({ ...resolved, visit }, admission)
    if (refusal !== undefined) return wireResult(problemResult(refusal.problem, 'write'))
    const progress = progressOf(resolved.tool, context)
    const token = answer.kind === 'missing' ? undefined : context.mcpReq.requestState()
    const result = await run({
      ...resolved,
      ...(via !== undefined && { via }),
      arguments: args,
      visit,
      view,
      signal: context.mcpReq.signal,
      ...(progress && { progress }),
      ...(typeof token === 'string' && { confirmation: token }),
    })
    const asked = confirmationIn(result)
    if (asked !== undefined && canAsk(server, context)) return ask(asked)
    return wireResult(inForm(result, view.results))
  })
}

const Asking = z.looseObject({
  [metaKeys.clientCapabilities]: z.looseObject({ elicitation: z.looseObject({}) }),
})

/** Whether the client puts questions to its person. In the older era only a long connection knows. */
function canAsk(server: Server, { mcpReq: { envelope } }: ServerContext): boolean {
  if (envelope === undefined) return server.getClientCapabilities()?.elicitation !== undefined
  return Asking.safeParse(envelope).success
}

function ask({ token, message }: AskedConfirmation): InputRequiredResult {
  return inputRequired({
    inputRequests: { [question]: inputRequired.elicit({ message, requestedSchema: Agreement }) },
    requestState: token,
  })
}

/** Present when the tool reports and the caller gave a token. */
function progressOf(
  tool: ToolFacts,
  { mcpReq: { _meta: meta, notify } }: ServerContext,
): ((step: ProgressStep) => void) | undefined {
  const progressToken = meta?.progressToken
  if (tool.reportsProgress !== true || progressToken === undefined) return undefined
  return (step) => {
    // A caller who is gone hears nothing, and the run goes on.
    notify({ method: 'notifications/progress', params: { progressToken, ...step } }).catch(() => {})
  }
}

function wireResult({ content, structuredContent, isError, _meta }: CallResult): CallToolResult {
  return {
    content: Array.from(content, (block) => ({ ...block })),
    ...(structuredContent && { structuredContent }),
    ...(isError && { isError }),
    ...(_meta && { _meta: { ..._meta } }),
  }
}
