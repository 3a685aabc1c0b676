/**
 * Lets two processes do the same at once: 25 redemptions of one code each, and 25 refreshes of one token each, on each
 * engine. One redemption is answered, and the grant ends, since the others look like a replay; all refreshes get one
 * successor.
 *
 * Usage: npm run races [-- --rounds 20] [--engine sqlite]…
 */
import { parseArgs } from 'node:util'

import { print } from '../../src/output.ts'
import { engineNames, placeFor } from './engines.ts'
import type { EngineName } from './engines.ts'
import { redeem, refresh, register, signIn } from './person.ts'
import type { Tokens } from './person.ts'
import { startProcess } from './process.ts'
import { table } from './table.ts'
import { startUpstream } from './upstream.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, engine: { type: 'string', multiple: true } },
})
const rounds = Number(values.rounds)
const engines = engineNames.filter((name) => values.engine?.includes(name) ?? true)
const each = Array.from({ length: 50 }, (_, index) => index)

interface Row {
  readonly engine: EngineName
  readonly what: string
  /** How many calls of fifty were answered with tokens, by round. */
  readonly answered: readonly number[]
  /** How many different refresh tokens they brought, by round. */
  readonly distinct: readonly number[]
  readonly holds: boolean
}

const upstream = await startUpstream()
const rows: Row[] = []
for (const engine of engines) rows.push(...(await race(engine)))
await upstream.close()

const range = (numbers: readonly number[]): string => {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  return least === most ? String(least) : `${least} to ${most}`
}
print(
  table(
    [
      { name: 'Engine' },
      { name: 'Fifty at once' },
      { name: 'Rounds', right: true },
      { name: 'Answered', right: true },
      { name: 'Tokens', right: true },
      { name: 'Verdict' },
    ],
    rows.map(({ engine, what, answered, distinct, holds }) => [
      engine,
      what,
      answered.length,
      range(answered),
      range(distinct),
      holds ? 'holds' : 'BROKEN',
    ]),
  ),
)
const ok = rows.every(({ holds }) => holds)
print(ok ? 'One redemption, one successor, on every engine.' : 'More than one of fifty had its way.')
process.exit(ok ? 0 : 1)

async function race(engine: EngineName): Promise<readonly Row[]> {
  const place = placeFor(engine)
  const both = await Promise.all([startProcess(place, upstream.origin), startProcess(place, upstream.origin)])
  const [one, other] = both
  const serverOf = (index: number) => (index % 2 === 0 ? one : other).send
  const client = await register(one.send)
  const redemptions: { answered: number; distinct: number; over: boolean }[] = []
  const refreshes: { answered: number; distinct: number; over: boolean }[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const code = await signIn(serverOf(round), { client, person: `race-${round}` })
    const redeemed = found(await Promise.all(each.map((index) => redeem(serverOf(index), code))))
    const [winner] = redeemed
    const after = winner && (await refresh(one.send, { client, token: winner.refresh_token }))
    redemptions.push({ ...counted(redeemed), over: after === undefined })

    const fresh = await redeem(one.send, await signIn(other.send, { client, person: `race-${round}` }))
    const token = fresh?.refresh_token ?? ''
    const refreshed = found(
      await Promise.all(each.map((index) => refresh(serverOf(index), { client, token }))),
    )
    const [next] = refreshed
    const later = next && (await refresh(other.send, { client, token: next.refresh_token }))
    refreshes.push({ ...counted(refreshed), over: later === undefined })
    console.error(`${engine}: ${round} of ${rounds} rounds`)
  }
  await Promise.all(both.map((process) => process.kill()))
  place.remove()
  return [
    {
      engine,
      what: 'redemptions',
      answered: redemptions.map(({ answered }) => answered),
      distinct: redemptions.map(({ distinct }) => distinct),
      holds: redemptions.every(({ answered, distinct, over }) => answered === 1 && distinct === 1 && over),
    },
    {
      engine,
      what: 'refreshes',
      answered: refreshes.map(({ answered }) => answered),
      distinct: refreshes.map(({ distinct }) => distinct),
      holds: refreshes.every(({ answered, distinct, over }) => answered === 50 && distinct === 1 && !over),
    },
  ]
}

function found(answers: readonly (Tokens | undefined)[]): readonly Tokens[] {
  return answers.flatMap((answer) => answer ?? [])
}

function counted(answers: readonly Tokens[]) {
  return {
    answered: answers.length,
    distinct: new Set(answers.map((answer) => answer.refresh_token)).size,
  }
}
