import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, type } from 'node:os'
import { dirname } from 'node:path'

import type { Row } from './turns.ts'

export function short(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)}M`
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)}k`
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '-'
}

export type Column<Item> = readonly [heading: string, text: (item: Item) => string]

/** The first column is set left, the others right. */
export function printTable<Item>(
  title: string,
  items: readonly Item[],
  columns: readonly Column<Item>[],
): void {
  const lines = [
    columns.map(([heading]) => heading),
    ...items.map((item) => columns.map(([, text]) => text(item))),
  ]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  console.log(`\n${title}`)
  for (const line of lines) {
    const cells = line.map((cell, index) =>
      index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0),
    )
    console.log(cells.join('  ').trimEnd())
  }
}

/** Microseconds of the server a request; `ratio` against the base, above 1 is cheaper. */
export function printServers(title: string, rows: readonly Row[]): void {
  printTable(title, rows, [
    ['contender', (row) => row.name],
    ['us', (row) => short(row.cost)],
    ['per core', (row) => short(1e6 / row.cost)],
    ['ratio', (row) => `x${row.ratio.toFixed(2)}`],
    ['per s', (row) => short(row.perSecond)],
    ['p50 ms', (row) => short(row.p50)],
    ['p99 ms', (row) => short(row.p99)],
    ['MiB', (row) => short(row.mib)],
    ['foreign', (row) => row.foreign.toFixed(2)],
  ])
}

export interface Goal {
  readonly goal: string
  readonly value: number
  readonly atLeast?: number
  readonly atMost?: number
  /** Wanted beyond what was promised: printed with the others, and without a say in the verdict. */
  readonly aim?: true
}

/** Prints every goal, saves what was measured, closes with the verdict and sets the exit code. A missing figure is a miss. */
export function judge(goals: readonly Goal[], save: string, measured: unknown): void {
  const judged = goals.map((goal) => {
    const { value, atLeast = -Infinity, atMost = Infinity } = goal
    return { ...goal, met: value >= atLeast && value <= atMost }
  })
  printTable('goals', judged, [
    ['goal', ({ goal }) => goal],
    ['measured', ({ value }) => short(value)],
    ['wanted', ({ atLeast, atMost }) => (atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`)],
    ['', ({ met, aim }) => (met ? 'met' : aim ? 'missed (an aim)' : 'MISSED')],
  ])
  mkdirSync(dirname(save), { recursive: true })
  const machine = {
    node: process.version,
    system: `${type()} ${release()}`,
    processors: cpus().map(({ model }) => model),
    load: loadavg(),
  }
  writeFileSync(
    save,
    `${JSON.stringify({ at: new Date().toISOString(), machine, goals: judged, measured }, undefined, 2)}\n`,
  )
  const decisive = judged.filter(({ aim }) => aim !== true)
  const met = decisive.filter((goal) => goal.met).length
  const aims = judged.length - decisive.length
  const reached = judged.filter((goal) => goal.aim && goal.met).length
  if (aims > 0) console.log(`\naims, which do not decide: ${reached} of ${aims} reached`)
  console.log(`\n${met} of ${decisive.length} goals met`)
  if (met < decisive.length) process.exitCode = 1
}
