import { Parser } from 'htmlparser2'

/** A way on from a page: a link, or a button with the fields of its form. */
export interface Control {
  /** What a person reads on it. */
  readonly label: string
  readonly url: URL
  /** Absent for a link and for a form that is sent by GET. */
  readonly body?: URLSearchParams
}

/** What a person can do on a page without scripts. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly html: string
  /** The visible text, on one line. */
  readonly text: string
  readonly controls: readonly Control[]
}

interface Form {
  readonly action: string
  readonly method: string
  readonly fields: [name: string, value: string][]
}

interface Pending {
  readonly form?: Form
  readonly href?: string
  readonly field?: readonly [name: string, value: string]
  label: string
}

/** Reads links and forms of a page, with checked boxes and hidden fields, as a browser would send them. */
export function readPage(url: URL, status: number, html: string): Page {
  const pending: Pending[] = []
  const words: string[] = []
  const hidden = { depth: 0 }
  let form: Form | undefined
  let open: Pending | undefined
  const parser = new Parser({
    onopentag(name, attributes) {
      if (invisible.has(name)) hidden.depth += 1
      if (name === 'form')
        form = { action: attributes['action'] ?? '', method: attributes['method'] ?? 'get', fields: [] }
      if (name === 'input' && form) addInput(form, attributes)
      if (name === 'a' && attributes['href'] !== undefined)
        pending.push((open = { href: attributes['href'], label: '' }))
      if (name === 'button' && form && (attributes['type'] ?? 'submit') === 'submit') {
        const { name: field, value = '', formaction } = attributes
        const target = formaction === undefined ? form : { ...form, action: formaction }
        pending.push(
          (open = { form: target, label: '', ...(field !== undefined && { field: [field, value] }) }),
        )
      }
    },
    ontext(text) {
      if (hidden.depth > 0) return
      words.push(text)
      if (open) open.label += text
    },
    onclosetag(name) {
      if (invisible.has(name)) hidden.depth -= 1
      if (name === 'form') form = undefined
      if (name === 'a' || name === 'button') open = undefined
    },
  })
  parser.end(html)
  return {
    url,
    status,
    html,
    text: squeeze(words.join(' ')),
    controls: pending.map((each) => control(each, url)),
  }
}

const invisible = new Set(['script', 'style', 'head', 'title'])

const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

function addInput(
  form: Form,
  { type = 'text', name, value, checked }: Readonly<Record<string, string | undefined>>,
): void {
  if (name === undefined || type === 'submit') return
  const box = type === 'checkbox' || type === 'radio'
  if (!box || checked !== undefined) form.fields.push([name, value ?? (box ? 'on' : '')])
}

function control({ form, href, field, label }: Pending, base: URL): Control {
  const text = squeeze(label)
  if (form === undefined) return { label: text, url: new URL(href ?? '', base) }
  const url = new URL(form.action, base)
  const body = new URLSearchParams([...form.fields, ...(field ? [[...field]] : [])])
  if (form.method.toLowerCase() === 'post') return { label: text, url, body }
  url.search = String(body)
  return { label: text, url }
}
