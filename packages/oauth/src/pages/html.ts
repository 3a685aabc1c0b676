/** Markup that is safe to send: made by {@link html} alone. */
export interface Html {
  readonly markup: string
}

/** What may stand in a hole of {@link html}. Text is escaped; `undefined` and `false` are nothing. */
export type HtmlValue = string | number | Html | readonly Html[] | undefined | false

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes markup. Whatever text is put into a hole, also within a quoted attribute, stays text. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: strings.reduce((markup, part, index) => markup + show(values[index - 1]) + part) }
}

/** Markup of our own that is not made of parts, such as a style sheet. Never for text from outside. */
export const trusted = (markup: string): Html => ({ markup })

function show(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => entities[character] ?? '')
  if (typeof value === 'number') return String(value)
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}
