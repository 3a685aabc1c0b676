import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { fillWithEverything, now } from './everything.ts'
import { isAway, freshPrefix, keysOf, openStore, rawClient } from './redis.ts'

/** What the page tells of: members of hashes such as `tx.id`, other keys such as `gate:` and `vaults:all`. */
function told(): readonly string[] {
  const lines = readFileSync(join(import.meta.dirname, '..', 'schema.md'), 'utf8').split('\n')
  let hash: string | undefined
  return lines.flatMap((line) => {
    const heading = /^## (?:`([\w-]+):)?/.exec(line)
    if (heading) [, hash] = heading
    const names = /^\| ((?:`[^`]+`(?:, )?)+) +\|/.exec(line)?.[1]?.matchAll(/`([^`]+)`/g) ?? []
    return [...names].map(([, name = '']) =>
      hash === undefined ? name.replace(/:[A-Z]+$/, ':') : `${hash}.${name}`,
    )
  })
}

describe.skipIf(isAway)('schema.md', () => {
  it('tells of every key and field, and of no others', async () => {
    const prefix = freshPrefix()
    await fillWithEverything(await openStore({ prefix, now: () => now }))
    await using raw = await rawClient()
    const found = await Promise.all(
      (await keysOf(prefix)).map(async (key) => {
        const [, kind = '', rest = ''] = key.split(':')
        if (['schema', 'grants', 'families', 'vaults'].includes(kind))
          return [rest ? `${kind}:${rest}` : kind]
        if ((await raw.client.type(key)) !== 'hash') return [`${kind}:`]
        return (await raw.client.hKeys(key)).map((field) => `${kind}.${field}`)
      }),
    )
    expect(told().toSorted()).toEqual([...new Set(found.flat())].toSorted())
  })
})
