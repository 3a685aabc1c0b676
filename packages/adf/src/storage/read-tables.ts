import type { AdfNode } from '../document.ts'
import { hexOf, numberOf, styleOf } from './names.ts'
import type { ReadBlocks } from './read-macros.ts'
import { make, type StorageReading } from './reading.ts'
import { elementsOf, type XmlElement } from './xml.ts'

/** Reads a table; the widths of its columns are said by each cell in ADF. */
export function readTable(
  element: XmlElement,
  reading: StorageReading,
  readBlocks: ReadBlocks,
): readonly AdfNode[] {
  const rows: XmlElement[] = []
  const widths: (number | undefined)[] = []
  collect(element, rows, widths)
  // For each column, how many more rows the cell above reaches down into.
  const reach: number[] = []
  const content = rows.flatMap((row) => {
    const cells = elementsOf(row).filter((cell) => cell.name === 'td' || cell.name === 'th')
    let column = 0
    const read = cells.flatMap((cell) => {
      while ((reach[column] ?? 0) > 0) column += 1
      const colspan = span(cell.attrs['colspan'])
      const rowspan = span(cell.attrs['rowspan'])
      const own = widths.slice(column, column + colspan)
      for (let at = column; at < column + colspan; at += 1) reach[at] = rowspan
      column += colspan
      const attrs = {
        ...(colspan > 1 && { colspan }),
        ...(rowspan > 1 && { rowspan }),
        ...(own.length === colspan && own.every((width) => width !== undefined) && { colwidth: own }),
        ...background(cell),
      }
      return make(
        cell.name === 'th' ? 'tableHeader' : 'tableCell',
        { attrs, content: readBlocks(cell, reading) },
        reading,
      )
    })
    for (let at = 0; at < reach.length; at += 1) reach[at] = Math.max(0, (reach[at] ?? 0) - 1)
    return make('tableRow', { content: read }, reading)
  })
  const {
    'data-layout': layout,
    'ac:local-id': localId,
    'data-table-width': width,
    'data-table-display-mode': displayMode,
  } = element.attrs
  const isNumbered = element.attrs['class']?.split(' ').includes('numberingColumn') === true
  const attrs = {
    layout,
    localId,
    width: numberOf(width),
    displayMode,
    ...(isNumbered && { isNumberColumnEnabled: true }),
  }
  return make('table', { attrs, content }, reading)
}

/** The most columns or rows that a cell may claim; more is a mistake or an attack. */
const widest = 100

function span(text: string | undefined): number {
  return Math.min(widest, Math.max(1, Math.trunc(numberOf(text) ?? 1)))
}

function background(cell: XmlElement): { readonly background?: string } {
  const given = cell.attrs['data-highlight-colour'] ?? styleOf(cell.attrs['style']).get('background-color')
  return given === undefined || given === '' ? {} : { background: hexOf(given) ?? given }
}

function collect(element: XmlElement, rows: XmlElement[], widths: (number | undefined)[]): void {
  for (const child of elementsOf(element)) {
    if (child.name === 'tr') rows.push(child)
    else if (child.name === 'col') widths.push(numberOf(styleOf(child.attrs['style']).get('width')))
    else if (
      child.name === 'tbody' ||
      child.name === 'thead' ||
      child.name === 'tfoot' ||
      child.name === 'colgroup'
    )
      collect(child, rows, widths)
  }
}
