import { parseArgs } from 'node:util'
import { compareCalls } from './clients/calls.ts'
import { installClients } from './clients/installed.ts'
import { printTable, short } from './kit/report.ts'
const rows = await compareCalls(installClients(), Number(process.argv[2] ?? 3))
printTable('calls', rows, [['task', (r) => r.task], ['client', (r) => r.client], ['us', (r) => short(r.cost)], ['share', (r) => r.share.toFixed(2)], ['foreign', (r) => r.foreign.toFixed(2)]])
