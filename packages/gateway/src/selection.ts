import type { Selection } from '@telamon/tool-registry'

/** What a connection asked for, or why it cannot be understood. */
export type ReadSelection =
  | { readonly ok: true; readonly wanted: Selection }
  | { readonly ok: false; readonly words: string }

/** Most names in one request, over all members; longer lists are a mistake or an attack. */
const mostNames = 64

/** Shared by nearly all requests. */
const everything: ReadSelection = { ok: true, wanted: {} }

/**
 * Reads what a connection wants to see: from its address (`/readonly` at the end, `?readonly`, `?toolsets`, `?tools`) and
 * from `X-MCP-Readonly`, `X-MCP-Toolsets`, `X-MCP-Tools`. Each narrows: what both name is what is left. The server's
 * own limits come on top of it.
 */
export function readSelection(url: URL, headers: Headers, readOnlyPath: boolean): ReadSelection {
  const { searchParams } = url
  const given = {
    readonly: [searchParams.get('readonly'), headers.get('x-mcp-readonly')],
    toolsets: [searchParams.get('toolsets'), headers.get('x-mcp-toolsets')],
    tools: [searchParams.get('tools'), headers.get('x-mcp-tools')],
  }
  if (!readOnlyPath && Object.values(given).every((values) => values.every((value) => value === null))) return everything

  const flags = given.readonly.map(flagOf)
  if (flags.includes(undefined)) return refused('X-MCP-Readonly and ?readonly take true or false.')
  const readOnly = readOnlyPath || flags.includes(true)
  const toolsets = common(given.toolsets)
  const names = common(given.tools)
  if (toolsets === 'wrong') return refused(`X-MCP-Toolsets and ?toolsets ${listWords}`)
  if (names === 'wrong') return refused(`X-MCP-Tools and ?tools ${listWords}`)
  return {
    ok: true,
    wanted: { ...(readOnly && { readOnly }), ...(toolsets && { toolsets }), ...(names && { names }) },
  }
}

const listWords = `take names of letters, digits, hyphens and underscores with commas between them, at most ${mostNames}.`

function refused(words: string): ReadSelection {
  return { ok: false, words }
}

/** An empty value, as in `?readonly`, is a yes. Undefined: neither yes nor no. */
function flagOf(value: string | null): boolean | undefined {
  if (value === null) return false
  const flags: Readonly<Record<string, boolean>> = { '': true, '1': true, true: true, '0': false, false: false }
  return Object.hasOwn(flags, value.toLowerCase()) ? flags[value.toLowerCase()] : undefined
}

/** The names that all given lists have; undefined when none was given. */
function common(values: readonly (string | null)[]): readonly string[] | undefined | 'wrong' {
  const lists = values.filter((value) => value !== null).map(namesOf)
  if (lists.includes('wrong')) return 'wrong'
  const [first, ...others] = lists.filter((list) => list !== 'wrong')
  return first?.filter((name) => others.every((list) => list.includes(name)))
}

function namesOf(value: string): readonly string[] | 'wrong' {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.length <= mostNames && names.every((name) => /^[A-Za-z0-9_-]{1,64}$/.test(name)) ? names : 'wrong'
}
