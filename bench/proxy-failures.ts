/**
 * The failures that were reproduced with mcp-remote, played again with ours and with mcp-remote. Ours has to hold in each.
 *
 * Usage: npm run proxy:failures [-- --only B07]
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { judge, printTable } from './kit/report.ts'
import { behaviour } from './proxy/behaviour.ts'
import { mcpRemote, ours } from './proxy/contenders.ts'
import type { Outcome, Scenario } from './proxy/scenario.ts'
import { playScenario } from './proxy/scenario.ts'
import { signIn } from './proxy/sign-in.ts'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const chosen = [...behaviour, ...signIn].filter(({ name }) => name.startsWith(values.only))
const own = ours()

interface Played extends Pick<Scenario, 'name' | 'wanted'> {
  readonly ours: Outcome
  readonly theirs: Outcome
}

const played: Played[] = []
for (const scenario of chosen) {
  const [mine, theirs] = [await playScenario(scenario, own), await playScenario(scenario, mcpRemote)]
  played.push({ name: scenario.name, wanted: scenario.wanted, ours: mine, theirs })
  console.error(`${mine.held ? 'held  ' : 'FAILED'}  ${scenario.name}`)
}

const shown = ({ held, seen }: Outcome): string => `${held ? 'held' : 'FAILED'}: ${seen}`
printTable('failures', played, [
  ['', ({ name }) => name],
  ['wanted', ({ wanted }) => wanted],
  ['telamon-proxy', (one) => shown(one.ours)],
  ['mcp-remote 0.15.1', ({ theirs }) => shown(theirs)],
])
judge(
  [
    {
      goal: 'scenarios in which telamon-proxy holds',
      value: played.filter((one) => one.ours.held).length,
      atLeast: chosen.length,
    },
  ],
  join(import.meta.dirname, 'results', 'proxy-failures.json'),
  played,
)
