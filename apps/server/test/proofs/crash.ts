import { hold } from './hold.ts'
import type { Instance } from './instance.ts'
import { resource } from './instance.ts'
import { finishCallback, redeem, refresh, signIn, walkToCallback } from './person.ts'
import type { Server, Tokens } from './person.ts'
import type { Process } from './process.ts'
import type { ProofUpstream } from './upstream.ts'

/** What a run has: one instance that lives, one that may die, and an upstream that remembers. */
export interface Scene {
  readonly survivor: Instance
  readonly server: Server
  readonly victim: Process
  readonly upstream: ProofUpstream
  readonly client: string
  readonly person: string
  /** Whether a sweep comes by before anybody asks again. */
  readonly sweepsFirst: boolean
  /** Moves the survivor's clock on. */
  readonly pass: (milliseconds: number) => void
}

/** Something that an instance may die in the middle of. */
export interface Scenario {
  readonly name: string
  /** Makes ready, without the victim. Gives what the victim does, and what has to be true afterwards. */
  readonly prepare: (scene: Scene) => Promise<{
    /** For the clock of the victim. */
    readonly aheadMs?: number
    readonly act: () => Promise<unknown>
    readonly judge: (answered: boolean) => Promise<void>
  }>
}

const hour = 3_600_000

const sweep = async ({ survivor, sweepsFirst }: Scene): Promise<void> => {
  if (!sweepsFirst) return
  await survivor.authorization.sweep()
  await survivor.vault.sweep()
}

/** The grant behind an access token, which has to be that person's, upstream too. */
async function ownGrant({ survivor, person, upstream }: Scene, tokens: Tokens): Promise<string> {
  const verdict = await survivor.authorization.verify(tokens.access_token, resource)
  if (!verdict.ok) throw new Error(`A token that was answered is refused: ${verdict.reason}`)
  hold('the token is the person’s own', verdict.grant.subject, person)
  const { grantId } = verdict.grant
  hold('so is the token upstream', upstream.ownerOf(await survivor.vault.token(grantId)), person)
  return grantId
}

const callback: Scenario = {
  name: 'callback',
  async prepare(scene) {
    const { server, victim, survivor, pass } = scene
    const at = await walkToCallback(server, scene)
    let code: Awaited<ReturnType<typeof finishCallback>>
    return {
      async act() {
        code = await finishCallback(victim.send, at)
      },
      async judge(answered) {
        await sweep(scene)
        const again = await finishCallback(server, at)
        if (answered) {
          hold('a callback gives one code', [code !== undefined, again !== undefined], [true, false])
          if (code !== undefined)
            await ownGrant(scene, (await redeem(server, code)) ?? never('the code is lost'))
        }
        const fresh = await redeem(server, await signIn(server, scene))
        await ownGrant(scene, fresh ?? never('a new sign-in does not work'))
        pass(hour)
        await survivor.authorization.sweep()
        const listed = await survivor.authorization.grants.list(scene.person)
        for (const { grantId } of listed)
          hold('every grant has its connection', (await survivor.vault.token(grantId)) !== '', true)
      },
    }
  },
}

const redemption: Scenario = {
  name: 'redemption',
  async prepare(scene) {
    const { server, victim } = scene
    const code = await signIn(server, scene)
    let tokens: Tokens | undefined
    return {
      async act() {
        tokens = await redeem(victim.send, code)
      },
      async judge(answered) {
        if (answered) {
          await ownGrant(scene, tokens ?? never('a code that nobody used was refused'))
          return
        }
        await sweep(scene)
        // The code may have been consumed. Then its repetition counts as a replay, and the person signs in again.
        const repeated = await redeem(server, code)
        if (repeated !== undefined) await ownGrant(scene, repeated)
        hold('a code is good once', await redeem(server, code), undefined)
        const fresh = await redeem(server, await signIn(server, scene))
        await ownGrant(scene, fresh ?? never('a new sign-in does not work'))
      },
    }
  },
}

const rotation: Scenario = {
  name: 'rotation',
  async prepare(scene) {
    const { server, victim, client } = scene
    const first = (await redeem(server, await signIn(server, scene))) ?? never('a sign-in does not work')
    let next: Tokens | undefined
    return {
      async act() {
        next = await refresh(victim.send, { client, token: first.refresh_token })
      },
      async judge() {
        await sweep(scene)
        const retried = await refresh(server, { client, token: first.refresh_token })
        if (retried === undefined) throw new Error('a retry was refused: the person is signed out')
        if (next !== undefined) hold('there is one successor', retried.refresh_token, next.refresh_token)
        await ownGrant(scene, retried)
        const later = await refresh(server, { client, token: retried.refresh_token })
        await ownGrant(scene, later ?? never('the successor is refused'))
      },
    }
  },
}

const upstreamRefresh: Scenario = {
  name: 'upstream refresh',
  async prepare(scene) {
    const { server, victim, survivor, upstream, pass, person } = scene
    const tokens = (await redeem(server, await signIn(server, scene))) ?? never('a sign-in does not work')
    const grantId = await ownGrant(scene, tokens)
    const before = upstream.counts()
    let token: string | undefined
    return {
      aheadMs: hour,
      async act() {
        token = await victim.token(grantId)
      },
      async judge() {
        // The lease of whoever died has lapsed by now.
        pass(hour + 31_000)
        await sweep(scene)
        const recovered = await survivor.vault.token(grantId)
        hold('the token upstream is the person’s own', upstream.ownerOf(recovered), person)
        if (token !== undefined) hold('a refresh that was answered is not made again', recovered, token)
        const after = upstream.counts()
        hold('the connection lives', after.dead, before.dead)
        const made = after.refreshes - before.refreshes - (after.repeats - before.repeats)
        hold('one expiry costs one refresh, beside the repetition of one that was lost', made, 1)
      },
    }
  },
}

function never(what: string): never {
  throw new Error(what)
}

/** All of them. */
export const scenarios: readonly Scenario[] = [callback, redemption, rotation, upstreamRefresh]
