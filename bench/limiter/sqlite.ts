/** Counters in SQLite: decided in memory and written behind, or asked for each turn. The peer's own engine needs a native build. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// oxlint-disable-next-line eslint/no-restricted-imports -- the floor is the database without an engine
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'

import type { Rule } from '../../packages/rate-limiter/src/index.ts'
import { createLimiter } from '../../packages/rate-limiter/src/index.ts'
import { createSqliteStore } from '../../packages/store-sqlite/src/index.ts'
import type { Goal } from '../kit/report.ts'
import { keyAt } from './memory.ts'
import { printRows } from './print.ts'
import { compare, ratio, type Rounds } from './turns.ts'

const rule: Rule = {
  name: 'plan',
  kind: 'rolling',
  unit: 'requests',
  per: 'site',
  limit: 1e9,
  burst: 5e8,
  window: 3600,
  fail: 'local',
}

export async function sqlite(rounds: Rounds): Promise<readonly Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-limiter-'))
  const store = createSqliteStore({ path: join(folder, 'ours.db') })
  const bare = new DatabaseSync(join(folder, 'bare.db'))
  bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  bare.exec('CREATE TABLE bucket (key TEXT PRIMARY KEY, tat INTEGER NOT NULL) WITHOUT ROWID, STRICT')
  const put = bare.prepare('INSERT OR REPLACE INTO bucket (key, tat) VALUES (?, ?)')
  const behind = createLimiter({ rules: [rule], store: store.limiter })
  const strict = createLimiter({ rules: [rule], store: store.limiter })
  let sum = 0
  try {
    const rows = await compare(
      [
        {
          name: 'floor: INSERT OR REPLACE',
          run: (times) => {
            for (let turn = 0; turn < times; turn += 1) put.run(keyAt(turn), turn)
          },
        },
        {
          name: 'ours, asked for each turn',
          run: async (times) => {
            for (let turn = 0; turn < times; turn += 1) await strict.acquire([keyAt(turn)])
          },
        },
        {
          name: 'ours, 64 at a time',
          run: async (times) => {
            for (let turn = 0; turn < times; turn += 64) {
              await Promise.all(Array.from({ length: 64 }, (_, each) => strict.acquire([keyAt(turn + each)])))
            }
          },
        },
        {
          name: 'ours, decided here and written behind',
          run: async (times) => {
            for (let turn = 0; turn < times; turn += 1) {
              sum += behind.tryTake(keyAt(turn))
              // As a server would: other work comes in between, and the timer is heard.
              if (turn % 1024 === 1023) await nextTurn()
            }
            await behind.flush()
          },
        },
      ],
      rounds,
    )
    printRows('counters in SQLite, 10,000 keys', rows, 'floor: INSERT OR REPLACE')
    const base = 'floor: INSERT OR REPLACE'
    console.log(
      `rate-limiter-flexible's SQLite engine: skipped, its driver has to be compiled (checksum ${sum})`,
    )
    return [
      {
        goal: 'G4 written behind, against rate-limiter-flexible (skipped)',
        value: NaN,
        atLeast: 300,
        aim: true,
      },
      {
        goal: 'G4 asked for each turn, against the floor',
        value: ratio(rows, { base, name: 'ours, asked for each turn' }),
        atLeast: 0.8,
        aim: true,
      },
    ]
  } finally {
    store.close()
    bare.close()
    rmSync(folder, { recursive: true })
  }
}
