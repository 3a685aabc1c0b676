/**
 * Two storms. Five instances share a sign-in and are all refused at once, 200 times: each time one of them renews the
 * token, nobody opens a window, and nobody is signed out. And the connection is cut at random 10,000 times: each call gets
 * exactly one answer all the same.
 *
 * Usage: npm run proxy:storms [-- --quick]
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { judge, printTable } from './kit/report.ts'
import { ours } from './proxy/contenders.ts'
import { openCutter } from './proxy/cutter.ts'
import { runServer } from './proxy/run-server.ts'
import type { Heard, StdioHost } from './proxy/stdio-host.ts'
import { startStdioHost, within } from './proxy/stdio-host.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const plan = values.quick ? { refusals: 20, cuts: 1_000 } : { refusals: 200, cuts: 10_000 }

/** Milliseconds after which a call counts as never answered. */
const never = 120_000

const own = ours()
const home = mkdtempSync(join(tmpdir(), 'storms-'))
const [browser, opened] = [join(home, 'browser'), join(home, 'opened')]
writeFileSync(opened, '')
writeFileSync(
  browser,
  `#!/bin/sh\necho "$1" >> ${opened}\n( exec curl -sL -o /dev/null --max-time 60 "$1" ) </dev/null >/dev/null 2>&1 &\n`,
)
chmodSync(browser, 0o755)

function start(url: string, onMessage?: (message: Heard) => void): StdioHost {
  return startStdioHost({
    command: own.command(url),
    environment: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_STATE_HOME: home,
      TELAMON_PROXY_STORAGE: 'plain',
      BROWSER: browser,
      DISPLAY: ':0',
    },
    ...(onMessage && { onMessage }),
  })
}

async function open(host: StdioHost): Promise<void> {
  const clientInfo = { name: 'storm', version: '1' }
  await within(
    never,
    host.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }),
  )
  host.send({ method: 'notifications/initialized' })
  await within(never, host.request('tools/list'))
}

const call = (host: StdioHost, name: string): Promise<Heard | undefined> =>
  within(never, host.request('tools/call', { name, arguments: { text: 'a' } }))

async function refusals() {
  const server = await runServer('--protected')
  const hosts = Array.from({ length: 5 }, () => start(server.url()))
  try {
    await Promise.all(hosts.map(open))
    await Promise.all(hosts.map((host) => call(host, 'echo')))
    const before = await server.control('stats')
    let failed = 0
    let uneven = 0
    for (let index = 0; index < plan.refusals; index++) {
      const { refreshes: earlier = 0 } = await server.control('stats')
      await server.control('expire')
      const answers = await Promise.all(hosts.map((host) => call(host, 'echo')))
      failed += answers.filter((answer) => !answer?.result || answer.result['isError'] === true).length
      const { refreshes = 0 } = await server.control('stats')
      if (refreshes - earlier !== 1) uneven++
    }
    const { refreshes = 0, reused = 0, authorizations = 0 } = await server.control('stats')
    return {
      refusals: plan.refusals,
      refreshes: refreshes - (before['refreshes'] ?? 0),
      uneven,
      reused,
      signIns: authorizations,
      windows: readFileSync(opened, 'utf8').split('\n').filter(Boolean).length,
      failed,
    }
  } finally {
    for (const { kill } of hosts) kill()
    await server.stop()
  }
}

async function cuts() {
  const server = await runServer()
  const cutter = await openCutter(new URL(server.origin), 0.2)
  const url = `http://127.0.0.1:${cutter.port}/sse/mcp`
  const strays: Heard[] = []
  const host = start(url, (message) => {
    if (message.method === undefined) strays.push(message)
  })
  const counts = { calls: 0, results: 0, errors: 0, unanswered: 0 }
  const lane = async (tool: string): Promise<void> => {
    while (cutter.cuts() < plan.cuts) {
      counts.calls++
      const answer = await call(host, tool)
      if (!answer) counts.unanswered++
      else if (answer.result) counts.results++
      else counts.errors++
    }
  }
  try {
    await open(host)
    const lanes = Array.from({ length: 60 }, (_, index) => lane(index % 2 === 0 ? 'echo' : 'write'))
    await Promise.all(lanes)
    const made = cutter.cuts()
    cutter.rest()
    const last = await call(host, 'echo')
    return { cuts: made, ...counts, strays: strays.length, isWellAfterwards: last?.result !== undefined }
  } finally {
    host.kill()
    cutter.close()
    await server.stop()
  }
}

try {
  const refused = await refusals()
  printTable(
    'five instances, refused at once',
    [refused],
    [
      ['', () => 'telamon-proxy'],
      ['refusals', (row) => String(row.refusals)],
      ['refreshes', (row) => String(row.refreshes)],
      ['not exactly one', (row) => String(row.uneven)],
      ['reused', (row) => String(row.reused)],
      ['windows', (row) => String(row.windows)],
      ['calls failed', (row) => String(row.failed)],
    ],
  )
  const cut = await cuts()
  printTable(
    'the connection cut at random',
    [cut],
    [
      ['', () => 'telamon-proxy'],
      ['cuts', (row) => String(row.cuts)],
      ['calls', (row) => String(row.calls)],
      ['results', (row) => String(row.results)],
      ['errors', (row) => String(row.errors)],
      ['unanswered', (row) => String(row.unanswered)],
      ['answered twice', (row) => String(row.strays)],
    ],
  )
  judge(
    [
      { goal: 'refusals with other than one refresh', value: refused.uneven, atMost: 0 },
      { goal: 'refresh tokens used twice', value: refused.reused, atMost: 0 },
      { goal: 'windows beyond the first', value: refused.windows - 1, atMost: 0 },
      { goal: 'calls that failed', value: refused.failed, atMost: 0 },
      { goal: 'cuts', value: cut.cuts, atLeast: plan.cuts },
      { goal: 'calls without an answer', value: cut.unanswered, atMost: 0 },
      { goal: 'calls with two answers', value: cut.strays, atMost: 0 },
      { goal: 'calls answered after the storm', value: cut.isWellAfterwards ? 1 : 0, atLeast: 1 },
    ],
    join(import.meta.dirname, 'results', 'proxy-storms.json'),
    { refused, cut },
  )
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
}
