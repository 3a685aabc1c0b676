/** Markup that is safe to put into a page. */
export interface Html {
  readonly markup: string
}

type Hole = string | Html | readonly Html[] | false | undefined

/** Writes markup. What stands in a hole is text and is escaped, unless it is markup already. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return { markup: parts.map((part, index) => part + written(holes[index])).join('') }
}

function written(hole: Hole): string {
  if (hole === undefined || hole === false) return ''
  if (typeof hole === 'string') return escaped(hole)
  return 'markup' in hole ? hole.markup : hole.map(({ markup }) => markup).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
