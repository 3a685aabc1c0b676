import type { AdfNode } from '../document.ts'
import { settle } from '../fit/settle.ts'
import { readWikiLine } from './inlines.ts'
import type { WikiReading } from './reading.ts'

const marker = /^\s*([*#-]+)[ \t]+(?=\S)/

/** The marks before the text of an item: `*`, `#` or `-`, one for each level; undefined for other lines. */
export function itemMarker(line: string): string | undefined {
  const found = marker.exec(line)?.[1]
  // A row of dashes is a rule or a dash in a sentence.
  return found === undefined || /^-{2,}$/.test(found) ? undefined : found
}

interface Item {
  readonly kind: string
  readonly level: number
  readonly text: string
}

/** Reads lines that are items. Lines without a marker belong to the item above them. */
export function readList(lines: readonly string[], reading: WikiReading): readonly AdfNode[] {
  const items: Item[] = []
  for (const line of lines) {
    const found = itemMarker(line)
    const last = items.at(-1)
    if (found !== undefined) {
      const kind = found.endsWith('#') ? 'orderedList' : 'bulletList'
      items.push({ kind, level: Math.min(found.length, deepest), text: line.replace(marker, '') })
    } else if (last) items[items.length - 1] = { ...last, text: `${last.text}\n${line}` }
  }
  return readLevel(items, 1, reading)
}

const deepest = 40

function readLevel(items: readonly Item[], level: number, reading: WikiReading): readonly AdfNode[] {
  const lists: { kind: string; items: AdfNode[] }[] = []
  let index = 0
  while (index < items.length) {
    const item = items[index]
    if (!item) break
    let end = index + 1
    while (end < items.length && (items[end]?.level ?? 0) > level) end += 1
    // An item may begin deeper than the one above it.
    const isDeeper = item.level > level
    const inner = items.slice(isDeeper ? index : index + 1, end)
    const own: readonly AdfNode[] = isDeeper
      ? []
      : [{ type: 'paragraph', content: readWikiLine(item.text, reading) }]
    const content = [...own, ...(inner.length > 0 ? readLevel(inner, level + 1, reading) : [])]
    const nodes = settle({ type: 'listItem', content }, reading)
    const last = lists.at(-1)
    if (last?.kind === item.kind || (isDeeper && last)) last.items.push(...nodes)
    else lists.push({ kind: item.kind, items: [...nodes] })
    index = end
  }
  return lists.flatMap(({ kind, items: content }) =>
    settle({ type: kind, ...(kind === 'orderedList' && { attrs: { order: 1 } }), content }, reading),
  )
}

/** Reads lines that begin with a bar as a table: two bars before a header, one before a cell. */
export function readRows(lines: readonly string[], reading: WikiReading): readonly AdfNode[] {
  const rows = lines.map((line): AdfNode => ({ type: 'tableRow', content: readCells(line.trim(), reading) }))
  return settle({ type: 'table', content: rows }, reading)
}

function readCells(line: string, reading: WikiReading): readonly AdfNode[] {
  const cells: AdfNode[] = []
  let type = ''
  let text = ''
  const endCell = (): void => {
    if (type === '') return
    const content = readWikiLine(text.trim(), reading)
    cells.push(...settle({ type, content: [{ type: 'paragraph', content }] }, reading))
  }
  let brackets = 0
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index)
    if (character === '[' || character === '{') brackets += 1
    else if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1)
    const isBar = character === '|' && brackets === 0 && line.charAt(index - 1) !== '\\'
    if (isBar) {
      endCell()
      const isHeader = line.charAt(index + 1) === '|'
      if (isHeader) index += 1
      type = index + 1 < line.length ? (isHeader ? 'tableHeader' : 'tableCell') : ''
      text = ''
    } else text += character
  }
  endCell()
  return cells
}
