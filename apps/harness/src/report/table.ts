import type { Run, Runs } from '../workflows/run-workflows.ts'

const columns = ['Workflow', 'Person', 'Calls', 'Request', 'Answer', 'Result'] as const
const right = new Set<string>(['Calls', 'Request', 'Answer'])

/** The runs as a table for a terminal: tool calls, tokens (o200k), pass or fail; the verdict on the last line. */
export function workflowTable({ runs, revision, tools }: Runs): string {
  const rows = runs.map((run) => cellsOf(run))
  const total = ['Total', '', ...sums(runs), '']
  const widths = columns.map((name, index) =>
    Math.max(...[columns, ...rows, total].map((row) => (row[index] ?? '').length), name.length),
  )
  const line = (cells: readonly string[]): string =>
    columns
      .map((name, index) => pad(cells[index] ?? '', widths[index] ?? 0, right.has(name)))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('──')
  return [
    '',
    line(columns),
    rule,
    ...runs.flatMap((run, index) => [line(rows[index] ?? []), ...detailsOf(run)]),
    rule,
    line(total),
    '',
    `Tokens are counted with o200k. MCP revision ${revision}. Before the first call, the list of ${tools.count} tools costs ${tools.tokens} tokens.`,
    verdict(runs),
  ].join('\n')
}

function cellsOf({ task, person, calls, failures }: Run): readonly string[] {
  const result = failures.length === 0 ? 'pass' : 'FAIL'
  return [task, person, ...sums([{ calls }]), result]
}

function sums(runs: readonly Pick<Run, 'calls'>[]): readonly string[] {
  const calls = runs.flatMap((run) => run.calls)
  const sum = (of: (call: Run['calls'][number]) => number): number =>
    calls.reduce((whole, call) => whole + of(call), 0)
  const [asked, read] = [sum(({ requestTokens }) => requestTokens), sum(({ answerTokens }) => answerTokens)]
  return [calls.length, asked, read].map(String)
}

function detailsOf({ calls, failures }: Run): readonly string[] {
  const made = calls.map(({ tool, isError, waitMs }) => {
    if (!isError) return tool
    return `${tool} (${waitMs === undefined ? 'refused' : 'over the limit'})`
  })
  return [`  ${folded(made).join(', ')}`, ...failures.map((failure) => `  ✗ ${shortened(failure)}`)]
}

const MOST_LINES = 20

/** The first lines of a message, below each other. */
function shortened(message: string): string {
  const lines = message.split('\n')
  const more = lines.length > MOST_LINES ? [`… ${lines.length - MOST_LINES} more lines`] : []
  return [...lines.slice(0, MOST_LINES), ...more].join('\n    ')
}

/** `a, a, b` as `a ×2, b`. */
function folded(names: readonly string[]): readonly string[] {
  const groups: { readonly name: string; count: number }[] = []
  for (const name of names) {
    const last = groups.at(-1)
    if (last?.name === name) last.count += 1
    else groups.push({ name, count: 1 })
  }
  return groups.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`))
}

const pad = (text: string, width: number, toTheRight: boolean): string =>
  toTheRight ? text.padStart(width) : text.padEnd(width)

function verdict(runs: readonly Run[]): string {
  const failed = runs.filter(({ failures }) => failures.length > 0).length
  return failed === 0
    ? `${runs.length} of ${runs.length} runs passed.`
    : `${failed} of ${runs.length} runs failed.`
}
