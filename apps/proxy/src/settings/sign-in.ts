import { ownParameters } from '@telamon/bridge'
import type { CallbackOptions, GivenClient, SignInChoices } from '@telamon/bridge'

import { Fault } from '../fault.ts'
import { portOfMcpRemote } from '../mcp-remote.ts'
import type { Values } from './values.ts'

/** What a sign-in depends on besides its options. */
interface SignInPlace {
  readonly url: string | undefined
  readonly port: string | undefined
  readonly isHeadless: boolean
}

/** What the options say of signing in. A client that is registered already has one port, the one that mcp-remote uses. */
export function readSignIn(
  values: Values,
  { url, port, isHeadless }: SignInPlace,
): SignInChoices & CallbackOptions {
  const [host, path] = [values.text('host'), values.text('callback-path')]
  const [callbackUrl, successUrl] = [values.url('callback-url'), values.url('auth-success-url')]
  const client = readClient(values)
  const [document, metadata] = [
    values.url('client-metadata-url'),
    values.json('static-oauth-client-metadata'),
  ]
  const [scope, resource, tokenEndpoint] = [
    values.text('scope'),
    readResource(values),
    values.url('token-endpoint'),
  ]
  const parameters = readParameters(values.list('authorize-param'))
  const isRegistered = (client ?? document) !== undefined && url !== undefined && !callbackUrl
  const key = {
    url: url ?? '',
    ...(resource && { resource }),
    ...(parameters && { authorizeParameters: parameters }),
    ...(document && { clientMetadataUrl: document.href }),
  }
  if (tokenEndpoint && !values.flag('client-credentials'))
    throw new Fault('--token-endpoint is of use with --client-credentials only. Add that, or leave it out.')
  if (values.flag('client-credentials') && client?.secret === undefined)
    throw new Fault('--client-credentials needs --static-oauth-client-info with client_id and client_secret.')
  return {
    grant: grantOf(values, isHeadless),
    ...(host !== undefined && { callbackHost: hostOf(host) }),
    ...(port !== undefined && { callbackPort: portOf(port) }),
    ...(port === undefined && isRegistered && { callbackPort: portOfMcpRemote(key) }),
    ...(path !== undefined && { callbackPath: pathOf(path) }),
    ...(callbackUrl && { callbackUrl }),
    ...(successUrl && { successUrl }),
    ...(client && { client }),
    ...(document && { clientMetadataUrl: document.href }),
    ...(metadata && { clientMetadata: metadata }),
    ...(scope !== undefined && {
      scope: scope
        .split(/[\s,]+/)
        .filter(Boolean)
        .join(' '),
    }),
    ...(resource !== undefined && { resource }),
    ...(tokenEndpoint && { tokenEndpoint }),
    ...(parameters && { authorizeParameters: parameters }),
    ...(values.flag('use-id-token') && { bearer: 'id_token' as const }),
  }
}

function grantOf(values: Values, isHeadless: boolean): NonNullable<SignInChoices['grant']> {
  if (values.flag('client-credentials')) return 'client_credentials'
  if (values.flag('device-code')) return 'device'
  return isHeadless && !values.flag('paste') && values.text('callback-url') === undefined
    ? 'device-first'
    : 'browser'
}

function readClient(values: Values): GivenClient | undefined {
  const info = values.json('static-oauth-client-info')
  if (!info) return undefined
  const { client_id: id, client_secret: secret } = info
  if (typeof id !== 'string' || id === '')
    throw new Fault('--static-oauth-client-info has no client_id. It is to look like {"client_id": "…"}.')
  return { id, ...(typeof secret === 'string' && secret !== '' && { secret }) }
}

function readResource(values: Values): string | false | undefined {
  const resource = values.text('resource')
  if (values.flag('disable-resource-parameter') || resource === '') return false
  if (resource !== undefined && !URL.canParse(resource))
    throw new Fault(`--resource ${resource} is no absolute address.`)
  return resource
}

function readParameters(texts: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (texts.length === 0) return undefined
  const pairs = texts.map((text) => {
    const [, name = '', value = ''] = /^([^=\s]+)=(.*)$/s.exec(text) ?? []
    if (name === '') throw new Fault('--authorize-param takes NAME=VALUE, such as prompt=consent.')
    if (ownParameters.has(name))
      throw new Fault(`--authorize-param ${name} belongs to the protocol and cannot be given.`)
    return [name, value] as const
  })
  return Object.fromEntries(pairs)
}

function hostOf(name: string): string {
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(name)) return name
  throw new Fault(`--host ${name} is no name of a machine. Give 127.0.0.1 or localhost.`)
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new Fault(`"${text}" is no port: give a whole number from 1 to 65535, or leave it out.`)
}

function pathOf(path: string): string {
  if (/^\/[\w./~-]*$/.test(path)) return path
  throw new Fault(`--callback-path ${path} does not do: give a path such as /oauth/callback.`)
}
