import { type AdfMark, type AdfNode, isNode, numberAttr } from '../document.ts'
import { isEqual } from '../equal.ts'
import { emptyParagraph } from '../fit/fitting.ts'
import { onlyInline } from '../fit/inline.ts'
import { type Decoration, formatDecoration } from '../notation.ts'
import { writeContainer } from './containers.ts'
import { addDecoration, decorationOf, isRegular } from './decorate.ts'
import { writeInlines } from './inlines.ts'
import { addLine, note, type Writer } from './writer.ts'

type WriteBlocks = (nodes: readonly AdfNode[], writer: Writer) => void

/** A table that bars can say: cells of one paragraph each, in rows of one length. */
interface Grid {
  readonly rows: readonly (readonly AdfNode[])[]
  readonly hasHeaderRow: boolean
  readonly hasHeaderColumn: boolean
}

/** Writes a table with bars where that says all, else as containers; in plain text always with bars. */
export function writeTable(node: AdfNode, writer: Writer, writeBlocks: WriteBlocks): void {
  if (writer.mode === 'plain') {
    writePlainTable(node, writer)
    return
  }
  const grid = gridOf(node, writer)
  if (grid) writeGrid(node, grid, writer)
  else writeContainer(node, writer, writeBlocks)
}

function gridOf(table: AdfNode, writer: Writer): Grid | undefined {
  const nodes = (table.content ?? []).filter(isNode)
  const rows = nodes.map((row) => (row.content ?? []).filter(isNode))
  const [first] = rows
  const width = first?.length ?? 0
  if (!first || width === 0) return undefined
  if (writer.mode === 'lossless' && !nodes.every(isRegular)) return undefined
  if (nodes.some((row) => row.type !== 'tableRow')) return undefined
  if (!rows.every((row) => row.length === width && row.every((cell) => isGridCell(cell, writer))))
    return undefined
  const hasHeaderRow = first.every(isHeader)
  const body = hasHeaderRow ? rows.slice(1) : rows
  const hasHeaderColumn = body.length > 0 && body.every((row) => row[0] !== undefined && isHeader(row[0]))
  const isEven = body.every((row) =>
    row.every((cell, column) => isHeader(cell) === (column === 0 && hasHeaderColumn)),
  )
  return isEven ? { rows, hasHeaderRow, hasHeaderColumn } : undefined
}

function isHeader(cell: AdfNode): boolean {
  return cell.type === 'tableHeader'
}

function isGridCell(cell: AdfNode, writer: Writer): boolean {
  if (cell.type !== 'tableCell' && cell.type !== 'tableHeader') return false
  const { colspan = 1, rowspan = 1 } = cell.attrs ?? {}
  const [paragraph = emptyParagraph, ...others] = seenOf(cell, writer)
  if (colspan !== 1 || rowspan !== 1 || paragraph?.type !== 'paragraph' || others.length > 0) return false
  return writer.mode !== 'lossless' || (isRegular(cell) && isRegular(paragraph))
}

/** The blocks of a cell that are written: an empty paragraph beside others is seen in the mode lossless alone. */
function seenOf(cell: AdfNode, writer: Writer): readonly AdfNode[] {
  const content = cell.content ?? []
  if (writer.mode === 'lossless') return content
  return content.filter((block) => block.type !== 'paragraph' || (block.content?.length ?? 0) > 0)
}

function writeGrid(table: AdfNode, grid: Grid, writer: Writer): void {
  const { rows, hasHeaderRow, hasHeaderColumn } = grid
  const width = rows[0]?.length ?? 0
  const marks = Array.from({ length: width }, (_, column) => columnMarks(rows, column))
  const texts = rows.map((row) => row.map((cell) => cellText(cell, writer)))
  const isEmptyHeader = hasHeaderRow && rows.length > 1 && rows[0]?.every(isEmptyCell) === true
  const notes: Decoration = {
    ...(isEmptyHeader && { headerRow: true }),
    ...(hasHeaderColumn && { headerColumn: true }),
  }
  if (writer.mode === 'lossless') {
    const decoration = { ...decorationOf(table), ...notes, ...gridDecoration(table, grid, marks) }
    if (Object.keys(decoration).length > 0) addDecoration(writer, decoration)
  } else if (Object.keys(notes).length > 0) addLine(writer, formatDecoration(notes))
  const [first = [], ...others] = texts
  addRow(writer, hasHeaderRow ? first : blanks(width))
  addLine(writer, `| ${marks.map(delimiter).join(' | ')} |`)
  for (const row of hasHeaderRow ? others : texts) addRow(writer, row)
}

