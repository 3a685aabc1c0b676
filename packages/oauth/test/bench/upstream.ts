import {
  SignInError,
  type Choice,
  type SignedIn,
  type SignIn,
  type SignInErrorCode,
} from '../../src/index.ts'

/** A person of the sign-in that stands behind the tests. */
export interface Person {
  readonly subject: string
  readonly label: string
  readonly choices: readonly Choice[]
}

export const ada: Person = {
  subject: 'person-ada',
  label: 'Ada Lovelace',
  choices: [{ id: 'site-one', label: 'One', detail: 'one.example' }],
}

export const grace: Person = {
  subject: 'person-grace',
  label: 'Grace Hopper',
  choices: [
    { id: 'site-one', label: 'One', detail: 'one.example' },
    { id: 'site-two', label: 'Two', detail: 'two.example' },
  ],
}

/** A sign-in elsewhere: its pages approve at once, in the name of whom the test says. */
export interface Upstream {
  readonly signIn: SignIn
  readonly origin: string
  /** What the upstream answers to a browser at one of its addresses: the way back, with a code. */
  readonly visit: (url: URL) => Response
  /** Who signs in from now on, or how it fails. */
  readonly become: (next: Person | { readonly fails: SignInErrorCode | Error }) => void
  /** Connections that were written and not forgotten, by grant id. */
  readonly kept: ReadonlyMap<string, SignedIn>
  readonly forgotten: readonly { readonly grantId: string; readonly reason: string }[]
  /** What `keep` and `forget` reject with. */
  readonly faults: { keep?: Error; forget?: Error; begin?: Error }
  /** Scopes that `begin` was asked for, in order. */
  readonly begun: readonly (readonly string[])[]
}

export function createUpstream(): Upstream {
  const origin = 'https://sign-in.example'
  const kept = new Map<string, SignedIn>()
  const forgotten: { readonly grantId: string; readonly reason: string }[] = []
  const begun: (readonly string[])[] = []
  const codes = new Map<string, Person | { readonly fails: SignInErrorCode | Error }>()
  const faults: Upstream['faults'] = {}
  let next: Person | { readonly fails: SignInErrorCode | Error } = ada

  return {
    origin,
    kept,
    forgotten,
    faults,
    begun,
    become(person) {
      next = person
    },
    visit(url) {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      const code = `upstream-code-${codes.size + 1}`
      codes.set(code, next)
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return new Response(null, { status: 302, headers: { location: back.href } })
    },
    signIn: {
      async begin({ state, callbackUrl, scopes }) {
        if (faults.begin) throw faults.begin
        begun.push(scopes)
        const query = new URLSearchParams({ state, redirect_uri: callbackUrl, scope: scopes.join(' ') })
        return { url: new URL(`${origin}/authorize?${query.toString()}`), memo: 'memo' }
      },
      async finish(callback, { memo }) {
        if (memo !== 'memo') throw new Error('the memo was lost')
        const code = callback.get('code') ?? ''
        const person = codes.get(code)
        codes.delete(code)
        if (person === undefined) throw new SignInError('denied', { message: 'the code was used' })
        if ('fails' in person)
          throw typeof person.fails === 'string' ? new SignInError(person.fails) : person.fails
        return { ...person, sealed: `sealed tokens of ${person.subject}` }
      },
      async keep(grantId, signedIn) {
        if (faults.keep) throw faults.keep
        kept.set(grantId, signedIn)
      },
      async forget(grantId, reason) {
        if (faults.forget) throw faults.forget
        kept.delete(grantId)
        forgotten.push({ grantId, reason })
      },
      describe: (scopes) => scopes.map((scope) => `upstream-${scope.replace(':', '-')}`),
    },
  }
}
