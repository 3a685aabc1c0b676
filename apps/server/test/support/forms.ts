/** A page that a browser shows. */
export interface Page {
  readonly url: URL
  readonly body: string
}

/** A form as it would be sent. */
export interface Sent {
  readonly action: URL
  readonly fields: URLSearchParams
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}
const plain = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp|#39);/g, (name) => entities[name] ?? '')

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plain(value)
}

/**
 * The form with the button of that label, as a person sends it who leaves everything as it is, but for `choose`: radio
 * buttons by name. Boxes are ticked, all of them.
 */
export function formWith(page: Page, label: RegExp, choose: Readonly<Record<string, string>> = {}): Sent {
  for (const [whole = '', inside = ''] of page.body.matchAll(/<form[^>]*>(.*?)<\/form>/gs)) {
    const button = [...inside.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].find(([, , words = '']) =>
      label.test(
        plain(words.replaceAll(/<[^>]*>/g, ' '))
          .replaceAll(/\s+/g, ' ')
          .trim(),
      ),
    )
    if (button === undefined) continue
    const fields = new URLSearchParams()
    for (const [tag] of inside.matchAll(/<input[^>]*>/g)) {
      const [name = '', value = '', kind = 'text'] = ['name', 'value', 'type'].map((each) =>
        attribute(tag, each),
      )
      const wanted = choose[name]
      const ticked = kind === 'radio' && wanted !== undefined ? value === wanted : / checked/.test(tag)
      if (kind === 'hidden' || kind === 'checkbox' || ticked) fields.append(name, value)
    }
    const [name, value] = ['name', 'value'].map((each) => attribute(button[1] ?? '', each))
    if (name !== undefined) fields.append(name, value ?? '')
    return { action: new URL(attribute(whole, 'action') ?? '', page.url), fields }
  }
  throw new Error(`No button ${label} at ${page.url.href}:\n${page.body}`)
}
