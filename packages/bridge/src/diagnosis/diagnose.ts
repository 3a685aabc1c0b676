import { BridgeError } from '../bridge-error.ts'
import type { Instant } from '../credentials/credentials.ts'
import type { CredentialStore } from '../credentials/store.ts'
import { codeOf, explainSocketError } from '../network/http-error.ts'
import type { Http, HttpAnswer } from '../network/http.ts'
import { acceptedEncodings, readBody } from '../network/http.ts'
import { stampText } from '../remote/probe.ts'
import { modernRevision } from '../revisions.ts'
import { isLoopback } from '../sign-in/addresses.ts'
import type { Challenge } from '../sign-in/challenge.ts'
import { readChallenge } from '../sign-in/challenge.ts'
import type { SignInChoices } from '../sign-in/choices.ts'
import { discover } from '../sign-in/discovery.ts'

/** One thing that was tried on the way to a server. */
export interface Finding {
  readonly stage:
    | 'name'
    | 'proxy'
    | 'connection'
    | 'answer'
    | 'clock'
    | 'sign-in'
    | 'stored sign-in'
    | 'permission'
  /** `note`: nothing is wrong, and it may explain something. */
  readonly kind: 'well' | 'note' | 'wrong'
  /** A sentence for a person; of what is wrong, with what to do. */
  readonly text: string
}

/** What a diagnosis is made with. */
export interface DiagnosisOptions extends Pick<SignInChoices, 'resource'> {
  readonly remote: URL
  readonly http: Http
  readonly credentials: CredentialStore
  readonly entry: string
  readonly headers: Readonly<Record<string, string>>
  readonly proxyFor?: (url: URL) => URL | undefined
  readonly allowHttp?: boolean
  readonly now?: () => Instant
}

/** Milliseconds that one stage may take. */
const patienceMs = 10_000

/** Milliseconds that two clocks may differ. */
const skewMs = 60_000

/**
 * Tries everything on the way to a server, one after the other, and ends where nothing further can work. Opens no
 * browser. `tell` hears each finding at once.
 */
export async function diagnose(options: DiagnosisOptions, tell: (finding: Finding) => void): Promise<void> {
  const { remote, proxyFor, headers } = options
  const proxy = proxyFor?.(remote)
  const way: Finding = proxy
    ? { stage: 'proxy', kind: 'note', text: `${remote.host} is reached by the proxy ${proxy.host}.` }
    : await resolved(remote)
  tell(way)
  if (way.kind === 'wrong') return
  const first = await probed(options, headers)
  if ('stage' in first) return tell(first)
  const trusted = remote.protocol === 'https:' ? ', and its certificate is trusted' : ''
  tell({ stage: 'connection', kind: 'well', text: `${remote.origin} answers${trusted}.` })
  for (const finding of [...clock(first, options), meaning(first, remote)]) tell(finding)
  if (first.status !== 401) return
  if (headers['authorization'] !== undefined) {
    const text = `${remote.host} refuses the Authorization that was given. Check its value.`
    return tell({ stage: 'permission', kind: 'wrong', text })
  }
  tell(await signIn(readChallenge(first.answer.header('www-authenticate')), options))
  for (const finding of await stored(options)) tell(finding)
}

async function resolved({ hostname }: URL): Promise<Finding> {
  const { lookup } = await import('node:dns/promises')
  try {
    const found = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true })
    const addresses = found.map(({ address }) => address).join(', ')
    return { stage: 'name', kind: 'well', text: `${hostname} is ${addresses}.` }
  } catch (error) {
    return { stage: 'name', kind: 'wrong', text: `${hostname}: ${explainSocketError(codeOf(error))}` }
  }
}

interface Asked {
  readonly status: number
  readonly answer: HttpAnswer
  readonly body: string
}

/** Asks the server for its era, which changes nothing in either era. */
async function probed(
  { remote, http }: DiagnosisOptions,
  headers: Readonly<Record<string, string>>,
): Promise<Asked | Finding> {
  const stamp = stampText({ era: 'modern', capabilities: '{}' })
  try {
    const answer = await http({
      method: 'POST',
      url: remote,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'accept-encoding': acceptedEncodings,
        'mcp-protocol-version': modernRevision,
        'mcp-method': 'server/discover',
        ...headers,
      },
      body: `{"jsonrpc":"2.0","id":"check","method":"server/discover","params":{"_meta":${stamp}}}`,
      silenceMs: patienceMs,
      signal: AbortSignal.timeout(2 * patienceMs),
    })
    return { status: answer.status, answer, body: (await readBody(answer, 1_024 * 1_024)).toString() }
  } catch (error) {
    return {
      stage: 'connection',
      kind: 'wrong',
      text: error instanceof Error ? error.message : 'The connection failed.',
    }
  }
}

function clock({ answer }: Asked, { now = Date.now }: DiagnosisOptions): readonly Finding[] {
  const theirs = Date.parse(answer.header('date') ?? '')
  if (Number.isNaN(theirs)) return []
  const difference = now() - theirs
  if (Math.abs(difference) <= skewMs) return [{ stage: 'clock', kind: 'well', text: 'The clocks agree.' }]
  const [seconds, side] = [Math.round(Math.abs(difference) / 1_000), difference > 0 ? 'ahead of' : 'behind']
  const text = `This machine's clock is ${seconds} seconds ${side} the server's. Set it, or tokens end too early or too late.`
  return [{ stage: 'clock', kind: 'wrong', text }]
}

