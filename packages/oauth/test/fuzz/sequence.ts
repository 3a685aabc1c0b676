import { minute, second } from '../bench/clock.ts'
import { hold } from './expect.ts'
import { authorize, consent, register } from './sign-in-commands.ts'
import { redeem, refresh, revoke, use } from './token-commands.ts'
import { createWorld, type World } from './world.ts'

type Command = (world: World) => Promise<void>

const waits = [
  second,
  9 * second,
  9 * second,
  11 * second,
  11 * second,
  40 * second,
  65 * second,
  2 * minute,
  14 * minute,
  3 * 24 * 60 * minute,
]

/** The commands, and how often each comes. */
const commands: readonly (readonly [name: string, weight: number, run: Command])[] = [
  ['register', 1, register],
  ['authorize', 3, authorize],
  ['consent', 4, consent],
  ['redeem', 4, redeem],
  ['refresh', 6, refresh],
  ['use', 4, use],
  ['revoke', 1, revoke],
  ['wait', 2, async ({ chance, clock }) => clock.pass(chance.of(waits) ?? 0)],
  ['sweep', 1, async ({ server }) => server().sweep()],
  ['restart', 1, async ({ restart }) => restart()],
]
const total = commands.reduce((sum, [, weight]) => sum + weight, 0)

/** The names of the commands, in order. */
export const commandNames: readonly string[] = commands.map(([name]) => name)

/** What came of a sequence. */
export interface Played {
  /** Names of the commands that were given. */
  readonly trail: readonly string[]
  readonly broken?: unknown
}

/** Gives so many commands at random and holds what comes of each against what is expected. */
export async function playSequence(seed: number, length: number): Promise<Played> {
  const world = createWorld(seed)
  const trail: string[] = []
  try {
    // A world without a signed-in client has little to lose: begin where it gets interesting.
    for (const begin of [register, register, authorize, consent, redeem]) await begin(world)
    for (let step = 0; step < length; step += 1) {
      const [name, run] = pick(world)
      trail.push(name)
      await run(world)
    }
    await settle(world)
    return { trail }
  } catch (broken) {
    return { trail, broken }
  }
}

function pick({ chance }: World): readonly [string, Command] {
  let left = chance.below(total)
  for (const [name, weight, run] of commands) {
    if (left < weight) return [name, run]
    left -= weight
  }
  return ['wait', async () => undefined]
}

/** In the end nobody who behaved is signed out, nothing revoked works, and no connection is left without its grant. */
async function settle({ events, server, upstream, grants, clock, people }: World): Promise<void> {
  const faults = events.filter(({ type }) => type === 'failed')
  hold('nothing failed', faults, [])
  await server().sweep()
  const lists = await Promise.all(people.map(({ person }) => server().grants.list(person.subject)))
  const live = grants.filter(
    ({ dead, redeemed, codeUntil, refreshUntil }) =>
      !dead && (redeemed ? refreshUntil : codeUntil) > clock.now(),
  )
  hold('exactly the grants that nobody ended are there', lists.flat().length, live.length)
  // A grant that lapsed keeps its connection for ten minutes more, for instances whose clocks differ.
  const ids = new Set(lists.flat().map(({ grantId }) => grantId))
  const orphans = [...upstream.kept.keys()].filter((id) => !ids.has(id))
  const lapsed = grants.filter(({ dead, redeemed, codeUntil, refreshUntil }) => {
    const until = redeemed ? refreshUntil : codeUntil
    return !dead && until <= clock.now() && until > clock.now() - 10 * minute
  })
  hold('no connection outlives its grant', orphans.length, lapsed.length)
}
