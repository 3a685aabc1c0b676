import { type AdfNode, isRecord, textOf } from '../document.ts'
import { timestampOf } from '../plain-text.ts'
import { typedAttrs } from './attributes.ts'
import { mediaAttrs } from './images.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'

const greys: ReadonlySet<string> = new Set(['gray', 'grey', 'default', ''])

/** Reads a directive that stands for a node; what cannot be read stays as its text. */
export function readDirective(token: Token, reading: Reading): readonly AdfNode[] {
  const name = textOf(token.meta?.['name'])
  const label = textOf(token.meta?.['label'])
  const found = token.meta?.['attrs']
  const given: Readonly<Record<string, unknown>> = isRecord(found) ? found : {}
  switch (name) {
    case 'status':
      return readStatus(label, given, reading)
    case 'date':
      return readDate(label, given, reading)
    case 'emoji':
      return [{ type: 'emoji', attrs: emojiAttrs(label, given, reading) }]
    case 'media':
      return readMedia(label, given, reading)
    default:
      return [{ type: 'placeholder', attrs: { ...typedAttrs('placeholder', given, reading), text: label } }]
  }
}

type Given = Readonly<Record<string, unknown>>

function readStatus(label: string, given: Given, reading: Reading): readonly AdfNode[] {
  if (label === '') {
    reading.note('lost', 'status', 'A status without text was left out.')
    return []
  }
  const color = textOf(given['color']).toLowerCase()
  const named = greys.has(color) ? { ...given, color: 'neutral' } : given
  return [
    { type: 'status', attrs: { color: 'neutral', ...typedAttrs('status', named, reading), text: label } },
  ]
}

function readDate(label: string, given: Given, reading: Reading): readonly AdfNode[] {
  const timestamp = timestampOf(label)
  const attrs = typedAttrs('date', { ...(timestamp !== undefined && { timestamp }), ...given }, reading)
  if (attrs['timestamp'] !== undefined) return [{ type: 'date', attrs }]
  reading.warn('date', 'A date was kept as text: write it as :date[2026-01-31].')
  return label === '' ? [] : [{ type: 'text', text: label }]
}

function emojiAttrs(label: string, given: Given, reading: Reading): Readonly<Record<string, unknown>> {
  const shortName = label.includes(':') ? label : `:${label}:`
  return { shortName, ...reading.remember('emoji', shortName), ...typedAttrs('emoji', given, reading) }
}

function readMedia(label: string, given: Given, reading: Reading): readonly AdfNode[] {
  const attrs = mediaAttrs({ id: textOf(given['id']), alt: label, given, type: 'mediaInline' }, reading)
  if (attrs) return [{ type: 'mediaInline', attrs }]
  reading.warn('mediaInline', 'A file was kept as text: its id or collection is not known.')
  return label === '' ? [] : [{ type: 'text', text: label }]
}

interface MentionTokens {
  readonly tokens: readonly Token[]
  readonly start: number
  readonly end: number
  readonly href: string
}

/** Reads `[@Name](accountid:ID)`. */
export function readMention(
  { tokens, start, end, href }: MentionTokens,
  reading: Reading,
): readonly AdfNode[] {
  let text = ''
  for (let index = start + 1; index < end; index += 1) {
    const token = tokens[index]
    text += token?.type === 'softbreak' ? ' ' : (token?.content ?? '')
  }
  const id = href.slice('accountid:'.length)
  const { resolveMention } = reading.options
  const resolved = resolveMention ? resolveMention(id, text) : { id }
  if (!resolved) {
    reading.warn('mention', 'A mention was kept as text: nobody with that account id is known.')
    return text === '' ? [] : [{ type: 'text', text }]
  }
  const label = resolved.text ?? text
  const after = tokens[end + 1]
  const more = after?.type === 'braces' && isRecord(after.meta?.['attrs']) ? after.meta['attrs'] : {}
  const attrs = {
    id: resolved.id,
    ...reading.remember('mention', resolved.id),
    ...(label !== '' && { text: label }),
    ...typedAttrs('mention', more, reading),
  }
  return [{ type: 'mention', attrs }]
}
