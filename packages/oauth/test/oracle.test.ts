import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { differences } from './oracle/differences.ts'
import { openOracle } from './oracle/oracle.ts'
import { openOurs } from './oracle/ours.ts'
import { ask, questionNames } from './oracle/suite.ts'
import type { Target } from './oracle/target.ts'

describe('our server and one by somebody else, asked the same', () => {
  let oracle: Target | undefined
  beforeAll(async () => {
    oracle = await openOracle()
  })
  afterAll(() => oracle?.close())
  const theirs = (name: string) => (oracle === undefined ? undefined : ask(oracle, name))
  const listed = Object.keys(differences)

  it.each(questionNames.filter((name) => !listed.includes(name)))('agree on %s', async (name) => {
    expect(await ask(openOurs(), name)).toEqual(await theirs(name))
  })

  it.each(listed)('differ deliberately on %s', async (name) => {
    const answer = await theirs(name)
    expect(answer).toEqual(differences[name]?.oracle)
    expect(await ask(openOurs(), name)).not.toEqual(answer)
  })

  it('differ on nothing that is not asked', () => {
    expect(listed.filter((name) => !questionNames.includes(name))).toEqual([])
  })
})
