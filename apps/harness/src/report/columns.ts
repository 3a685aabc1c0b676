/** One column of a table for a terminal: its heading, and the text of its cell. */
export type Column<Row> = readonly [heading: string, cell: (row: Row) => string | number]

/** Rows as lines, with the headings first. Numbers are set right. */
export function linesOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly string[] {
  const cells = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, cell]) => String(cell(row)))),
  ]
  const right = columns.map(([, cell]) => rows.some((row) => typeof cell(row) === 'number'))
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)))
  return cells.map((line) =>
    line
      .map((text, index) =>
        right[index] === true ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
