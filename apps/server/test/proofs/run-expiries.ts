/**
 * Lets upstream tokens expire, 10,000 times, while 50 calls at once over two instances want one. Each expiry costs one
 * refresh upstream, all calls get its token, and nobody is signed out.
 *
 * Usage: npm run expiries [-- --expiries 10000] [--engine sqlite]…
 */
import { parseArgs } from 'node:util'

import { print } from '../../src/output.ts'
import { engineNames, openEngine, placeFor } from './engines.ts'
import type { EngineName } from './engines.ts'
import { createInstance, resource } from './instance.ts'
import { redeem, register, signIn } from './person.ts'
import type { Server } from './person.ts'
import { table } from './table.ts'
import { startUpstream } from './upstream.ts'

const { values } = parseArgs({
  options: { expiries: { type: 'string', default: '10000' }, engine: { type: 'string', multiple: true } },
})
const wanted = Number(values.expiries)
const engines = engineNames.filter((name) => values.engine?.includes(name) ?? true)
const people = 10
const callers = 50
const hour = 3_600_000

interface Row {
  readonly engine: EngineName
  readonly expiries: number
  readonly calls: number
  readonly refreshes: number
  readonly repeats: number
  readonly signedOut: number
  readonly mixedUp: number
  readonly seconds: number
}

const rows: Row[] = []
for (const engine of engines) rows.push(await expire(engine))
print(
  table(
    ['Engine', 'Expiries', 'Calls', 'Refreshes', 'Repeated', 'Signed out', 'Mixed up', 'Seconds'].map(
      (name) => ({ name, right: name !== 'Engine' }),
    ),
    rows.map((row) => [
      row.engine,
      row.expiries,
      row.calls,
      row.refreshes,
      row.repeats,
      row.signedOut,
      row.mixedUp,
      row.seconds,
    ]),
  ),
)
const ok = rows.every(
  ({ expiries, refreshes, repeats, signedOut, mixedUp }) =>
    refreshes === expiries && repeats + signedOut + mixedUp === 0,
)
print(ok ? 'One refresh upstream for each expiry, and nobody was signed out.' : 'The figures fall short.')
process.exit(ok ? 0 : 1)

async function expire(engine: EngineName): Promise<Row> {
  const upstream = await startUpstream()
  const place = placeFor(engine)
  const stores = [await openEngine(engine, place.address), await openEngine(engine, place.address)]
  let ahead = 0
  const [first, second] = stores.map(({ auth, vault }) =>
    createInstance({
      auth,
      vault,
      upstream: upstream.origin,
      now: () => Date.now() + ahead,
      pollMs: 5,
    }),
  )
  if (first === undefined || second === undefined) throw new Error('Two instances were opened')
  const server: Server = async (request) =>
    (await first.authorization.fetch(request, { address: '127.0.0.1' })) ??
    new Response(null, { status: 404 })
  const client = await register(server)
  const grants: { readonly grantId: string; readonly person: string }[] = []
  for (let index = 0; index < people; index += 1) {
    const person = `expiry-${index}`
    const tokens = await redeem(server, await signIn(server, { client, person }))
    const verdict = await first.authorization.verify(tokens?.access_token ?? '', resource)
    if (!verdict.ok) throw new Error('A sign-in does not work')
    grants.push({ grantId: verdict.grant.grantId, person })
  }

  const startedAt = Date.now()
  const count = { expiries: 0, signedOut: 0, mixedUp: 0 }
  while (count.expiries < wanted) {
    ahead += hour
    for (const { grantId, person } of grants) {
      const calls = Array.from({ length: callers }, (_, index) =>
        (index % 2 === 0 ? first : second).vault.token(grantId).catch(() => undefined),
      )
      const tokens = await Promise.all(calls)
      count.signedOut += tokens.filter((token) => token === undefined).length
      const [token = ''] = tokens
      if (new Set(tokens).size !== 1 || upstream.ownerOf(token) !== person) count.mixedUp += 1
      count.expiries += 1
    }
    if (count.expiries % 1000 === 0) console.error(`${engine}: ${count.expiries} of ${wanted} expiries`)
  }
  const { refreshes, repeats } = upstream.counts()
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  for (const store of stores) await store.close()
  await upstream.close()
  place.remove()
  return { engine, ...count, calls: count.expiries * callers, refreshes, repeats, seconds }
}
