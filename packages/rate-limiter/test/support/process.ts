/** One of several processes over one store: asks as fast as it can, and says how much it was given. */
import { parentPort, workerData } from 'node:worker_threads'

import type { Rule } from '../../src/index.ts'
import { createLimiter } from '../../src/index.ts'
import { createRowStore } from './row-store.ts'
import { openSharedRows } from './shared-rows.ts'

interface Order {
  readonly memory: SharedArrayBuffer
  readonly rules: readonly Rule[]
  readonly turns: number
  readonly now: number
}

// eslint-disable-next-line typescript/no-unsafe-assignment -- the test that starts this thread wrote it
const { memory, rules, turns, now }: Order = workerData
const limiter = createLimiter({
  rules,
  store: createRowStore(openSharedRows(memory)),
  now: () => now,
  monotonic: () => now,
  patience: 60_000,
})
const asked = Array.from({ length: turns }, () => limiter.acquire(['site:s', 'app:a'], { deadline: now }))
const answers = await Promise.allSettled(asked)
await limiter.flush()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
parentPort?.postMessage(answers.filter(({ status }) => status === 'fulfilled').length)
