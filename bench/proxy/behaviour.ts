import type { Outcome, Played, Scenario, Stage } from './scenario.ts'
import type { Heard } from './stdio-host.ts'
import { within } from './stdio-host.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Milliseconds after which a call counts as never answered. */
const never = 12_000

function said(answer: Heard | undefined): string {
  if (!answer) return 'no answer'
  return answer.error ? `error ${answer.error.code}` : 'result'
}

function textIn(answer: Heard | undefined): string {
  return JSON.stringify(answer?.result ?? answer?.error ?? '')
}

const isResult = (answer: Heard | undefined): boolean =>
  answer?.result !== undefined && answer.result['isError'] !== true

/** Ends the program in some way, and looks at how it ended and at what it left behind. */
async function ending({ server, open }: Stage, end: (played: Played) => void): Promise<Outcome> {
  const played = await open()
  const begin = performance.now()
  end(played)
  const exit = await within(5_000, played.exited)
  const ms = Math.round(performance.now() - begin)
  const { alive = 0, deletes = 0 } = await server.control('stats')
  const how = exit ? `${exit.signal ?? `exit ${exit.code}`} after ${ms} ms` : 'keeps running'
  return {
    held: exit?.code === 0 && ms <= 2_000 && alive === 0,
    seen: `${how}, ${alive} sessions left, ${deletes} DELETE`,
  }
}

async function large(stage: Stage, bytes: number): Promise<Outcome> {
  const played = await stage.open()
  const first = await within(30_000, played.call('len', { data: 'x'.repeat(bytes) }))
  const next = await within(5_000, played.call('echo', { text: 'still there' }))
  return { held: first !== undefined && isResult(next), seen: `${said(first)}, next call: ${said(next)}` }
}

