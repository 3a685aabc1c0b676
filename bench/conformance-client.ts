/**
 * The client scenarios of the MCP conformance suite, in both of its versions, played by the proxy: a driver stands
 * between the suite and standard input and output. Every scored scenario of both revisions has to pass.
 *
 * Usage: npm run conformance:client
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { judge, printTable } from './kit/report.ts'
import { buildProxy } from './proxy/build.ts'

interface Suite {
  readonly name: string
  readonly version: '0.1' | '0.2'
  readonly choice: readonly string[]
  /** How many scenarios the suite scores. */
  readonly scored: number
}

const suites: readonly Suite[] = [
  { name: '0.1.16, core', version: '0.1', choice: ['--suite', 'core'], scored: 18 },
  {
    name: '0.2.0-alpha.12, 2025-11-25',
    version: '0.2',
    choice: ['--requirements', '2025-11-25'],
    scored: 18,
  },
  {
    name: '0.2.0-alpha.12, 2026-07-28',
    version: '0.2',
    choice: ['--requirements', '2026-07-28'],
    scored: 32,
  },
]

interface Scenario {
  readonly suite: string
  readonly scenario: string
  readonly passed: number
  readonly failed: number
  readonly isScored: boolean
}

/** Milliseconds that one scenario may take. */
const scenarioMs = 30_000

const homes = mkdtempSync(join(tmpdir(), 'conformance-'))
const driver = [join(import.meta.dirname, 'proxy', 'conformance-driver.ts'), process.execPath, buildProxy()]
const command = [process.execPath, ...driver].map((part) => JSON.stringify(part)).join(' ')

async function play({ name, version, choice }: Suite): Promise<readonly Scenario[]> {
  const cli = join(import.meta.dirname, 'node_modules', `conformance-${version}`, 'dist', 'index.js')
  const args = ['client', '--command', command, ...choice, '--timeout', String(scenarioMs), '-o', homes]
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, CONFORMANCE_HOMES: homes },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  await new Promise((resolve) => child.once('close', resolve))
  const [, summary = ''] = text.split('=== SUITE SUMMARY ===')
  const [scored = '', unscored = ''] = summary.split(/^Not scored/m)
  return [...scored.matchAll(/^[✓✗] (\S+): (\d+) passed, (\d+) failed/gm)].map(
    ([, scenario = '', passed, failed]) => ({
      suite: name,
      scenario,
      passed: Number(passed),
      failed: Number(failed),
      isScored: !unscored.includes(` ${scenario} (`),
    }),
  )
}

const played: Scenario[] = []
try {
  for (const suite of suites) played.push(...(await play(suite)))
} finally {
  rmSync(homes, { recursive: true, force: true })
}

const isGood = ({ passed, failed }: Scenario): boolean => failed === 0 && passed > 0

printTable('client scenarios', played, [
  ['suite', ({ suite }) => suite],
  ['scenario', ({ scenario }) => scenario],
  ['checks passed', ({ passed }) => String(passed)],
  ['failed', ({ failed }) => String(failed)],
  ['scored', ({ isScored }) => (isScored ? 'yes' : 'no')],
  ['', (scenario) => (isGood(scenario) ? 'passed' : 'FAILED')],
])
judge(
  suites.map(({ name, scored }) => ({
    goal: `${name}: scored scenarios passed`,
    value: played.filter((one) => one.suite === name && one.isScored && isGood(one)).length,
    atLeast: scored,
  })),
  join(import.meta.dirname, 'results', 'conformance-client.json'),
  played,
)
