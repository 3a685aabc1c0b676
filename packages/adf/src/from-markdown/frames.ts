import type { AdfNode } from '../document.ts'
import { settle } from '../fit/settle.ts'
import type { Decoration } from '../notation.ts'
import { decorate } from './attributes.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'

/** A node that is open while its children are read. */
export interface Frame {
  /** The node's type; `fragment` when the frame itself is not kept. */
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content: AdfNode[]
  /** What a comment said about this node. */
  decoration: Decoration | undefined
  /** What a comment said about the next child. */
  next: Decoration | undefined
}

/** The frames that are open, outermost first, and the reading they belong to. */
export interface Build {
  readonly reading: Reading
  readonly frames: Frame[]
}

/** One token and where it stands. */
export interface Step {
  readonly build: Build
  readonly tokens: readonly Token[]
  readonly token: Token
  readonly index: number
}

const lists: ReadonlySet<string> = new Set(['bulletList', 'orderedList'])

/** Items whose id has to be there. */
const items: ReadonlySet<string> = new Set(['taskItem', 'decisionItem'])

function identify(item: AdfNode, decoration: Decoration | undefined, reading: Reading): AdfNode {
  const given = typeof decoration?.attrs?.['localId'] === 'string'
  return { ...item, attrs: { ...item.attrs, localId: given ? '' : reading.newId() } }
}

/** The innermost open frame. */
export function top(build: Build): Frame {
  return build.frames.at(-1) ?? root(build)
}

function root(build: Build): Frame {
  const frame: Frame = { type: 'doc', content: [], decoration: undefined, next: undefined }
  build.frames.push(frame)
  return frame
}

/** Opens a frame. It takes the decoration that waits for the next child of its parent. */
export function openFrame(build: Build, type: string, attrs?: Readonly<Record<string, unknown>>): Frame {
  const decoration = take(top(build))
  const frame: Frame = { type, content: [], decoration, next: undefined, ...(attrs && { attrs }) }
  build.frames.push(frame)
  return frame
}

/** The decoration that waits for the next child, which has then been used. */
export function take(frame: Frame): Decoration | undefined {
  const { next } = frame
  frame.next = undefined
  return next
}

/** Adds a finished node to the innermost frame, with what a comment said about it. */
export function addNode(build: Build, node: AdfNode): void {
  const frame = top(build)
  frame.content.push(decorate(node, take(frame), build.reading))
}

/** Closes the innermost frame: settles its node and hands the result to the one around it. */
export function closeFrame(build: Build): void {
  const frame = build.frames.pop()
  if (!frame) return
  const { reading } = build
  const { type, attrs, content, decoration } = frame
  const parent = top(build)
  if (type === 'fragment') {
    parent.content.push(...content)
    return
  }
  const bare: AdfNode = attrs ? { type, attrs, content } : { type, content }
  const node = items.has(type) ? identify(bare, decoration, reading) : bare
  // What a list or a task becomes shows when its children are sorted: the decoration is for the first of the results.
  if (lists.has(type) || items.has(type)) {
    for (const [index, settled] of settle(node, reading).entries()) {
      parent.content.push(index === 0 ? decorate(settled, decoration, reading) : settled)
    }
  } else {
    for (const settled of settle(decorate(node, decoration, reading), reading)) parent.content.push(settled)
  }
}
