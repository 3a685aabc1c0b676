/** Text that may stand in a page as it is. */
export interface Html {
  readonly html: string
}

type Hole = Html | string | number | undefined | false | readonly Html[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for a page: what would be markup becomes letters. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter)
}

function fill(hole: Hole): string {
  if (hole === undefined || hole === false) return ''
  if (typeof hole === 'number') return String(hole)
  if (typeof hole === 'string') return escapeHtml(hole)
  return 'html' in hole ? hole.html : hole.map((part) => part.html).join('')
}

/** Markup with holes. What is put into a hole is escaped, unless it came from this tag itself. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return {
    html: parts.map((part, index) => part + (index < holes.length ? fill(holes[index]) : '')).join(''),
  }
}
