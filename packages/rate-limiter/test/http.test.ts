import { describe, expect, it } from 'vitest'

import type { HonoContext, Rule } from '../src/index.ts'
import { createLimiter, isLimitError, limitFetch, limitHandler, limitHono } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perUser } from './rules.ts'

const slots: Rule = { ...perUser, name: 'user-slots', kind: 'concurrent', limit: 1, window: 0 }
const url = 'http://upstream.test/x'

const make = (answers: Response[], rules: readonly Rule[] = [perUser]) => {
  const clock = createHandClock()
  const limiter = createLimiter({ rules, ...clock })
  const sent: { at: number; body: string }[] = []
  const fetch = limitFetch({
    limiter,
    keysOf: () => ['operation:s/GET /x', 'user:a', 'site:s'],
    now: clock.now,
    fetch: async (request) => {
      sent.push({ at: clock.monotonic(), body: await request.text() })
      return answers.shift() ?? new Response('ok')
    },
  })
  return { clock, limiter, sent, fetch }
}

const makeInbound = (rules: readonly Rule[], publish?: boolean) => {
  const limiter = createLimiter({ rules, ...createHandClock() })
  const options = { limiter, keysOf: () => ['user:a'] as const, ...(publish !== undefined && { publish }) }
  return { limiter, options }
}

describe('a fetch that is limited', () => {
  it('sends no more than the rules let pass', async () => {
    const { clock, sent, fetch } = make([])
    const all = Array.from({ length: 6 }, () => fetch(url))
    await clock.advance(1000)
    await Promise.all(all)
    expect(sent.filter(({ at }) => at === 0)).toHaveLength(4)
    expect(sent).toHaveLength(6)
  })

  it('repeats what was refused once the pause is over, body and all, and holds others back meanwhile', async () => {
    const refusal = new Response('slow down', {
      status: 429,
      headers: { 'Retry-After': '5', 'RateLimit-Reason': 'jira-burst-based' },
    })
    const { clock, sent, fetch } = make([refusal])
    const answer = fetch(url, { method: 'POST', body: 'words' })
    await clock.advance(1)
    const other = fetch(url)
    await clock.advance(5000)
    expect(await (await answer).text()).toBe('ok')
    await other
    expect(sent.map(({ at }) => at)).toEqual([0, 5000, 5000])
    expect(sent.map(({ body }) => body).toSorted()).toEqual(['', 'words', 'words'])
  })

  it('gives up after the third refusal, and hands it on', async () => {
    const answers = Array.from({ length: 3 }, () => new Response(null, { status: 429 }))
    const { clock, sent, fetch } = make(answers)
    const answer = fetch(url)
    await clock.advance(60_000)
    expect((await answer).status).toBe(429)
    expect(sent).toHaveLength(3)
  })

  it('leaves the queue when it is aborted, and gives its slot back when the request fails', async () => {
    const { clock, fetch, limiter } = make([], [slots])
    const held = limiter.tryEnter(['user:a'])
    const controller = new AbortController()
    const answer = fetch(url, { signal: controller.signal })
    controller.abort()
    await expect(answer).rejects.toThrow('aborted')
    if (held.ok) held.end()
    const failing = limitFetch({
      limiter,
      keysOf: () => ['user:a'],
      fetch: async () => {
        throw new TypeError('connection refused')
      },
    })
    await expect(failing(url)).rejects.toThrow('refused')
    await clock.advance(0)
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 1 }])
  })

  it('says at once when its deadline cannot be met', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [perUser], ...clock })
    const fetch = limitFetch({
      limiter,
      keysOf: () => ['user:a'],
      wishesOf: () => ({ deadline: clock.now() + 10, cost: 4 }),
      fetch: async () => new Response('ok'),
    })
    await fetch(url)
    const error = await fetch(url).catch((reason: unknown) => reason)
    expect(isLimitError(error, 'late')).toBe(true)
  })
})

describe('a handler that is limited', () => {
  it('tells the budget with every answer, and refuses with a problem document', async () => {
    const handle = limitHandler(async () => new Response('ok'), makeInbound([perUser]).options)
    const answers: Response[] = []
    for (let turn = 0; turn < 5; turn += 1) answers.push(await handle(new Request(url), undefined))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429])
    expect(answers[0]?.headers.get('ratelimit')).toBe('"user-second";r=3;t=1')
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"user-second";q=10;w=1')
    const refused = answers[4]
    expect(refused?.headers.get('retry-after')).toBe('1')
    expect(refused?.headers.get('ratelimit')).toBe('"user-second";r=0;t=1')
    expect(await refused?.json()).toEqual({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      title: 'Too many requests.',
      status: 429,
      detail: 'Repeat the request in 1 seconds.',
      'violated-policies': ['user-second'],
    })
  })

  it('tells strangers when to come back and nothing else', async () => {
    const { limiter, options } = makeInbound([perUser], false)
    limiter.tryTake('user:a', 4)
    const refused = await limitHandler(async () => new Response('ok'), options)(new Request(url), undefined)
    expect([...refused.headers.keys()]).toEqual(['content-type', 'retry-after'])
    expect(await refused.json()).not.toHaveProperty('violated-policies')
  })

  it('writes to the headers of an answer that was fetched elsewhere', async () => {
    const handle = limitHandler(
      async () => Response.redirect('http://other.test/', 302),
      makeInbound([perUser]).options,
    )
    const answer = await handle(new Request(url), undefined)
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('http://other.test/')
    expect(answer.headers.get('ratelimit')).toContain('user-second')
  })

  it('counts requests under way, and lets go of them when they fail', async () => {
    const { limiter, options } = makeInbound([slots])
    const handle = limitHandler(async () => {
      expect(limiter.budget('user:a')).toMatchObject([{ remaining: 0 }])
      throw new Error('broken')
    }, options)
    await expect(handle(new Request(url), undefined)).rejects.toThrow('broken')
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 1 }])
  })

  it('leaves alone what has no keys', async () => {
    const { limiter } = makeInbound([perUser])
    const handle = limitHandler(async () => new Response('ok'), { limiter, keysOf: () => [] })
    expect((await handle(new Request(url), undefined)).headers.has('ratelimit')).toBe(false)
  })
})

it('limits as middleware of Hono, which gets its fields before the handler runs', async () => {
  const limiter = createLimiter({ rules: [perUser, slots], ...createHandClock() })
  const set: Record<string, string> = {}
  const context: HonoContext = {
    req: { raw: new Request(url) },
    header: (name, value) => void (set[name] = value),
  }
  const limit = limitHono({ limiter, keysOf: () => ['user:a'] })
  const seen: string[] = []
  const passed = await limit(context, async () => void seen.push(Object.keys(set).join(' ')))
  expect(passed).toBeUndefined()
  expect(seen).toEqual(['RateLimit RateLimit-Policy'])
  expect(set['RateLimit-Policy']).toBe('"user-slots";q=1;qu="concurrent-requests", "user-second";q=10;w=1')
  const inside = limiter.tryEnter(['user:a'])
  const refused = await limit(context, async () => void seen.push('never'))
  expect(refused?.status).toBe(429)
  expect(seen).toHaveLength(1)
  expect(inside.ok).toBe(true)
})
