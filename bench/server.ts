/**
 * What serving costs: processor time of the server for each `tools/call` and each `tools/list`, and throughput at 16
 * connections, beside a plain SDK v2 handler with the same sixty tools and a bare node:http handler.
 *
 * Usage: npm run bench:server [-- --quick]
 */
import { parseArgs } from 'node:util'

import { judge, printServers } from './kit/report.ts'
import { compareServers, type Contender, type Row } from './kit/turns.ts'
import { message, type Era, type Method } from './workload.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const turns = {
  base: 'SDK v2, 2025',
  rounds: values.quick ? 3 : 9,
  seconds: values.quick ? 1 : 2,
  connections: 16,
}

const folder = import.meta.dirname
const servers = {
  'node:http, no SDK': ['floor.ts', '2025'],
  'SDK v2, 2025': ['sdk-v2.ts', '2025'],
  'SDK v2, 2026': ['sdk-v2.ts', '2026'],
  'Telamon, 2025': ['telamon.ts', '2025'],
  'Telamon, 2026': ['telamon.ts', '2026'],
} as const satisfies Record<string, readonly [string, Era]>

const contenders = (method: Method): readonly Contender[] =>
  Object.entries(servers).map(([name, [file, era]], index) => ({
    name,
    args: [`${folder}/servers/${file}`, String(4190 + index)],
    request: ({ url, info }) => ({ url, ...message(method, era, String(info['token'])) }),
  }))

/** Cost of ours over that of the SDK in the same era, from the paired ratios against one base. */
function share(rows: readonly Row[], era: Era): number {
  const ratioOf = (name: string): number => rows.find((row) => row.name === name)?.ratio ?? NaN
  return ratioOf(`SDK v2, ${era}`) / ratioOf(`Telamon, ${era}`)
}

const call = await compareServers(contenders('tools/call'), turns)
printServers('tools/call, 60 tools, 1 KB result, 16 connections', call)
const list = await compareServers(contenders('tools/list'), turns)
printServers('tools/list, 60 tools, 16 connections', list)

const eras = ['2025', '2026'] as const
judge(
  eras.flatMap((era) => [
    {
      goal: `tools/call, ${era}: share of the SDK handler's processor time`,
      value: share(call, era),
      atMost: 0.15,
    },
    {
      goal: `tools/list, ${era}: share of the SDK handler's processor time`,
      value: share(list, era),
      atMost: 0.02,
    },
  ]),
  `${folder}/results/server.json`,
  { call, list },
)
