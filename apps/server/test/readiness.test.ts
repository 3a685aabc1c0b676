import { expect, it } from 'vitest'

import { createReadiness } from '../src/readiness.ts'

it('asks the store once for many probes, and again after a quarter of a minute', async () => {
  let [asked, time] = [0, 0]
  const ready = createReadiness(
    async () => {
      asked += 1
      return true
    },
    () => time,
  )
  expect(await Promise.all([ready(), ready(), ready()])).toEqual([true, true, true])
  time = 14_999
  await ready()
  expect(asked).toBe(1)
  time = 15_000
  await ready()
  expect(asked).toBe(2)
})

it('keeps no bad answer, and no failure', async () => {
  const answers = [() => Promise.reject(new Error('away')), async () => false, async () => true]
  const ready = createReadiness(async () => (await answers.shift()?.()) ?? false)
  await expect(ready()).rejects.toThrow('away')
  expect([await ready(), await ready()]).toEqual([false, true])
})
