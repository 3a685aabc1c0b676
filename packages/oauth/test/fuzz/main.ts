/**
 * Plays random sequences of commands on an authorization server (register, authorize, consent, redeem, replay, refresh,
 * revoke, restart, time) and holds every answer against a model of what is right.
 *
 * Usage: npm run fuzz:oauth [-- --runs 100000] [--seed 1] [--length 25]
 */
import { parseArgs } from 'node:util'

import { commandNames, playSequence, type Played } from './sequence.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    length: { type: 'string', default: '25' },
  },
})
const [runs, seed, length] = [Number(values.runs), Number(values.seed), Number(values.length)]
if (![runs, seed, length].every((number) => Number.isSafeInteger(number) && number >= 0))
  throw new TypeError('--runs, --seed and --length have to be whole numbers')

const counts = new Map(commandNames.map((name) => [name, 0]))
const startedAt = Date.now()
let broken: { readonly seed: number; readonly played: Played } | undefined
let sequences = 0
while (sequences < runs && broken === undefined) {
  const played = await playSequence(seed + sequences, length)
  for (const name of played.trail) counts.set(name, (counts.get(name) ?? 0) + 1)
  if (played.broken !== undefined) broken = { seed: seed + sequences, played }
  sequences += 1
  if (sequences % Math.max(1, Math.floor(runs / 20)) === 0)
    console.error(`${sequences} of ${runs} sequences, ${Math.round((Date.now() - startedAt) / 1000)} s`)
}

/* oxlint-disable eslint/no-console -- a program of the repository, for people */
for (const [name, count] of counts) console.log(`${name.padEnd(10)} ${String(count).padStart(9)}`)
if (broken !== undefined) {
  console.log(`\nBroken by seed ${broken.seed}, after: ${broken.played.trail.join(', ')}`)
  console.log(broken.played.broken)
}
const given = [...counts.values()].reduce((sum, count) => sum + count, 0)
console.log(
  broken === undefined
    ? `No invariant broken in ${sequences} sequences of ${given} commands (seed ${seed}).`
    : `An invariant is broken: npm run fuzz:oauth -- --runs 1 --seed ${broken.seed} --length ${length}`,
)
process.exitCode = broken === undefined ? 0 : 1
