import type { Outcome, Played, Scenario, Stage } from './scenario.ts'
import type { Heard } from './stdio-host.ts'
import { within } from './stdio-host.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const isResult = (answer: Heard | undefined): boolean =>
  answer?.result !== undefined && answer.result['isError'] !== true

/** Signs in once, so that tokens are stored, and ends. */
async function signedIn({ start }: Stage): Promise<void> {
  const played = start()
  await within(30_000, played.initialize())
  played.send({ method: 'notifications/initialized' })
  await within(30_000, played.call('echo', { text: 'a' }))
  played.end()
  await within(5_000, played.exited)
}

async function five(stage: Stage): Promise<readonly Played[]> {
  const all = Array.from({ length: 5 }, () => stage.start())
  await Promise.all(
    all.map(async (played) => {
      await within(60_000, played.initialize())
      played.send({ method: 'notifications/initialized' })
    }),
  )
  return all
}

async function callAll(all: readonly Played[], ms: number): Promise<number> {
  const answers = await Promise.all(all.map((played) => within(ms, played.call('echo', { text: 'a' }))))
  return answers.filter(isResult).length
}

/** What happens in the middle of a session. */
interface MidSession {
  /** How long the person takes. */
  readonly seconds: number
  readonly command: string
  readonly tool?: string
}

/** Signs in, makes something invalid, and calls once. */
async function midSession(stage: Stage, { seconds, command, tool = 'echo' }: MidSession): Promise<Outcome> {
  await signedIn(stage)
  const played = stage.start()
  await within(20_000, played.initialize())
  await within(20_000, played.call('echo', { text: 'a' }))
  const before = stage.windows().length
  stage.personTakes(seconds)
  await stage.server.control(command)
  const answer = await within(40_000, played.call(tool, { bytes: 1 }))
  const windows = stage.windows().length - before
  const what = answer ? (isResult(answer) ? 'result' : 'error') : 'no answer'
  return { held: isResult(answer) && windows === 1, seen: `${what}, ${windows} windows` }
}

/** Sends something to the callback that no authorization server sent. */
async function forged(stage: Stage, query: string): Promise<Outcome> {
  await stage.server.control('script?hold=1')
  const played = stage.start()
  void played.initialize()
  void played.call('echo', { text: 'a' })
  for (let waited = 0; stage.windows().length === 0 && waited < 20_000; waited += 100) await pause(100)
  await pause(1_500)
  const [window] = stage.windows()
  const back = window === undefined ? undefined : new URL(window).searchParams.get('redirect_uri')
  if (!back) return { held: false, seen: 'no window' }
  const response = await fetch(`${back}?${query}`).catch(() => undefined)
  await pause(3_000)
  return {
    held: response?.status === 400 && played.isAlive(),
    seen: `${response?.status ?? 'no page'}, ${played.isAlive() ? 'goes on' : 'exit'}`,
  }
}

/** The scenarios of signing in, in the order of the reference. */
export const signIn: readonly Scenario[] = [
  {
    name: 'A02 nobody agrees',
    wanted: 'initialize is answered at once, and a call says where to sign in',
    server: ['--protected'],
    async play({ server, start, windows }) {
      await server.control('script?hold=1')
      const played = start()
      const begin = performance.now()
      const answer = await within(45_000, played.initialize())
      const ms = Math.round(performance.now() - begin)
      const call = answer && (await within(40_000, played.call('echo', { text: 'a' })))
      const isShown = JSON.stringify(call ?? '').includes('/authorize')
      return {
        held: isResult(answer) && isShown && windows().length === 1,
        seen: answer ? `initialize after ${ms} ms, address ${isShown ? 'shown' : 'not shown'}` : 'no answer',
      }
    },
  },
  {
    name: 'A03 five instances, nobody signed in',
    wanted: 'five results, one window, one registration',
    server: ['--protected'],
    async play(stage) {
      const all = await five(stage)
      const results = await callAll(all, 60_000)
      const { registrations } = await stage.server.control('stats')
      const windows = stage.windows().length
      return {
        held: results === 5 && windows === 1 && registrations === 1,
        seen: `${results} results, ${windows} windows, ${registrations} registrations`,
      }
    },
  },
  ...[0, 3].map((seconds): Scenario => ({
    name: `A05 five instances get 401 at once, the person takes ${seconds} s`,
    wanted: 'five results, one refresh, no reuse, no window',
    server: ['--protected'],
    async play(stage) {
      await signedIn(stage)
      const all = await five(stage)
      await callAll(all, 30_000)
      const before = stage.windows().length
      stage.personTakes(seconds)
      await stage.server.control('expire')
      const results = await callAll(all, 60_000)
      const { refreshes, reused } = await stage.server.control('stats')
      const windows = stage.windows().length - before
      return {
        held: results === 5 && refreshes === 1 && reused === 0 && windows === 0,
        seen: `${results} results, ${refreshes} refreshes, ${reused} reused, ${windows} windows`,
      }
    },
  })),
  {
    name: 'A06 all tokens revoked in mid-session, the person takes 3 s',
    wanted: 'a result, one window',
    server: ['--protected'],
    play: (stage) => midSession(stage, { seconds: 3, command: 'revoke' }),
  },
  {
    name: 'A07 the same, and the person agrees at once',
    wanted: 'a result, one window',
    server: ['--protected'],
    play: (stage) => midSession(stage, { seconds: 0, command: 'revoke' }),
  },
  ...[3, 0].map((seconds): Scenario => ({
    name: `A08 a tool needs more scopes, the person takes ${seconds} s`,
    wanted: 'a result, one window',
    server: ['--protected'],
    play: (stage) => midSession(stage, { seconds, command: 'script?needs=write', tool: 'big' }),
  })),
  {
    name: 'A09 --debug, and tokens that do not say when they end',
    wanted: 'no token and no argument in any log',
    server: ['--protected'],
    async play({ server, start, traces }) {
      await server.control('script?lifetime=0')
      const played = start('--debug')
      await within(30_000, played.initialize())
      const answer = await within(30_000, played.call('echo', { text: 'my-secret-argument' }))
      await pause(500)
      const text = traces()
      const found = [/access-[0-9a-f-]{36}/, /refresh-[0-9a-f-]{36}/, /my-secret-argument/].filter((secret) =>
        secret.test(text),
      )
      return { held: isResult(answer) && found.length === 0, seen: `${found.length} of 3 secrets found` }
    },
  },
  {
    name: 'A10 a callback with a code and no state',
    wanted: '400, and the sign-in goes on',
    server: ['--protected'],
    play: (stage) => forged(stage, 'code=made-up'),
  },
  {
    name: 'A11 a callback with an error and no state',
    wanted: '400, and the sign-in goes on',
    server: ['--protected'],
    play: (stage) => forged(stage, 'error=access_denied'),
  },
]
