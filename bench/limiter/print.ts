import { printTable, short } from '../kit/report.ts'
import type { Row } from './turns.ts'
import { ratio } from './turns.ts'

/** Nanoseconds of processor time an operation; `x` against the base, above 1 is cheaper. */
export function printRows(title: string, rows: readonly Row[], base: string): void {
  const hasServer = rows.some(({ server }) => Number.isFinite(server))
  const hasTail = rows.some(({ p99 }) => Number.isFinite(p99))
  printTable(title, rows, [
    ['contender', ({ name }) => name],
    ['ns', ({ cost }) => short(cost)],
    ['x', ({ name }) => ratio(rows, { base, name }).toFixed(2)],
    ...(hasServer ? ([['server ns', ({ server }: Row) => short(server)]] as const) : []),
    ['per s', ({ perSecond }) => short(perSecond)],
    ...(hasTail
      ? ([
          ['p50 ms', ({ p50 }: Row) => short(p50)],
          ['p99 ms', ({ p99 }: Row) => short(p99)],
        ] as const)
      : []),
    ['foreign', ({ foreign }) => foreign.toFixed(2)],
  ])
}
