import type { OptionRow } from './option-row.ts'

/** What concerns signing in. */
export const signInOptions = {
  host: {
    kind: 'text',
    group: 'Sign-in',
    value: 'NAME',
    text: 'The name in the redirect address; the listener is on 127.0.0.1 whatever it says. Default: 127.0.0.1, and localhost for a client that is registered already.',
  },
  'callback-path': {
    kind: 'text',
    group: 'Sign-in',
    value: 'PATH',
    text: 'The path of the redirect address. Default: /oauth/callback.',
  },
  'callback-url': {
    kind: 'text',
    group: 'Sign-in',
    value: 'URL',
    text: 'The whole redirect address, where a tunnel or a forwarded port leads to this machine.',
  },
  'auth-success-url': {
    kind: 'text',
    group: 'Sign-in',
    value: 'URL',
    text: 'A page for the browser after a sign-in, instead of our own.',
  },
  'auth-timeout': {
    kind: 'text',
    group: 'Sign-in',
    value: 'SECONDS',
    text: 'Answer requests with the sign-in address after so long; the sign-in itself goes on. Default: 30.',
  },
  'no-browser': {
    kind: 'flag',
    group: 'Sign-in',
    text: 'Open no browser: the address is shown in the client and on standard error.',
  },
  paste: {
    kind: 'flag',
    group: 'Sign-in',
    text: 'For login: take the address that a browser on another machine ended at from standard input.',
  },
  'device-code': {
    kind: 'flag',
    group: 'Sign-in',
    text: 'Sign in with a code on any machine. It is the default without a display or over SSH, where the server can do it.',
  },
  'client-credentials': {
    kind: 'flag',
    group: 'Sign-in',
    text: 'Sign in as a machine, with the client of --static-oauth-client-info.',
  },
  'token-endpoint': {
    kind: 'text',
    group: 'Sign-in',
    value: 'URL',
    text: 'Where --client-credentials gets its tokens, for a server without metadata.',
  },
  scope: {
    kind: 'text',
    group: 'Sign-in',
    value: 'SCOPES',
    text: 'Scopes to ask for, with spaces or commas between, instead of those that the server names.',
  },
  resource: {
    kind: 'text',
    group: 'Sign-in',
    value: 'URI',
    text: 'The value of the parameter resource, instead of what the server says; empty leaves it out.',
  },
  'disable-resource-parameter': {
    kind: 'flag',
    group: 'Sign-in',
    text: 'Leave the parameter resource out, as Microsoft Entra wants it.',
  },
  'authorize-param': {
    kind: 'list',
    group: 'Sign-in',
    value: 'NAME=VALUE',
    text: 'A further parameter of the authorization request, such as prompt=consent.',
  },
  'static-oauth-client-info': {
    kind: 'text',
    group: 'Sign-in',
    value: 'JSON|@FILE',
    text: 'A client that is registered already: client_id, and client_secret if it has one; ${VARIABLE} comes from the environment.',
  },
  'static-oauth-client-metadata': {
    kind: 'text',
    group: 'Sign-in',
    value: 'JSON|@FILE',
    text: 'Members of the registration that replace ours; a scope among them replaces every other one.',
  },
  'client-metadata-url': {
    kind: 'text',
    group: 'Sign-in',
    value: 'URL',
    text: 'The address of a document about this client, for authorization servers that take one.',
  },
  'use-id-token': { kind: 'flag', group: 'Sign-in', text: 'Send the ID token to the server.' },
  profile: {
    kind: 'text',
    group: 'Sign-in',
    value: 'NAME',
    text: 'Keeps several accounts of one server apart.',
  },
} as const satisfies Record<string, OptionRow>
