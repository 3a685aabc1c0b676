import type { OptionRow } from './option-row.ts'
import { signInOptions } from './sign-in-options.ts'

/** All options, by name. Those that mcp-remote has are named as there, and mean the same. */
export const options = {
  header: {
    kind: 'list',
    group: 'Server',
    value: 'NAME:VALUE',
    text: 'A header of every request. ${VARIABLE} in the value comes from the environment. With Authorization nobody is asked to sign in.',
  },
  'header-env': {
    kind: 'list',
    group: 'Server',
    value: 'NAME=VARIABLE',
    text: 'The same, with the whole value from a variable of the environment.',
  },
  'header-file': {
    kind: 'text',
    group: 'Server',
    value: 'FILE',
    text: 'Headers from a file, one NAME: VALUE a line; lines that begin with # are left out.',
  },
  'header-command': {
    kind: 'text',
    group: 'Server',
    value: 'COMMAND',
    text: 'Headers from the output of a command, in the same form. It is split at spaces, and no shell sees it.',
  },
  transport: {
    kind: 'text',
    group: 'Server',
    value: 'CHOICE',
    text: 'Streamable HTTP or HTTP+SSE: http-first, sse-first, http-only or sse-only. Default: http-first.',
  },
  protocol: {
    kind: 'text',
    group: 'Server',
    value: 'auto|legacy',
    text: 'auto finds out whether the server speaks revision 2026-07-28, and remembers it; legacy does not ask. Default: auto.',
  },
  'allow-http': { kind: 'flag', group: 'Server', text: 'Plain http also to other machines than this one.' },
  'keep-alive': { kind: 'flag', group: 'Server', text: 'Ping the server every 30 seconds.' },
  'ping-interval': {
    kind: 'text',
    group: 'Server',
    value: 'SECONDS',
    text: 'Ping the server as often as this.',
  },
  timeout: {
    kind: 'text',
    group: 'Server',
    value: 'SECONDS',
    text: 'Give a request up after so long without a byte; 0 is never. Default: 300.',
  },
  'max-message': {
    kind: 'text',
    group: 'Server',
    value: 'BYTES',
    text: 'The longest message that the client may send, such as 64MB. Default: 64MB.',
  },
  'max-answer': {
    kind: 'text',
    group: 'Server',
    value: 'BYTES',
    text: 'The longest message that the server may send. Default: 256MB.',
  },
  ...signInOptions,
  'allow-tool': {
    kind: 'list',
    group: 'Tools',
    value: 'PATTERN',
    text: 'Show and call only tools of such names; * stands for any text.',
  },
  'ignore-tool': {
    kind: 'list',
    group: 'Tools',
    value: 'PATTERN',
    text: 'Neither show nor call tools of such names.',
  },
  'read-only': {
    kind: 'flag',
    group: 'Tools',
    text: 'Only tools that the server says change nothing (readOnlyHint).',
  },
  'max-result': {
    kind: 'text',
    group: 'Tools',
    value: 'BYTES',
    text: 'Cut results of tools that are larger, such as 200KB; the whole is kept in a file that the client is told of. Default: they pass.',
  },
  'keep-pages': {
    kind: 'flag',
    group: 'Tools',
    text: 'Give lists in pages as the server does. Default: they are put together, since many clients read only the first page.',
  },
  storage: {
    kind: 'text',
    group: 'Storage',
    value: 'CHOICE',
    text: "auto, keychain, plain or memory. Sign-ins are kept in files, encrypted with a key from the system's keychain; auto leaves them plain where there is no keychain; memory keeps nothing. Default: auto.",
  },
  'key-file': {
    kind: 'text',
    group: 'Storage',
    value: 'FILE',
    text: 'Encrypt them with a key from this file, whatever --storage says (32 bytes or more).',
  },
  'key-command': {
    kind: 'text',
    group: 'Storage',
    value: 'COMMAND',
    text: 'Encrypt them with the output of this command; it is split at spaces, and no shell sees it.',
  },
  'require-secure-storage': {
    kind: 'flag',
    group: 'Storage',
    text: 'Rather store nothing than something that is not encrypted.',
  },
  'connect-timeout': {
    kind: 'text',
    group: 'Network',
    value: 'SECONDS',
    text: 'How long a connection may take to stand. Default: 10.',
  },
  'headers-timeout': {
    kind: 'text',
    group: 'Network',
    value: 'SECONDS',
    text: 'How long an answer may take to begin; 0 is for ever. Default: as --timeout.',
  },
  'body-timeout': {
    kind: 'text',
    group: 'Network',
    value: 'SECONDS',
    text: 'How long an answer may pause; 0 is for ever. Default: as --timeout.',
  },
  ipv4: { kind: 'flag', group: 'Network', text: 'Only IPv4.' },
  'enable-proxy': {
    kind: 'flag',
    group: 'Network',
    text: 'Obey HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, as is done anyway.',
  },
  'ignore-proxy': { kind: 'flag', group: 'Network', text: 'Do not obey these variables.' },
  ca: {
    kind: 'list',
    group: 'Network',
    value: 'FILE',
    text: "A certificate to trust (PEM), besides Node's own and, from Node 22.15 on, the system's.",
  },
  cert: {
    kind: 'text',
    group: 'Network',
    value: 'FILE',
    text: 'A certificate of yours (PEM), for servers that want one.',
  },
  key: { kind: 'text', group: 'Network', value: 'FILE', text: 'Its key (PEM).' },
  'disable-cookies': { kind: 'flag', group: 'Network', text: 'Send no cookies back.' },
  config: {
    kind: 'text',
    group: 'Program',
    value: 'FILE',
    text: 'Options from a file: a JSON object with their names, and url and port.',
  },
  check: {
    kind: 'flag',
    group: 'Program',
    text: 'Try everything on the way to the server, and say in words what is wrong.',
  },
  name: {
    kind: 'text',
    group: 'Program',
    value: 'NAME',
    text: "For install: the server's name in the client. Default: from its address.",
  },
  yes: { kind: 'flag', group: 'Program', text: 'For install: write without asking.' },
  debug: {
    kind: 'flag',
    group: 'Program',
    text: 'Say on standard error what happens; never tokens, or what messages hold.',
  },
  silent: {
    kind: 'flag',
    group: 'Program',
    text: 'Say nothing on standard error but what ends the program.',
  },
  help: { kind: 'flag', group: 'Program', text: 'Show all options.' },
  version: { kind: 'flag', group: 'Program', text: 'Show the version.' },
} as const satisfies Record<string, OptionRow>

/** The name of an option. */
export type OptionName = keyof typeof options

/** All names, in the order of the help. */
export const optionNames: readonly OptionName[] = Object.keys(options).filter(isOptionName)

/** Whether a text is the name of an option. */
export function isOptionName(text: string): text is OptionName {
  return Object.hasOwn(options, text)
}

/** The variable of the environment for an option. */
export function variableFor(name: OptionName | 'url' | 'port'): string {
  return `TELAMON_PROXY_${name.toUpperCase().replaceAll('-', '_')}`
}
