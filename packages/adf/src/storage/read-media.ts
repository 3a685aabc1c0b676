import { type AdfNode, createNode } from '../document.ts'
import { isAllowedHref } from '../from-markdown/links.ts'
import { table } from '../table.ts'
import { numberOf } from './names.ts'
import { keepElement } from './read-macros.ts'
import { make, type StorageReading } from './reading.ts'
import { childOf, type XmlElement, type XmlNode } from './xml.ts'

const layouts = table<string>({
  left: 'align-start',
  right: 'align-end',
  center: 'center',
})

/** Reads a line of text. Handed in, since lines hold images and images hold captions. */
type ReadLine = (nodes: readonly XmlNode[], reading: StorageReading) => readonly AdfNode[]

/** Reads `ac:image` in a line. */
export function readInlineImage(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const attrs = mediaAttrs(element, reading)
  return attrs ? inlineImage(element, attrs, reading) : [keepElement(element, 'inlineExtension', reading)]
}

/** Reads `ac:image` as a block. */
export function readImage(
  element: XmlElement,
  reading: StorageReading,
  readLine: ReadLine,
): readonly AdfNode[] {
  const attrs = mediaAttrs(element, reading)
  if (!attrs) return [keepElement(element, 'extension', reading)]
  const width = numberOf(element.attrs['ac:width'])
  const given = element.attrs['ac:layout'] ?? layouts[element.attrs['ac:align'] ?? ''] ?? 'center'
  const layout = layouts[given] ?? given
  const caption = childOf(element, 'ac:caption')
  const href = element.attrs['ac:href'] ?? ''
  const media = createNode('media', {
    attrs,
    ...(isAllowedHref(href) && { marks: [{ type: 'link', attrs: { href } }] }),
  })
  const content = caption
    ? [media, ...make('caption', { content: readLine(captionNodes(caption), reading) }, reading)]
    : [media]
  const size = width === undefined ? {} : { width, widthType: 'pixel' }
  const [single] = make('mediaSingle', { attrs: { layout, ...size }, content }, reading)
  return single
    ? [
        single.attrs?.['layout'] === undefined
          ? { ...single, attrs: { ...single.attrs, layout: 'center' } }
          : single,
      ]
    : []
}

function captionNodes(caption: XmlElement): readonly XmlNode[] {
  const [paragraph] = caption.children
  const isWrapped = caption.children.length === 1 && paragraph?.kind === 'element' && paragraph.name === 'p'
  return isWrapped ? paragraph.children : caption.children
}

function mediaAttrs(
  element: XmlElement,
  reading: StorageReading,
): Readonly<Record<string, unknown>> | undefined {
  const file = childOf(element, 'ri:attachment')
  const url = childOf(element, 'ri:url')?.attrs['ri:value']
  const alt = element.attrs['ac:alt']
  const width = numberOf(element.attrs['ac:original-width'])
  const height = numberOf(element.attrs['ac:original-height'])
  const common = { ...(alt !== undefined && { alt }), ...(width && { width }), ...(height && { height }) }
  if (url !== undefined) return { type: 'external', url, ...common }
  const name = file?.attrs['ri:filename'] ?? ''
  // The file of another page has a page within it, which no media can name.
  if (!file || name === '' || file.children.some((child) => child.kind === 'element')) return undefined
  const found = reading.options.resolveMedia?.(name)
  if (!found)
    reading.warn('ac:image', 'Files are named by their file name in the place of an id: give resolveMedia.')
  return { type: 'file', id: name, collection: '', ...common, ...found }
}

function inlineImage(
  element: XmlElement,
  attrs: Readonly<Record<string, unknown>>,
  reading: StorageReading,
): readonly AdfNode[] {
  if (attrs['type'] === 'file') return [{ type: 'mediaInline', attrs }]
  const url = String(attrs['url'])
  if (!isAllowedHref(url)) return [keepElement(element, 'inlineExtension', reading)]
  reading.warn('ac:image', 'An image within a line became a link: ADF has none of another site there.')
  const text = typeof attrs['alt'] === 'string' && attrs['alt'] !== '' ? attrs['alt'] : url
  return [{ type: 'text', text, marks: [{ type: 'link', attrs: { href: url } }] }]
}
