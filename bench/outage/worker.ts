/** One process of several behind one Redis: asks for turns under each way to fail, and tells of each answer. */
import { setTimeout as sleep } from 'node:timers/promises'

import { createLimiter, isLimitError } from '../../packages/rate-limiter/src/index.ts'
import { createRedisStore } from '../../packages/store-redis/src/index.ts'
import { type Answer, instances, modes, rules } from './rules.ts'

const [url = '', prefix = ''] = process.argv.slice(2)
const store = await createRedisStore({ url, prefix })
const limiter = createLimiter({ rules, store: store.limiter, instances })
const step = 8
/** Who would be let through anyway has no reason to give up. */
const patience = { open: 5000, closed: 20, local: 20, leased: 20 }
let answers: Answer[] = []

process.on('unhandledRejection', (error) => {
  console.error(error)
  process.exit(70)
})

async function ask(mode: Answer['mode']): Promise<void> {
  try {
    await limiter.acquire([`${mode}:all`], { deadline: Date.now() + patience[mode] })
    answers.push({ mode, at: Date.now(), granted: true })
  } catch (error) {
    if (!isLimitError(error)) throw error
    answers.push({ mode, at: Date.now(), granted: false })
  }
}

process.send?.('ready')
for (let told = 0; process.connected; told += 1) {
  for (const mode of modes) void ask(mode)
  await sleep(step)
  if (told % 5 > 0) continue
  process.send?.(answers)
  answers = []
}
process.exit()
