/** Markup that is safe to send: made by {@link markup} alone. */
export interface Html {
  readonly html: string
}

/** What may stand in a hole of {@link markup}. Text is escaped; `undefined` and `false` are nothing. */
export type HtmlValue = string | number | Html | readonly Html[] | undefined | false

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes markup. Whatever text is put into a hole, also within a quoted attribute, stays text. */
export function markup(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: strings.reduce((html, part, index) => html + show(values[index - 1]) + part) }
}

/** Markup of our own that is not made of parts, such as a style sheet. Never for text from outside. */
export const trusted = (html: string): Html => ({ html })

function show(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => entities[character] ?? '')
  if (typeof value === 'number') return String(value)
  return 'html' in value ? value.html : value.map(({ html }) => html).join('')
}
