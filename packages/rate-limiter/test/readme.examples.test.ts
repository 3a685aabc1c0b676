import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import {
  atlassianRules,
  createLimiter,
  limitFetch,
  limitHandler,
  planRules,
  plans,
  rateLimitFields,
  readPause,
} from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'

const lines: unknown[] = []
const print = (...values: readonly unknown[]): void => {
  lines.push(...values)
}

test('inbound', () => {
  lines.length = 0
  // #region inbound
  const limiter = createLimiter({ rules: planRules(plans.telamon) })

  // Decided at once. All keys must admit; when one refuses, none is charged.
  const taken = limiter.take(['user:ada', 'site:demo'])
  const headers = rateLimitFields(taken.budgets, taken.ok ? undefined : taken)
  print(taken.ok, headers.RateLimit)
  // #endregion
  expect(lines).toEqual([true, '"user-hour";r=99;t=4, "user-burst";r=14;t=1'])
})

test('outbound', async () => {
  lines.length = 0
  // #region outbound
  const limiter = createLimiter({ rules: atlassianRules() })
  const operation = 'operation:demo/GET /rest/api/3/issue/{issueIdOrKey}'

  // Waits for a turn, fairly among persons, until a deadline or an abort.
  await limiter.acquire([operation, 'site:demo'], { person: 'ada', signal: AbortSignal.timeout(10_000) })

  // What a refusal says is heeded by everybody who asks for the same.
  const refusal = new Headers({ 'Retry-After': '5', 'RateLimit-Reason': 'jira-burst-based' })
  const pause = readPause(refusal, Date.now(), { status: 429 })
  if (pause) limiter.pause(pause.scope === 'operation' ? operation : 'site:demo', pause.milliseconds)
  print(pause, limiter.tryTake([operation]) > 4000)
  // #endregion
  expect(lines).toEqual([{ scope: 'operation', milliseconds: 5000 }, true])
})

const upstream = async (): Promise<Response> => new Response('{}')

test('middleware', async () => {
  lines.length = 0
  const inbound = createLimiter({ rules: planRules(plans.standard), ...createHandClock() })
  const outbound = createLimiter({ rules: [], ...createHandClock() })
  // #region middleware
  // Outwards: waits, learns rates from every answer, repeats what was refused with 429 after the pause it asked for.
  const get = limitFetch({ limiter: outbound, keysOf: () => ['site:demo'], fetch: upstream })
  // Inwards: 429 with `Retry-After` and a problem document, and the budget in the fields of every answer.
  const handle = limitHandler(() => get('http://127.0.0.1/issue'), {
    limiter: inbound,
    keysOf: () => ['user:ada'],
  })
  const answer = await handle(new Request('http://127.0.0.1/'), undefined)
  print(answer.status, answer.headers.get('RateLimit-Policy'))
  // #endregion
  expect(lines).toEqual([200, '"user-hour";q=500;w=3600, "user-burst";q=20;w=2'])
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the examples of the README are those above', () => {
  const source = read('./readme.examples.test.ts')
  const regions = [...source.matchAll(/^ {2}\/\/ #region \w+\n([\s\S]*?)^ {2}\/\/ #endregion/gm)]
  const code = regions.map(([, body = '']) => body.replaceAll(/^ {2}/gm, ''))
  const fences = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body)
  const plain = fences.map((body) =>
    body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
  )
  expect(plain).toEqual(code)
})
