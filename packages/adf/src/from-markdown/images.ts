import { type AdfNode, createNode, isRecord, textOf } from '../document.ts'
import { typedAttrs } from './attributes.ts'
import { isAllowedHref } from './links.ts'
import type { Reading } from './reading.ts'
import { attributeOf, type Token } from './tokens.ts'

/** Whether a line holds images, each alone or in a link, and nothing else. */
export function isImageLine(tokens: readonly Token[]): boolean {
  let images = 0
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'image') images += 1
    else if (token.type === 'link_open') {
      const braces = tokens[index + 2]?.type === 'braces' ? 1 : 0
      if (tokens[index + 1]?.type !== 'image' || tokens[index + 2 + braces]?.type !== 'link_close')
        return false
    } else if (token.type === 'text' ? token.content.trim() !== '' : !fillers.has(token.type)) return false
  }
  return images > 0
}

const fillers: ReadonlySet<string> = new Set(['braces', 'link_close', 'softbreak'])

interface ImageToken {
  readonly tokens: readonly Token[]
  readonly token: Token
  readonly index: number
  /** Whether the line holds nothing else, so that the image can be a block. */
  readonly alone: boolean
}

/** Reads an image; other tokens give nothing. */
export function readImage({ tokens, token, index, alone }: ImageToken, reading: Reading): readonly AdfNode[] {
  if (token.type !== 'image') return []
  const source = textOf(token.meta?.['source'])
  const alt = token.content
  const after = tokens[index + 1]
  const given = after?.type === 'braces' && isRecord(after.meta?.['attrs']) ? after.meta['attrs'] : {}
  const isAttachment = source.startsWith('attachment:')
  if (!alone)
    return isAttachment ? inlineMedia({ source, alt, given }, reading) : inlineLink(source, alt, reading)
  const attrs = isAttachment
    ? mediaAttrs({ id: source.slice('attachment:'.length), alt, given, type: 'media' }, reading)
    : externalAttrs({ source, alt, given }, reading)
  if (!attrs) return [createNode('paragraph', { content: inlineLink(source, alt, reading) })]
  const before = tokens[index - 1]
  const href = before?.type === 'link_open' ? (attributeOf(before, 'href') ?? '') : ''
  const title = textOf(token.meta?.['title'])
  const media = createNode('media', {
    attrs,
    ...(isAllowedHref(href) && { marks: [{ type: 'link', attrs: { href } }] }),
  })
  const caption: readonly AdfNode[] =
    title === '' ? [] : [{ type: 'caption', content: [{ type: 'text', text: title }] }]
  return [{ type: 'mediaSingle', attrs: { layout: 'center' }, content: [media, ...caption] }]
}

/** Whether a line was read as blocks: pictures that stand alone, or what became of them. */
export function isOwnBlock({ type }: AdfNode): boolean {
  return type === 'mediaSingle' || type === 'paragraph'
}

interface Attachment {
  readonly id: string
  readonly alt: string
  readonly given: Readonly<Record<string, unknown>>
  readonly type: 'media' | 'mediaInline'
}

/** The attributes of a file: what the text says, what the original document has, what the caller's resolver knows. */
export function mediaAttrs(
  { id, alt, given, type }: Attachment,
  reading: Reading,
): Readonly<Record<string, unknown>> | undefined {
  const remembered = reading.remember('media', id)
  const found = remembered ?? reading.options.resolveMedia?.(id)
  const said = alt === '' ? {} : { alt }
  const attrs = typedAttrs(
    type,
    { ...(type === 'media' && { type: 'file' }), id, ...found, ...said, ...given },
    reading,
  )
  return attrs['id'] !== undefined && attrs['collection'] !== undefined ? attrs : undefined
}

function externalAttrs(
  {
    source,
    alt,
    given,
  }: { readonly source: string; readonly alt: string; readonly given: Readonly<Record<string, unknown>> },
  reading: Reading,
): Readonly<Record<string, unknown>> | undefined {
  if (!/^https?:\/\//i.test(source)) return undefined
  return typedAttrs('media', { type: 'external', url: source, ...(alt !== '' && { alt }), ...given }, reading)
}

function inlineMedia(
  image: { readonly source: string; readonly alt: string; readonly given: Readonly<Record<string, unknown>> },
  reading: Reading,
): readonly AdfNode[] {
  const attrs = mediaAttrs(
    { ...image, id: image.source.slice('attachment:'.length), type: 'mediaInline' },
    reading,
  )
  return attrs ? [{ type: 'mediaInline', attrs }] : inlineLink(image.source, image.alt, reading)
}

/** An image where none can stand: a link to it. */
function inlineLink(source: string, alt: string, reading: Reading): readonly AdfNode[] {
  const text = alt === '' ? source : alt
  if (isAllowedHref(source)) {
    reading.warn(
      'media',
      'An image became a link: put it into a paragraph of its own, and name an attachment that is known.',
    )
    return [{ type: 'text', text, marks: [{ type: 'link', attrs: { href: source } }] }]
  }
  reading.note('refused', 'media', 'An image was kept as text: use an address with https, or attachment:ID.')
  return text === '' ? [] : [{ type: 'text', text }]
}
