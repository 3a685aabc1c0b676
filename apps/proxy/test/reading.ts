import type { Command } from '../src/settings/arguments.ts'
import { readArguments } from '../src/settings/arguments.ts'

const files: Readonly<Record<string, string>> = {
  headers: '# a comment\n\nX-File: from ${TOKEN}\r\nX-Both: file\n',
  client: '{"client_id": "me", "client_secret": "${TOKEN}"}',
  ca: 'PEM',
  config: JSON.stringify({
    url: 'https://config.example/mcp',
    port: 3_335,
    timeout: 7,
    'ignore-tool': ['a*', 'b'],
    'read-only': true,
    'static-oauth-client-info': { client_id: 'from-config' },
  }),
  list: '[]',
  broken: '{',
  unknown: '{"heder": "X:1"}',
  wrong: '{"debug": "yes"}',
}

function surroundings(environment: NodeJS.ProcessEnv) {
  return {
    environment: { DISPLAY: ':0', TOKEN: 'a b', EMPTY: '', ...environment },
    readFile(path: string) {
      const text = files[path]
      if (text === undefined) throw new Error('ENOENT')
      return text
    },
    runProgram(program: string, args: readonly string[]) {
      if (program === 'fails') throw new Error('exit 1')
      return `X-Command: ${[program, ...args].join('+')}\n`
    },
  }
}

/** Reads a command line. */
export const read = (...args: string[]): Command => readArguments(args, surroundings({}))

/** The same in an environment. */
export const readIn = (environment: NodeJS.ProcessEnv, ...args: string[]): Command =>
  readArguments(args, surroundings(environment))
