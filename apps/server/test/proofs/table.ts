/** Columns of a table: a heading, and whether its cells stand to the right. */
export interface Column {
  readonly name: string
  readonly right?: boolean
}

/** A table for a terminal. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String))
  const widths = columns.map(({ name }, index) =>
    Math.max(name.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const line = (row: readonly string[]): string =>
    columns
      .map(({ right = false }, index) => {
        const [cell = '', width = 0] = [row[index], widths[index]]
        return right ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('──')
  return [line(columns.map(({ name }) => name)), rule, ...cells.map(line), rule].join('\n')
}