/** One kind of answer, and what it says of the server. */
interface Meaning {
  readonly holds: (asked: Asked) => boolean
  readonly kind: Finding['kind']
  readonly say: (remote: URL, asked: Asked) => string
}

const typeOf = ({ answer }: Asked): string => answer.header('content-type') ?? ''

/** The first one that holds counts. */
const meanings: readonly Meaning[] = [
  { holds: ({ status }) => status === 401, kind: 'well', say: () => 'The server wants a sign-in.' },
  {
    holds: ({ status }) => status >= 300 && status < 400,
    kind: 'wrong',
    say: ({ href }, { answer }) =>
      `${href} redirects to ${answer.header('location') ?? 'another address'}. Give that address instead, if you trust it.`,
  },
  {
    holds: ({ status }) => status >= 500,
    kind: 'wrong',
    say: (_remote, { status }) => `The server fails (${status}). Tell who runs it, or try again later.`,
  },
  {
    holds: ({ status }) => status === 405,
    kind: 'note',
    say: () => 'The server takes no messages by Streamable HTTP (405); HTTP+SSE will be tried.',
  },
  {
    holds: ({ status, body }) => status === 404 && !body.includes('"jsonrpc"'),
    kind: 'wrong',
    say: ({ href }) =>
      `There is no MCP server at ${href} (404). Check the path: many servers have theirs at /mcp or /sse.`,
  },
  {
    holds: (asked) => typeOf(asked).includes('html'),
    kind: 'wrong',
    say: ({ href }, { status }) =>
      `${href} answers with a web page (${status}). Check the address, and that no sign-in page of a network stands in between.`,
  },
  {
    holds: ({ status }) => status === 403,
    kind: 'wrong',
    say: ({ host }) => `${host} forbids this (403). Your account or your network may lack the permission.`,
  },
  {
    holds: ({ status, body }) => status === 200 && body.includes('"supportedVersions"'),
    kind: 'well',
    say: () => `The server speaks MCP by revision ${modernRevision}, and wants no sign-in.`,
  },
  {
    holds: () => true,
    kind: 'well',
    say: () => 'The server speaks MCP by one of the revisions up to 2025-11-25, and wants no sign-in.',
  },
]

function meaning(answer: Asked, remote: URL): Finding {
  const found = meanings.find(({ holds }) => holds(answer))
  return { stage: 'answer', kind: found?.kind ?? 'note', text: found?.say(remote, answer) ?? '' }
}

async function signIn(challenge: Challenge | undefined, options: DiagnosisOptions): Promise<Finding> {
  const { remote } = options
  try {
    const { server, scopes = [] } = await discover(remote, challenge, {
      ...options,
      allowLocal: isLoopback(remote.hostname),
      signal: AbortSignal.timeout(3 * patienceMs),
    })
    const ways = [
      ...(server.takesMetadataDocuments ? ['by a document about the client'] : []),
      ...(server.registrationEndpoint ? ['by registering themselves'] : []),
    ]
    const clients =
      ways.length > 0
        ? `Clients are known ${ways.join(' or ')}`
        : 'Clients have to be registered by hand (--static-oauth-client-info)'
    const device = server.deviceAuthorizationEndpoint ? ', and device codes work' : ''
    const wanted = scopes.length > 0 ? ` It asks for ${scopes.join(' ')}.` : ''
    const text = `One signs in at ${server.issuer}. ${clients}${device}.${wanted}`
    return { stage: 'sign-in', kind: 'well', text }
  } catch (error) {
    const text = error instanceof Error ? error.message : 'How to sign in cannot be found out.'
    return { stage: 'sign-in', kind: 'wrong', text }
  }
}

async function stored(options: DiagnosisOptions): Promise<readonly Finding[]> {
  const { credentials, entry, headers, remote, now = Date.now } = options
  const current = await credentials.read(entry).catch((error: unknown) => {
    if (error instanceof BridgeError) return error
    throw error
  })
  if (current instanceof BridgeError) {
    return [{ stage: 'stored sign-in', kind: 'wrong', text: current.message }]
  }
  if (current?.accessToken === undefined) {
    const text = 'Nobody is signed in yet. The first use asks for it, or run login.'
    return [{ stage: 'stored sign-in', kind: 'note', text }]
  }
  const { accessToken, expiresAt, refreshToken } = current
  const left = expiresAt === undefined ? undefined : Math.ceil((expiresAt - now()) / 60_000)
  const until = left === undefined ? 'is there' : left > 0 ? `ends in ${left} minutes` : 'has ended'
  const renews = refreshToken === undefined ? 'does not renew itself' : 'renews itself'
  const token: Finding = {
    stage: 'stored sign-in',
    kind: 'well',
    text: `The stored token ${until}, and ${renews}.`,
  }
  if (left !== undefined && left <= 0) return [token]
  const again = await probed(options, { ...headers, authorization: `Bearer ${accessToken}` })
  if ('stage' in again) return [token, again]
  const isTaken = again.status !== 401
  const text = isTaken
    ? `${remote.host} takes the stored token.`
    : `${remote.host} refuses the stored token. It will be renewed, or a sign-in asked for.`
  return [token, { stage: 'permission', kind: isTaken ? 'well' : 'note', text }]
}
