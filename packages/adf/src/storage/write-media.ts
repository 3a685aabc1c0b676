import { type AdfMark, type AdfNode, numberAttr, textAttr } from '../document.ts'
import { table } from '../table.ts'
import { element, type StorageWriter } from './writing.ts'

/** A media with what stands around it when it is a block. */
interface Image {
  readonly media: AdfNode
  readonly single?: AdfNode
  readonly isInline?: boolean
  /** The caption, written already. */
  readonly caption?: string
}

/** Writes a media, in a line or as a block, as `ac:image`. */
export function writeImage(
  { media, single, isInline = false, caption }: Image,
  writer: StorageWriter,
): string {
  const width = single ? numberAttr(single, 'width') : undefined
  const isPixel = single ? textAttr(single, 'widthType') === 'pixel' : false
  const link: AdfMark | undefined = media.marks?.find((mark) => mark.type === 'link')
  const layout = single ? textAttr(single, 'layout', 'center') : undefined
  const attrs = {
    'ac:align': layout === undefined ? undefined : (aligns[layout] ?? 'center'),
    'ac:layout': layout,
    'ac:alt': alt(media),
    'ac:width': isPixel ? width : undefined,
    'ac:original-width': numberAttr(media, 'width'),
    'ac:original-height': numberAttr(media, 'height'),
    'ac:inline': isInline ? 'true' : undefined,
    'ac:href': link ? textAttr(link, 'href') : undefined,
  }
  const words = caption === undefined ? '' : element('ac:caption', {}, element('p', {}, caption))
  return element('ac:image', attrs, source(media, writer) + words)
}

const aligns = table<string>({
  'align-start': 'left',
  'align-end': 'right',
  'wrap-left': 'left',
  'wrap-right': 'right',
})

function alt(media: AdfNode): string | undefined {
  const given = media.attrs?.['alt']
  return typeof given === 'string' ? given : undefined
}

function source(media: AdfNode, writer: StorageWriter): string {
  if (textAttr(media, 'type') === 'external') return element('ri:url', { 'ri:value': textAttr(media, 'url') })
  const id = textAttr(media, 'id')
  // Without a collection the id is the file name, as `storageToAdf` left it.
  const name =
    writer.options.resolveMedia?.(id) ?? (textAttr(media, 'collection') === '' ? id : (alt(media) ?? id))
  return element('ri:attachment', { 'ri:filename': name })
}
