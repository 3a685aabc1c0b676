import { expect, it } from 'vitest'

import { help, readArguments } from '../src/arguments.ts'

it('serves a real site unless told otherwise', () => {
  expect(readArguments([])).toEqual({ run: 'serve' })
})

it('knows where the demo keeps its data and listens', () => {
  expect(readArguments(['--demo'])).toEqual({ run: 'demo', port: 4180, data: 'data', reset: false })
  expect(readArguments(['--demo', '--port=5000', '--data', 'x', '--reset'])).toEqual({
    run: 'demo',
    port: 5000,
    data: 'x',
    reset: true,
  })
})

it.each([
  [['scopes'], { run: 'scopes' }],
  [['keys'], { run: 'keys' }],
  [['keys', 'rotate'], { run: 'keys-rotate' }],
  [['keys', 'rekey'], { run: 'keys-rekey' }],
  [['keys', 'retire', 'k1'], { run: 'keys-retire', kid: 'k1' }],
  [['forget', '712020:abc'], { run: 'forget', person: '712020:abc' }],
])('reads %j', (args, command) => {
  expect(readArguments(args)).toEqual(command)
})

it.each([
  [['--demmo'], "Unknown option '--demmo'"],
  [['--demo', 'extra'], '--demo takes no command'],
  [['kyes'], 'kyes is no command'],
  [['keys', 'retire'], 'keys retire is no command'],
  [['keys', 'rekey', 'k1'], 'keys rekey k1 is no command'],
  [['forget'], 'forget is no command'],
  [['--port', '5000'], '--port belongs to --demo'],
  [['--demo', '--port', '65533'], 'a whole number from 1024 to 65532'],
  [['--demo', '--port', 'many'], 'a whole number from 1024 to 65532'],
])('refuses %j and says what to do', (args, words) => {
  expect(() => readArguments(args)).toThrow(words)
})

it('explains every option in its help', () => {
  for (const option of ['--demo', '--port', '--data', '--reset', '--help', '--version'])
    expect(help).toContain(option)
})
