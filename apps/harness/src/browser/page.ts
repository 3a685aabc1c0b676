import { Parser } from 'htmlparser2'

/** Something that a form sends: a hidden or filled field, or a box that a person can tick. */
export interface Field {
  readonly name: string
  readonly value: string
  readonly kind: 'given' | 'checkbox' | 'radio'
  /** Given fields are sent always, boxes only when they are ticked. */
  readonly ticked: boolean
  /** What a person reads beside it. */
  readonly label: string
}

/** A way on from a page: a link, or a button with the form around it. */
export interface Control {
  /** What a person reads on it. */
  readonly label: string
  readonly url: URL
  readonly method: 'get' | 'post'
  /** In document order, the button's own last. */
  readonly fields: readonly Field[]
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

interface Words {
  label: string
}

interface Form {
  readonly action: string
  readonly method: 'get' | 'post'
  readonly fields: (Omit<Field, 'label'> & { readonly words: Words })[]
}

interface Pending extends Words {
  readonly form: Form
  readonly own: Form['fields']
}

/** Reads links and forms of a page, as a browser would show them. */
export function readPage(url: URL, status: number, html: string): Page {
  const pending: Pending[] = []
  const text: string[] = []
  let unseen = 0
  let form: Form | undefined
  let pressable: Words | undefined
  let described: Words | undefined
  const parser = new Parser({
    onopentag(name, attributes) {
      if (invisible.has(name)) unseen += 1
      if (name === 'form') form = formOf(attributes)
      if (name === 'label') described = { label: '' }
      if (name === 'input') addInput(form, attributes, described)
      if (name === 'a' && attributes['href'] !== undefined) {
        const link: Form = { action: attributes['href'], method: 'get', fields: [] }
        pending.push({ form: link, own: [], label: '' })
        pressable = pending.at(-1)
      }
      if (name === 'button' && form && (attributes['type'] ?? 'submit') === 'submit') {
        pending.push(buttonOf(form, attributes))
        pressable = pending.at(-1)
      }
    },
    ontext(words) {
      if (unseen > 0) return
      text.push(words)
      for (const open of [pressable, described]) if (open) open.label += ` ${words}`
    },
    onclosetag(name) {
      if (invisible.has(name)) unseen -= 1
      if (name === 'form') form = undefined
      if (name === 'label') described = undefined
      if (name === 'a' || name === 'button') pressable = undefined
    },
  })
  parser.end(html)
  return {
    url,
    status,
    html,
    text: squeeze(text.join(' ')),
    controls: pending.map((each) => controlOf(each, url)),
  }
}

const invisible = new Set(['script', 'style', 'head', 'title', 'template'])

const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

type Attributes = Readonly<Record<string, string | undefined>>

function formOf({ action = '', method = 'get' }: Attributes): Form {
  return { action, method: method.toLowerCase() === 'post' ? 'post' : 'get', fields: [] }
}

function addInput(
  form: Form | undefined,
  { type = 'text', name, value, checked }: Attributes,
  described: Words | undefined,
): void {
  if (form === undefined || name === undefined || name === '' || silent.has(type)) return
  const words = described ?? { label: '' }
  if (type === 'checkbox' || type === 'radio')
    form.fields.push({ name, value: value ?? 'on', kind: type, ticked: checked !== undefined, words })
  else form.fields.push({ name, value: value ?? '', kind: 'given', ticked: true, words })
}

/** Sent only when pressed, or never. */
const silent = new Set(['submit', 'button', 'reset', 'image', 'file'])

function buttonOf(form: Form, { name, value = '', formaction }: Attributes): Pending {
  const target = formaction === undefined ? form : { ...form, action: formaction }
  const own =
    name === undefined ? [] : [{ name, value, kind: 'given' as const, ticked: true, words: { label: '' } }]
  return { form: target, own, label: '' }
}

function controlOf({ form, own, label }: Pending, base: URL): Control {
  return {
    label: squeeze(label),
    url: new URL(form.action, base),
    method: form.method,
    fields: [...form.fields, ...own].map(({ name, value, kind, ticked, words }) => ({
      name,
      value,
      kind,
      ticked,
      label: squeeze(words.label),
    })),
  }
}
