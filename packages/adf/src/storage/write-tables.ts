import { type AdfNode, isNode, numberAttr, textAttr } from '../document.ts'
import { element, type StorageWriter } from './writing.ts'

type WriteBlocks = (nodes: readonly AdfNode[], writer: StorageWriter) => string

/** Writes a table; the widths of columns are taken from the first row. */
export function writeTable(node: AdfNode, writer: StorageWriter, writeBlocks: WriteBlocks): string {
  const rows = (node.content ?? []).filter(isNode)
  const width = numberAttr(node, 'width')
  const attrs = {
    class: node.attrs?.['isNumberColumnEnabled'] === true ? 'numberingColumn' : undefined,
    'data-layout': textAttr(node, 'layout') || undefined,
    'data-table-width': width,
    'data-table-display-mode': textAttr(node, 'displayMode') || undefined,
    'ac:local-id': textAttr(node, 'localId') || undefined,
  }
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      (row.content ?? [])
        .filter(isNode)
        .map((cell) => writeCell(cell, writer, writeBlocks))
        .join(''),
    ),
  )
  return element('table', attrs, columns(rows[0]) + element('tbody', {}, body.join('')))
}

function columns(row: AdfNode | undefined): string {
  const widths = (row?.content ?? []).flatMap((cell) => {
    const span = Math.min(100, Math.max(1, numberAttr(cell, 'colspan') ?? 1))
    const given: unknown = cell.attrs?.['colwidth']
    const own: readonly unknown[] = Array.isArray(given) ? given : []
    return Array.from({ length: Math.trunc(span) }, (_, index) => own[index])
  })
  if (!widths.some((width) => typeof width === 'number')) return ''
  const cols = widths.map((width) =>
    element('col', typeof width === 'number' ? { style: `width: ${width}px;` } : {}),
  )
  return element('colgroup', {}, cols.join(''))
}

function writeCell(cell: AdfNode, writer: StorageWriter, writeBlocks: WriteBlocks): string {
  const span = (name: string): number | undefined => {
    const value = numberAttr(cell, name) ?? 1
    return value === 1 ? undefined : value
  }
  const attrs = {
    colspan: span('colspan'),
    rowspan: span('rowspan'),
    'data-highlight-colour': textAttr(cell, 'background') || undefined,
  }
  return element(cell.type === 'tableHeader' ? 'th' : 'td', attrs, writeBlocks(cell.content ?? [], writer))
}
