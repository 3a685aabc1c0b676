import { type AdfNode, isNode, textAttr, textOf } from '../document.ts'
import { isEqual } from '../equal.ts'
import { isAllowedHref } from '../from-markdown/links.ts'
import { formatBraces } from '../notation.ts'
import { inlineText } from '../plain-text.ts'
import { isUnspeakable } from './characters.ts'
import { addDecoration, decorationOf, escapeBlock } from './decorate.ts'
import { escapeLabel, formatAddress } from './leaves.ts'
import { addLine, type Writer } from './writer.ts'

/** Writes an image or file that is a block of its own. */
export function writeMediaSingle(node: AdfNode, writer: Writer): void {
  const [media, caption] = (node.content ?? []).filter(isNode)
  const source = media && mediaSource(media, caption, writer)
  if (source === undefined) {
    escapeBlock(node, writer)
    return
  }
  addDecoration(writer, decorationOf(node, { attrs: { layout: 'center' } }))
  addLine(writer, source)
}

/** A group of files has no form in Markdown; its members belong together, so it is kept whole. */
export function writeMediaGroup(node: AdfNode, writer: Writer): void {
  escapeBlock(node, writer)
}

function mediaSource(media: AdfNode, caption: AdfNode | undefined, writer: Writer): string | undefined {
  const isExternal = textAttr(media, 'type') === 'external'
  const { type, id, url, alt = '', localId, ...more } = media.attrs ?? {}
  const address = isExternal ? url : `attachment:${textOf(id)}`
  const title = captionTitle(caption, writer)
  const href = linkOf(media)
  if (typeof address !== 'string' || typeof alt !== 'string' || title === undefined || href === undefined)
    return undefined
  // eslint-disable-next-line no-control-regex -- line breaks and the like cannot stand in an address
  if (isUnspeakable(alt) || /[\u0000-\u0020\u007f]/.test(address) || !address.isWellFormed()) return undefined
  if (isExternal && !/^https?:\/\//i.test(address)) return undefined
  const rest =
    writer.mode === 'edit' ? {} : { ...more, localId, ...(!isExternal && type !== 'file' && { type }) }
  const braces: Record<string, number | string> = {}
  for (const [name, value] of Object.entries({ ...rest, ...(media.attrs?.['alt'] === '' && { alt: '' }) })) {
    if (value === undefined) continue
    if (typeof value !== 'string' && typeof value !== 'number') return undefined
    braces[name] = value
  }
  const suffix = formatBraces(braces)
  if (suffix === undefined) return undefined
  const quoted = title === '' ? '' : ` "${title.replaceAll(/["\\&]/g, '\\$&')}"`
  const image = `![${escapeLabel(alt)}](${formatAddress(address)}${quoted})${suffix}`
  return href === '' ? image : `[${image}](${formatAddress(href)})`
}

/** The caption as a title: empty without one, undefined when a title cannot say it. */
function captionTitle(caption: AdfNode | undefined, writer: Writer): string | undefined {
  if (!caption) return ''
  const text = inlineText(caption.content ?? [])
  // eslint-disable-next-line no-control-regex -- a title is one line
  if (/[\u0000-\u001f]/.test(text) || !text.isWellFormed()) return undefined
  const plain: AdfNode = { type: 'caption', content: [{ type: 'text', text }] }
  if (writer.mode === 'lossless' || text === '')
    return isEqual(caption, plain) && text !== '' ? text : undefined
  return text
}

/** The address that a media links to: empty without one, undefined when it has other marks. */
function linkOf(media: AdfNode): string | undefined {
  if (!media.marks) return ''
  const [link, ...others] = media.marks
  const { href, ...more } = link?.attrs ?? {}
  const isPlain = link?.type === 'link' && others.length === 0 && Object.keys(more).length === 0
  // eslint-disable-next-line no-control-regex -- line breaks and the like cannot stand in an address
  return isPlain && typeof href === 'string' && isAllowedHref(href) && !/[\u0000-\u001f\u007f]/.test(href)
    ? href
    : undefined
}