/** Whether a reader finds nothing in a cell, as in all cells of a header row that only fills the place. */
function isEmptyCell(cell: AdfNode): boolean {
  return (cell.content ?? []).every((block) => (block.content?.length ?? 0) === 0)
}

function addRow(writer: Writer, cells: readonly string[]): void {
  addLine(writer, `| ${cells.join(' | ')} |`)
}

function cellText(cell: AdfNode, writer: Writer): string {
  return guardBars(writeInlines(seenOf(cell, writer)[0]?.content ?? [], writer, { oneLine: true }))
}

/** A reader takes one backslash from before each bar, and only then reads the text of the cell. */
function guardBars(text: string): string {
  return text.includes('|') ? text.replaceAll('|', String.raw`\|`) : text
}

/** The marks that all paragraphs of a column share, when they are one alignment. */
function columnMarks(rows: readonly (readonly AdfNode[])[], column: number): readonly AdfMark[] | undefined {
  const marks = rows[0]?.[column]?.content?.[0]?.marks
  if (marks?.length !== 1 || marks[0]?.type !== 'alignment') return undefined
  return rows.every((row) => isEqual(row[column]?.content?.[0]?.marks, marks)) ? marks : undefined
}

function delimiter(marks: readonly AdfMark[] | undefined): string {
  const align = marks?.[0]?.attrs?.['align']
  return align === 'center' ? ':-:' : align === 'end' ? '--:' : '---'
}

/** What is said about rows, cells and their paragraphs beyond the text. */
function gridDecoration(
  table: AdfNode,
  { rows, hasHeaderRow }: Grid,
  marks: readonly (readonly AdfMark[] | undefined)[],
): Pick<Decoration, 'cells' | 'rows'> {
  const own = (table.content ?? []).map((row) => decorationOf(row) ?? null)
  const cells = rows.map((row) => {
    const list = row.map((cell, column) => cellDecoration(cell, marks[column]))
    return list.some((entry) => entry !== null) ? list : null
  })
  // The empty header row that is written first counts as a row to the reader.
  const shift = hasHeaderRow ? [] : [null]
  return {
    ...(own.some((entry) => entry !== null) && { rows: [...shift, ...own] }),
    ...(cells.some((entry) => entry !== null) && { cells: [...shift, ...cells] }),
  }
}

function cellDecoration(cell: AdfNode, marks: readonly AdfMark[] | undefined): Decoration | null {
  const [paragraph] = cell.content ?? []
  const p = paragraph && decorationOf(paragraph, marks ? { marks } : {})
  const decoration = { ...decorationOf(cell), ...(p && { p }) }
  return Object.keys(decoration).length > 0 ? decoration : null
}

/** The most columns that a cell is given for those it spans. */
const widest = 20

/** In plain text a cell is one line whatever is in it, and what spans is said once. */
function writePlainTable(table: AdfNode, writer: Writer): void {
  const rows = table.content ?? []
  const texts = rows.map((row) => plainCells(row, writer))
  const width = texts.reduce((most, row) => Math.max(most, row.length), 0)
  if (width === 0) return
  const hasHeaderRow = rows[0]?.content?.every(isHeader) === true
  const [first = []] = texts
  addRow(writer, hasHeaderRow ? [...first, ...blanks(width - first.length)] : blanks(width))
  addLine(writer, `|${' --- |'.repeat(width)}`)
  for (const row of hasHeaderRow ? texts.slice(1) : texts) addRow(writer, row)
}

function plainCells(row: AdfNode, writer: Writer): readonly string[] {
  const cells: string[] = []
  for (const cell of row.content ?? []) {
    const nodes = onlyInline(cell.content ?? [], 'paragraph')
    cells.push(guardBars(writeInlines(nodes, writer, { oneLine: true })))
    const span = Math.min(numberAttr(cell, 'colspan') ?? 1, widest)
    if (span <= 1) continue
    note(writer, { code: 'lost', subject: 'colspan', message: 'Cells that span are shown once.' })
    cells.push(...blanks(Math.trunc(span) - 1))
  }
  return cells
}

function blanks(count: number): readonly string[] {
  return Array.from({ length: count }, () => '')
}
