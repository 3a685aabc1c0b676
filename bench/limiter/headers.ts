/** Reading the structured fields, beside a strict parser. */
import { parseList } from 'structured-headers'

import { readPolicies } from '../../packages/rate-limiter/src/policies.ts'
import type { Goal } from '../kit/report.ts'
import { printRows } from './print.ts'
import { compare, ratio, type Rounds } from './turns.ts'

const pairs = Array.from({ length: 64 }, (_, index) => ({
  policy: `"global-app-quota";q=${65_000 + index};w=3600,"jira-burst-based";q=${100 + index};w=1`,
  limit: `"global-app-quota";r=${11_000 + index};t=600,"jira-burst-based";r=${index};t=1`,
}))

export async function headers(rounds: Rounds): Promise<readonly Goal[]> {
  let sum = 0
  const rows = await compare(
    [
      {
        name: 'ours',
        run: (times) => {
          for (let turn = 0; turn < times; turn += 1) {
            const pair = pairs[turn & 63]
            if (!pair) continue
            for (const { q = 0 } of readPolicies(pair.policy)) sum += q
            for (const { r = 0 } of readPolicies(pair.limit)) sum += r
          }
        },
      },
      {
        name: 'structured-headers',
        run: (times) => {
          for (let turn = 0; turn < times; turn += 1) {
            const pair = pairs[turn & 63]
            if (!pair) continue
            for (const [, parameters] of parseList(pair.policy)) sum += Number(parameters.get('q') ?? 0)
            for (const [, parameters] of parseList(pair.limit)) sum += Number(parameters.get('r') ?? 0)
          }
        },
      },
    ],
    rounds,
  )
  printRows('reading both fields, two policies in each', rows, 'structured-headers')
  console.log(
    `checksum ${sum > 0 ? 'ok' : 'none'}; that nothing throws or waits too long is a property test of the package`,
  )
  return [
    {
      goal: 'G13 reading both fields, against structured-headers',
      value: ratio(rows, { base: 'structured-headers', name: 'ours' }),
      atLeast: 8,
      aim: true,
    },
  ]
}
