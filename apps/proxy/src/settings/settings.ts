import type {
  CallbackOptions,
  Limits,
  NetworkOptions,
  SignInChoices,
  ToolPolicy,
  TransportChoice,
} from '@telamon/bridge'

import { Fault } from '../fault.ts'
import { readHeaders } from './headers.ts'
import { readSignIn } from './sign-in.ts'
import type { Surroundings, Values } from './values.ts'
import { readText } from './values.ts'

/** Everything that can be set, understood. */
export interface Settings {
  readonly headers: Readonly<Record<string, string>>
  readonly allowHttp: boolean
  readonly transport: TransportChoice
  readonly protocol: 'auto' | 'legacy'
  readonly limits: Partial<Limits>
  readonly signIn: SignInChoices & CallbackOptions
  readonly opensBrowser: boolean
  readonly pastes: boolean
  readonly profile?: string
  readonly tools: ToolPolicy
  readonly mergeLists: boolean
  /** Bytes. */
  readonly maxResult?: number
  readonly storage: StorageSettings
  readonly network: NetworkOptions & { readonly obeysProxies: boolean; readonly keepsCookies: boolean }
  readonly loudness: 'silent' | 'normal' | 'debug'
}

/** Where sign-ins are kept. */
export interface StorageSettings {
  readonly kind: 'auto' | 'keychain' | 'plain' | 'memory'
  readonly keyFile?: string
  readonly keyCommand?: string
}

/** Understands what was said. */
export function readSettings(
  values: Values,
  more: Surroundings & Parameters<typeof readSignIn>[1],
): Settings {
  const [profile, maxResult] = [values.text('profile'), values.bytes('max-result')]
  if (profile !== undefined && !/^[\w.-]{1,40}$/.test(profile))
    throw new Fault('--profile is a name of letters, digits, dots and dashes.')
  return {
    headers: readHeaders(values, more),
    allowHttp: values.flag('allow-http'),
    transport:
      values.choice('transport', ['http-first', 'sse-first', 'http-only', 'sse-only']) ?? 'http-first',
    protocol: values.choice('protocol', ['auto', 'legacy']) ?? 'auto',
    limits: readLimits(values),
    signIn: readSignIn(values, more),
    opensBrowser: !values.flag('no-browser'),
    pastes: values.flag('paste'),
    ...(profile !== undefined && { profile }),
    tools: readTools(values),
    mergeLists: !values.flag('keep-pages'),
    ...(maxResult !== undefined && { maxResult }),
    storage: readStorage(values),
    network: readNetwork(values, more),
    loudness: values.flag('debug') ? 'debug' : values.flag('silent') ? 'silent' : 'normal',
  }
}

function readLimits(values: Values): Partial<Limits> {
  const silence = values.time('timeout') ?? 300_000
  const ping = values.time('ping-interval') ?? (values.flag('keep-alive') ? 30_000 : 0)
  const [lineBytes, answerBytes] = [values.bytes('max-message'), values.bytes('max-answer')]
  return {
    silenceMs: values.time('body-timeout') ?? silence,
    headersMs: values.time('headers-timeout') ?? silence,
    pingMs: ping,
    patienceMs: values.time('auth-timeout') ?? 30_000,
    ...(lineBytes !== undefined && { lineBytes }),
    ...(answerBytes !== undefined && { answerBytes }),
  }
}

function readTools(values: Values): ToolPolicy {
  const [allow, deny] = [values.list('allow-tool'), values.list('ignore-tool')]
  return {
    ...(allow.length > 0 && { allow }),
    ...(deny.length > 0 && { deny }),
    ...(values.flag('read-only') && { readOnly: true }),
  }
}

function readStorage(values: Values): StorageSettings {
  const chosen = values.choice('storage', ['auto', 'keychain', 'plain', 'memory'])
  const [keyFile, keyCommand] = [values.text('key-file'), values.text('key-command')]
  const hasKey = (keyFile ?? keyCommand) !== undefined
  if (keyFile !== undefined && keyCommand !== undefined)
    throw new Fault('Give --key-file or --key-command, not both.')
  if (hasKey && chosen === 'memory')
    throw new Fault('With --storage memory nothing is stored, and a key is of no use. Leave one of them out.')
  const isSecure = values.flag('require-secure-storage')
  if (isSecure && chosen === 'plain' && !hasKey)
    throw new Fault('--storage plain is not secure. Leave it or --require-secure-storage out.')
  const kind = isSecure && (chosen ?? 'auto') === 'auto' ? 'keychain' : (chosen ?? 'auto')
  return { kind, ...(keyFile !== undefined && { keyFile }), ...(keyCommand !== undefined && { keyCommand }) }
}

function readNetwork(values: Values, surroundings: Surroundings): Settings['network'] {
  const [connectMs, cert, key] = [values.time('connect-timeout'), values.file('cert'), values.file('key')]
  if ((cert === undefined) !== (key === undefined))
    throw new Fault('--cert and --key belong together. Give both, or none.')
  const ca = values.list('ca').map((path) => readText('--ca', path, surroundings))
  return {
    ...(connectMs !== undefined && { connectMs }),
    ...(values.flag('ipv4') && { ipv4: true }),
    ...(ca.length > 0 && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    obeysProxies: !values.flag('ignore-proxy'),
    keepsCookies: !values.flag('disable-cookies'),
  }
}