/** The scenarios of behaviour, in the order of the reference. */
export const behaviour: readonly Scenario[] = [
  {
    name: 'B01 standard input ends',
    wanted: 'exit 0 within 2 s, no session left',
    play: (stage) => ending(stage, (played) => played.end()),
  },
  {
    name: 'B02 standard input ends during a call',
    wanted: 'the answer comes',
    async play({ open }) {
      const played = await open()
      const call = played.call('slow', { ms: 800 })
      await pause(300)
      played.end()
      const answer = await within(6_000, call)
      return { held: isResult(answer), seen: said(answer) }
    },
  },
  ...(['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal): Scenario => ({
    name: `B03 ${signal}`,
    wanted: 'exit 0 within 2 s, no session left',
    play: (stage) => ending(stage, (played) => void played.child.kill(signal)),
  })),
  {
    name: 'B04 the host closes its reading end',
    wanted: 'exit 0 within 2 s, no session left',
    play: (stage) =>
      ending(stage, (played) => {
        played.child.stdout?.destroy()
        setTimeout(() => played.send({ id: 99, method: 'tools/list' }), 100)
      }),
  },
  {
    name: 'B05 the server restarts between two calls',
    wanted: 'an error while it is down, then a result and the stream again',
    async play({ server, open }) {
      const played = await open()
      await server.kill()
      const down = await within(never, played.call('echo', { text: 'a' }))
      await server.start()
      await pause(300)
      const up = await within(never, played.call('echo', { text: 'b' }))
      await pause(3_000)
      const { streams = 0 } = await server.control('stats')
      return {
        held: down !== undefined && isResult(up) && streams > 0,
        seen: `${said(down)}, then ${said(up)}, ${streams} streams`,
      }
    },
  },
  {
    name: 'B06 the server is down for 10 s, and nobody calls',
    wanted: 'list_changed arrives before any call',
    async play({ server, open }) {
      const played = await open()
      await server.kill()
      await pause(10_000)
      await server.start()
      await pause(20_000)
      const before = played.heard.length
      await server.control('notify')
      await pause(1_000)
      const { streams = 0 } = await server.control('stats')
      const told = played.heard.slice(before).some(({ method }) => method?.endsWith('list_changed'))
      return { held: told, seen: `${streams} streams, ${told ? 'told' : 'not told'}` }
    },
  },
  {
    name: 'B07 the server restarts during a call',
    wanted: 'one answer',
    async play({ server, open }) {
      const played = await open()
      const call = played.call('slow', { ms: 5_000 })
      await pause(600)
      await server.kill()
      await server.start()
      const answer = await within(15_000, call)
      return { held: answer !== undefined, seen: said(answer) }
    },
  },
  {
    name: 'B07 the server restarts during a call that writes',
    wanted: 'an error that says the outcome is unknown, and no second call',
    async play({ server, open }) {
      const played = await open()
      await server.control('cut?on=1')
      const answer = await within(never, played.call('write'))
      await server.control('cut?on=0')
      await pause(1_000)
      const { calls } = await server.control('stats')
      return {
        held: /not known/.test(textIn(answer)) && calls === 1,
        seen: `${said(answer)}, called ${calls} times`,
      }
    },
  },
  {
    name: 'B08 the stream of an answer is cut',
    wanted: 'one answer',
    async play({ server, open }) {
      const played = await open()
      await server.control('cut?on=1')
      const answer = await within(25_000, played.call('echo', { text: 'a' }))
      return { held: answer !== undefined, seen: said(answer) }
    },
  },
  ...([404, 400] as const).map((status): Scenario => ({
    name: `${status === 404 ? 'B09' : 'B10'} the session is lost, and the server says ${status}`,
    wanted: 'a result',
    async play({ server, open }) {
      const played = await open()
      await server.control(`status?code=${status}`)
      await server.control('drop')
      const first = await within(never, played.call('echo', { text: 'a' }))
      const second = await within(never, played.call('echo', { text: 'b' }))
      return { held: isResult(first) && isResult(second), seen: `${said(first)}, ${said(second)}` }
    },
  })),
  {
    name: 'B12 401 until further notice',
    wanted: 'an answer, and a result when it is over',
    async play({ server, open }) {
      const played = await open()
      await server.control('refuse?times=1000000')
      const first = await within(45_000, played.call('echo', { text: 'a' }))
      await server.control('refuse?times=0')
      const second = await within(never, played.call('echo', { text: 'b' }))
      return { held: first !== undefined && isResult(second), seen: `${said(first)}, then ${said(second)}` }
    },
  },
  {
    name: 'B13 401 at the start',
    wanted: 'initialize is answered',
    async play({ server, start }) {
      await server.control('refuse?times=1000000')
      const played = start()
      const answer = await within(
        20_000,
        Promise.race([played.initialize(), played.exited.then(() => undefined)]),
      )
      return { held: isResult(answer), seen: answer ? said(answer) : played.isAlive() ? 'no answer' : 'exit' }
    },
  },
  {
    name: 'B14 the server is down at the start',
    wanted: 'initialize is answered, and a call when the server is there',
    async play({ server, start }) {
      await server.kill()
      const played = start()
      const answer = await within(
        15_000,
        Promise.race([played.initialize(), played.exited.then(() => undefined)]),
      )
      if (!answer) return { held: false, seen: played.isAlive() ? 'no answer' : 'exit' }
      await server.start()
      const call = await within(never, played.call('echo', { text: 'a' }))
      return { held: isResult(answer) && isResult(call), seen: `${said(answer)}, then ${said(call)}` }
    },
  },
  {
    name: 'B15 an answer of 50 MB over an event stream',
    wanted: 'within 8 s',
    form: 'sse',
    async play({ open }) {
      const played = await open()
      const begin = performance.now()
      const answer = await within(60_000, played.call('big', { bytes: 50 * 1_024 * 1_024 }))
      const seconds = (performance.now() - begin) / 1_000
      return { held: isResult(answer) && seconds < 8, seen: `${said(answer)} after ${seconds.toFixed(1)} s` }
    },
  },
  ...[11, 20, 70].map((megabytes): Scenario => ({
    name: `B16 a request of ${megabytes} MB`,
    wanted: 'an answer, and the next call works',
    play: (stage) => large(stage, megabytes * 1_024 * 1_024),
  })),
  {
    name: 'B17 a malformed line',
    wanted: '-32700 or -32600 for each, and the next call works',
    async play({ open }) {
      const played = await open()
      const errors: unknown[] = []
      played.child.stdout?.on('data', (text: Buffer) => {
        errors.push(...text.toString().matchAll(/"code":(-32700|-32600)/g))
      })
      played.write('{not json}\n{"jsonrpc":"2.0","id":77}\n')
      await pause(1_000)
      const next = await within(never, played.call('echo', { text: 'a' }))
      return {
        held: errors.length === 2 && isResult(next),
        seen: `${errors.length} errors, next call: ${said(next)}`,
      }
    },
  },
  {
    name: 'B18 a batch',
    wanted: 'two answers',
    async play({ open }) {
      const played = await open()
      let answers = 0
      played.child.stdout?.on('data', (text: Buffer) => {
        answers += [...text.toString().matchAll(/"id":"b\d"/g)].length
      })
      const batch = ['b1', 'b2'].map((id) => ({ jsonrpc: '2.0', id, method: 'tools/list' }))
      played.write(`${JSON.stringify(batch)}\n`)
      await pause(2_000)
      return { held: answers === 2, seen: `${answers} answers` }
    },
  },
  {
    name: 'B19 progress and cancellation',
    wanted: 'four notifications, then no answer, and the server is told',
    async play({ server, open }) {
      const played = await open()
      const call = played.call('slow', { ms: 2_000 }, { progressToken: 'p' })
      await pause(900)
      const progress = played.heard.filter(({ method }) => method === 'notifications/progress').length
      played.send({ method: 'notifications/cancelled', params: { requestId: 3 } })
      const answer = await within(3_000, call)
      const { cancelled = 0 } = await server.control('stats')
      return {
        held: progress >= 4 && !answer && cancelled === 1,
        seen: `${progress} notifications, ${said(answer)}, server told ${cancelled} times`,
      }
    },
  },
  {
    name: 'B21 a server of revision 2026-07-28 alone',
    wanted: 'a result without an option',
    server: ['--modern'],
    async play({ start }) {
      const played = start()
      const exit = played.exited.then(() => undefined)
      const first = await within(20_000, Promise.race([played.initialize(), exit]))
      const call = first && (await within(never, played.call('echo', { text: 'a' })))
      return { held: isResult(call), seen: first ? said(call) : played.isAlive() ? 'no answer' : 'exit' }
    },
  },
  {
    name: 'what a start costs the server',
    wanted: 'one session, at most 5 requests',
    async play({ server, open }) {
      await open()
      await pause(500)
      const { requests = 0, sessions = 0, streams = 0 } = await server.control('stats')
      return {
        held: sessions === 1 && requests <= 5,
        seen: `${requests} requests, ${sessions} sessions, ${streams} streams`,
      }
    },
  },
]
