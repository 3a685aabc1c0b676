import type { ContentType } from '@telamon/confluence'
import { ToolError } from '@telamon/tool-registry'

import type { ConfluenceSite } from '../define.ts'

/** What an address, an id or a title says of the content that is meant. */
export type Meant =
  | { readonly id: string; readonly type?: ContentType }
  | { readonly title: string; readonly spaceKey?: string }
  /** The home page of a space. */
  | { readonly homeOf: string }

const id = /^[1-9]\d{0,18}$/
const attachment = /^att[1-9]\d{0,18}$/

/** Kinds of content by the name they have in addresses. */
const kinds: Readonly<Record<string, ContentType>> = {
  pages: 'page',
  blog: 'blogpost',
  folder: 'folder',
  whiteboard: 'whiteboard',
  database: 'database',
  embed: 'embed',
}

const inSpace =
  /\/spaces\/[^/]+\/(pages|blog|folder|whiteboard|database|embed)\/(?:edit-v2\/|edit\/)?(?:\d+\/\d+\/\d+\/)?(\d+)/
const tiny = /\/x\/([\w-]{1,12})\/?$/
const display = /\/display\/([^/]+)\/([^/]+)\/?$/
const home = /\/spaces\/([^/]+)(?:\/overview)?\/?$/

/**
 * Reads how a caller names a content: an id, an address of any form, or else its title.
 *
 * @throws ToolError for an address on another site, or one that names no content.
 */
export function meantBy(text: string, site: Pick<ConfluenceSite, 'url' | 'name'>): Meant {
  if (id.test(text)) return { id: text }
  if (attachment.test(text)) return { id: text, type: 'attachment' }
  if (!text.includes('://') || !URL.canParse(text)) return { title: text }
  const address = new URL(text)
  if (isElsewhere(address, new URL(site.url))) {
    throw new ToolError({
      code: 'invalid_input',
      message: `The address leads to ${address.host}, and this call goes to the site ${site.name}.`,
      next: `Call again with cloudId ${address.origin}, or give the id of the content.`,
    })
  }
  const meant = inAddress(address)
  if (meant) return meant
  throw new ToolError({
    code: 'invalid_input',
    message: 'The address names no page or other content.',
    next: 'Give the id or the title, or find it with searchConfluence.',
  })
}

/** `…/pages/98400/Title`, `…?pageId=98400`, `…/x/YIAB`, `…/display/ENG/Title`, `…/spaces/ENG/overview`. */
function inAddress({ pathname, searchParams }: URL): Meant | undefined {
  const inQuery = searchParams.get('pageId') ?? searchParams.get('draftId')
  if (inQuery !== null && id.test(inQuery)) return { id: inQuery }
  const [, kind = '', number] = inSpace.exec(pathname) ?? []
  const type = kinds[kind]
  if (number !== undefined) return { id: number, ...(type && { type }) }
  const code = tiny.exec(pathname)?.[1]
  if (code !== undefined) return { id: idOfTiny(code) }
  const [, spaceKey, title] = display.exec(pathname) ?? []
  if (spaceKey !== undefined && title !== undefined)
    return { title: decoded(title.replaceAll('+', ' ')), spaceKey: decoded(spaceKey) }
  const homeOf = home.exec(pathname)?.[1]
  return homeOf === undefined ? undefined : { homeOf: decoded(homeOf) }
}

/** A tiny link holds the id in base64, the lowest byte first, without the zeros at its end. */
function idOfTiny(code: string): string {
  const bytes = Buffer.from(code, 'base64url')
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n).toString()
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign of its own.
    return text
  }
}

/** Whether an address is on another site of the same kind. A name of one's own may stand for any site. */
function isElsewhere(there: URL, here: URL): boolean {
  if (there.host === here.host) return false
  return there.hostname === here.hostname || parentOf(there) === parentOf(here)
}

const parentOf = ({ hostname }: URL): string => hostname.slice(hostname.indexOf('.'))
