import { isBridgeError } from '../bridge-error.ts'
import type { Connection } from '../connection.ts'
import { membersOf } from '../json/members.ts'
import { objectIn, parseJsonObject, textIn } from '../json/object.ts'
import { resultOf, textOf } from '../message.ts'
import type { PendingRequest } from '../pending.ts'
import type { Access } from '../sign-in/access.ts'

/** The tool that stands in a host's list while a sign-in is due. */
export const signInTool = {
  name: 'sign_in',
  title: 'Sign in',
  description:
    'The server wants the person to sign in before anything else works. Call this to open the sign-in in a browser and to get its address; show the address to the person. A browser on another machine ends at an address that it cannot load: give that as redirect_url.',
  inputSchema: {
    type: 'object',
    properties: {
      redirect_url: {
        type: 'string',
        description: 'The address that a browser on another machine ended at, as the person copied it.',
      },
    },
    additionalProperties: false,
  },
  annotations: { readOnlyHint: true, openWorldHint: true },
} as const

/** A list of tools with the sign-in in front, followed by those that the server had last, from a raw result. */
export function toolsWithSignIn(cached: string | undefined): string {
  return `{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[${[JSON.stringify(signInTool), ...itemsOf(cached)].join(',')}]}`
}

function itemsOf(cached: string | undefined): readonly string[] {
  if (cached === undefined) return []
  const bytes = Buffer.from(cached)
  const tools = membersOf(bytes, { start: 0, end: bytes.length }).get('tools')
  const items = tools === undefined ? '' : textOf(bytes, tools).slice(1, -1).trim()
  return items === '' ? [] : [items]
}

/** What a call of the tool needs. */
export interface SignInCallOptions {
  readonly remote: URL
  readonly access: Access
  readonly connection: Connection
}

/** Answers a call of the tool: begins a sign-in, or says where the one that waits is. */
export async function callSignIn(
  { request, signal, answer }: PendingRequest,
  { remote, access, connection }: SignInCallOptions,
): Promise<void> {
  const say = (text: string): void =>
    answer(
      resultOf(request.id, JSON.stringify({ resultType: 'complete', content: [{ type: 'text', text }] })),
    )
  const { bytes, params } = request
  const given = objectIn(params && parseJsonObject(textOf(bytes, params)), 'arguments')
  const pasted = textIn(given, 'redirect_url')
  if (pasted !== undefined && !access.paste(pasted)) {
    return say(
      'This is not the answer to the sign-in that waits. Call the tool without redirect_url for its address.',
    )
  }
  try {
    if (pasted === undefined && access.state().kind !== 'none') await access.signIn({ signal })
    await connection.ready(signal)
    return say(`The person is signed in to ${remote.host}. List the tools again: they have changed.`)
  } catch (error) {
    if (!isBridgeError(error, 'sign_in_required')) throw error
    return say(error.message)
  }
}
