import { readBoundedText } from './bounded-body.ts'
import { refuse, type Refusal } from './errors.ts'

/** Parameters of a request, each at most once, but for those that may be repeated. */
export interface Parameters {
  readonly get: (name: string) => string | undefined
  /** All values of a parameter that may be repeated. */
  readonly all: (name: Repeatable) => readonly string[]
}

/** `resource` may be repeated by RFC 8707 section 2, `choice` and `group` are lists of boxes in forms of ours. */
type Repeatable = 'resource' | 'choice' | 'group'

const repeatable: ReadonlySet<string> = new Set<Repeatable>(['resource', 'choice', 'group'])
const longestForm = 64 * 1024
const longestParameter = 8 * 1024

/** Reads `application/x-www-form-urlencoded` from the body of a program's request. Nothing else is accepted. */
export async function readForm(
  request: Request,
): Promise<{ readonly ok: true; readonly form: Parameters } | Refusal> {
  if (new URL(request.url).search !== '') return refuse('query_parameters')
  if (mediaType(request) !== 'application/x-www-form-urlencoded') return refuse('content_type')
  const body = await readBoundedText(request.body, longestForm)
  if (!body.ok) return refuse(body.reason === 'too_large' ? 'body_too_large' : 'body_malformed')
  return readParameters(new URLSearchParams(body.text), longestParameter)
}

/** Reads parameters, refusing one that stands twice or is longer than `longest` characters. */
export function readParameters(
  search: URLSearchParams,
  longest: number,
): { readonly ok: true; readonly form: Parameters } | Refusal {
  const values = new Map<string, string>()
  for (const [name, value] of search) {
    if (value.length > longest) return refuse('parameter_too_long')
    if (values.has(name) && !repeatable.has(name)) return refuse('duplicate_parameter')
    values.set(name, value)
  }
  // RFC 6749 section 3.1: a parameter without a value counts as left out.
  const get = (name: string): string | undefined => values.get(name) || undefined
  const all = (name: Repeatable): readonly string[] => search.getAll(name).filter((value) => value !== '')
  return { ok: true, form: { get, all } }
}

/** The media type of a request, in lower case and without parameters. */
export const mediaType = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
