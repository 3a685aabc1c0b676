import { membersOf } from './json/members.ts'
import { textOf } from './message.ts'

/** The tool that stands in a host's list while a sign-in is due. */
export const signInTool = {
  name: 'sign_in',
  title: 'Sign in',
  description:
    'The server wants the person to sign in before anything else works. Call this to open the sign-in in a browser and to get its address; show the address to the person.',
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
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
