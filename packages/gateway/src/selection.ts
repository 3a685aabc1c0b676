import { resultForms } from '@telamon/tool-registry'
import type { Selection } from '@telamon/tool-registry'
import * as z from 'zod'

/** What a connection asked for, or why it cannot be understood. */
export type ReadSelection =
  | { readonly ok: true; readonly wanted: Selection }
  | { readonly ok: false; readonly words: string }

/** Most names in one list; longer ones are a mistake or an attack. */
const mostNames = 64

/** An empty value, as in `?readonly`, is a yes. */
const Flag = z.stringbool({ truthy: ['', '1', 'true'], falsy: ['0', 'false'] })

const Names = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .transform((names) => names.filter((name) => name !== ''))
  .pipe(z.array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)).max(mostNames))

const Flags = z.array(Flag)
const Lists = z.array(Names)
const Forms = z.array(z.enum(resultForms))

const everything: ReadSelection = { ok: true, wanted: {} }

/**
 * Reads what a connection wants to see: from its address (`/readonly` at the end, `?readonly`, `?toolsets`, `?tools`) and
 * from `X-MCP-Readonly`, `X-MCP-Toolsets`, `X-MCP-Tools`; and how answers are given, from `?results` or `X-MCP-Results`. Each narrows: of two lists the names in both are left. `all` in
 * place of names lists every tool, those of the catalogue too. The server's own limits come on top of it.
 */
export function readSelection(url: URL, headers: Headers, readOnlyPath: boolean): ReadSelection {
  const given = (name: string): readonly string[] =>
    [url.searchParams.get(name), headers.get(`x-mcp-${name}`)].filter((value) => value !== null)
  const [readonly, toolsets, tools] = [given('readonly'), given('toolsets'), given('tools')]
  const results = given('results')
  const said = readonly.length + toolsets.length + tools.length + results.length
  if (!readOnlyPath && said === 0) return everything

  const flags = Flags.safeParse(readonly)
  if (!flags.success) return { ok: false, words: 'X-MCP-Readonly and ?readonly take true or false.' }
  const [sets, names] = [Lists.safeParse(toolsets), Lists.safeParse(tools)]
  if (!sets.success) return { ok: false, words: `X-MCP-Toolsets and ?toolsets ${listWords}` }
  if (!names.success) return { ok: false, words: `X-MCP-Tools and ?tools ${listWords}` }
  const forms = Forms.safeParse(results)
  if (!forms.success) return { ok: false, words: 'X-MCP-Results and ?results take text, data or both.' }
  const [form] = forms.data
  const wanted = {
    ...(form !== undefined && { results: form }),
    ...((readOnlyPath || flags.data.includes(true)) && { readOnly: true }),
    ...(sets.data.length > 0 && { toolsets: inAll(sets.data) }),
    ...namedTools(names.data),
  }
  return { ok: true, wanted }
}

const listWords = `take names of letters, digits, hyphens and underscores with commas between them, at most ${mostNames}.`

/** The word for every tool there is, instead of names. */
const everyTool = 'all'

function namedTools(lists: readonly (readonly string[])[]): Pick<Selection, 'names' | 'flat'> {
  const naming = lists.filter((list) => !list.includes(everyTool))
  return {
    ...(naming.length < lists.length && { flat: true }),
    ...(naming.length > 0 && { names: inAll(naming) }),
  }
}

function inAll([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((name) => others.every((list) => list.includes(name)))
}
