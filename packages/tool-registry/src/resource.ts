import type { Completer } from './completion.ts'

/** Something to read at an address: the text of a reading tool, whose arguments stand in the address. */
export interface ResourceTemplate {
  readonly name: string
  readonly title: string
  readonly description: string
  /** Such as `jira://{cloudId}/issue/{issueIdOrKey}`: each variable is an argument of the tool and takes one segment. */
  readonly template: string
  /** The tool that reads it. */
  readonly tool: string
  /** Arguments that every reading has. */
  readonly preset?: Readonly<Record<string, unknown>>
  /** Default: `text/markdown`. */
  readonly mimeType?: string
  /** By variable. */
  readonly complete?: Readonly<Record<string, Completer>>
}

const variable = /\{([A-Za-z]\w*)\}/g

/** The values of the variables, when an address is of a template: each is one segment between fixed parts. */
export function variablesIn(uri: string, template: string): Readonly<Record<string, string>> | undefined {
  const [lead = '', ...rest] = template.split(/(?=\{)/)
  if (!uri.startsWith(lead)) return undefined
  const values: Record<string, string> = {}
  let at = lead.length
  for (const part of rest) {
    const end = part.indexOf('}')
    const [name, fixed] = [part.slice(1, end), part.slice(end + 1)]
    const until = /[/?#]|$/.exec(uri.slice(at))?.index ?? 0
    const value = decoded(uri.slice(at, at + until))
    at += until
    if (value === undefined || value === '' || !uri.startsWith(fixed, at)) return undefined
    values[name] = value
    at += fixed.length
  }
  return at === uri.length ? values : undefined
}

/** Undefined for an escape that stands for no character. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Such an address is none of ours.
    return undefined
  }
}

/** The address of one resource. Throws for a variable that is not given, which is a fault of the program. */
export function resourceUri(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(variable, (_match, name: string) => {
    const value = values[name]
    if (value === undefined) throw new TypeError(`The address ${template} needs ${name}.`)
    return encodeURIComponent(value)
  })
}
