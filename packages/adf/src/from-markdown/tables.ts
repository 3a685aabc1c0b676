import type { AdfNode } from '../document.ts'
import type { Decoration } from '../notation.ts'
import { table } from '../table.ts'
import { decorate } from './attributes.ts'
import { type Build, closeFrame, type Frame, openFrame, type Step, top } from './frames.ts'
import { isOwnBlock } from './images.ts'
import { readInlines } from './inlines.ts'
import { attributeOf } from './tokens.ts'

/** The open table around a row or cell, and what its decoration says. */
function tableOf(build: Build): Frame | undefined {
  return build.frames.findLast((frame) => frame.type === 'table')
}

/** Opens the frame of a row, with what the table's decoration says about it. */
export function openRow({ build }: Step): void {
  const grid = tableOf(build)
  const row = grid?.content.length ?? 0
  openFrame(build, 'tableRow').decoration = entry(grid?.decoration?.rows, row)
}

/** Opens the frame of a cell: a header in the first row, and in the first column where the table says so. */
export function openCell({ build, token }: Step): void {
  const grid = tableOf(build)
  const row = grid?.content.length ?? 0
  const column = top(build).content.length
  const isHeader = token.tag === 'th' || (column === 0 && grid?.decoration?.headerColumn === true)
  const frame = openFrame(build, isHeader ? 'tableHeader' : 'tableCell')
  frame.decoration = entry(entry(grid?.decoration?.cells, row), column)
}

/** An element of a list that comes from outside and may be none. */
function entry<Item>(list: readonly (Item | null)[] | null | undefined, index: number): Item | undefined {
  return Array.isArray(list) ? (list[index] ?? undefined) : undefined
}

const alignments = table<string>({
  'text-align:center': 'center',
  'text-align:right': 'end',
})

/** Reads the text of a cell into its one paragraph, or into images. */
export function readCell({ build, tokens, token, index }: Step): void {
  const frame = top(build)
  const nodes = readInlines(token.content, build.reading)
  if (nodes.some(isOwnBlock)) {
    frame.content.push(...nodes)
    return
  }
  const align = alignments[attributeOf(tokens[index - 1], 'style') ?? '']
  const paragraph: AdfNode = {
    type: 'paragraph',
    content: nodes,
    ...(align !== undefined && { marks: [{ type: 'alignment', attrs: { align } }] }),
  }
  frame.content.push(decorate(paragraph, paragraphOf(frame.decoration), build.reading))
}

function paragraphOf(decoration: Decoration | undefined): Decoration | undefined {
  return decoration?.p
}

/** Closes a cell. */
export function closeCell({ build }: Step): void {
  closeFrame(build)
}

/** Closes a table; a first row of empty headers only says that there are none. */
export function closeTable({ build }: Step): void {
  const frame = top(build)
  const [first] = frame.content
  const isEmpty = first?.content?.every((cell) =>
    cell.content?.every((block) => (block.content?.length ?? 0) === 0),
  )
  if (isEmpty && frame.content.length > 1 && frame.decoration?.headerRow !== true) frame.content.shift()
  closeFrame(build)
}
