import { expect, onTestFinished, test } from 'vitest'

import { help, readArguments } from '../src/arguments.ts'
import { places } from '../src/places.ts'
import { startProgram } from '../src/processes/program.ts'
import type { Program } from '../src/processes/program.ts'

function harness(...args: string[]): Program {
  const program = startProgram(process.execPath, { args: [places.harness, ...args] })
  onTestFinished(async () => {
    await program.stop()
  })
  return program
}

test('workflows prints a table and the verdict, and ends with 0 when all runs passed', async () => {
  const program = harness('workflows')
  const code = await program.ended
  const lines = program.said().trimEnd().split('\n')
  expect(lines.at(-1)).toMatch(/^(\d+) of \1 runs passed\.$/)
  expect(program.said()).toMatch(/MCP revision 2026-07-28/)
  expect(code).toBe(0)
})

test('serve says where the simulator is and how to get in, and keeps what it says', async () => {
  const program = harness('serve', '--port', '0')
  const command = await program.line(/^ +curl -u /)
  const [, user = '', address = ''] = /curl -u (\S+) (\S+)/.exec(command) ?? []
  const answer = await fetch(address, {
    headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
  })
  expect(await answer.json()).toMatchObject({
    values: expect.arrayContaining([expect.objectContaining({ key: 'ALPHA' })]),
  })
  const platform = /Gateway +(http:\/\/[\d.:]+)/.exec(program.said())?.[1]
  expect((await fetch(`${platform}/me`)).status).toBe(401)
  expect(program.said()).toContain('telamon-demo-secret')
  expect(await program.stop()).toBe(0)
})

test.each([
  [['serve', '--port', '80'], /^--port 80 does not do: give a whole number from 1024/],
  [['serve', '--era', 'auto'], /^--era does not belong to serve/],
  [['workflows', '--era', 'modern'], /^--era modern does not do: give auto or legacy/],
  [['workflows', 'all'], /^all is too much/],
  [['browser', 'nonsense'], /^Give the address of an authorization request/],
  [['workflow'], /^There is no command workflow\. Commands: serve, workflows, screenshots, browser/],
  [['serve', '--prot', '1'], /^Unknown option '--prot'\. See --help/],
])('%j is refused with what to do', (args, words) => {
  expect(() => readArguments(args)).toThrow(words)
})

test.each([
  [[], { run: 'help' }],
  [['serve', '--help'], { run: 'help' }],
  [['serve'], { run: 'serve', port: 4190 }],
  [['serve', '--port', '0', '--data', 'here'], { run: 'serve', port: 0, data: 'here' }],
  [['workflows', '--era', 'legacy'], { run: 'workflows', era: 'legacy' }],
  [
    ['browser', 'http://127.0.0.1/authorize', '--as', 'Sam'],
    { run: 'browser', url: new URL('http://127.0.0.1/authorize'), as: 'Sam' },
  ],
])('%j is understood', (args, command) => {
  expect(readArguments(args)).toEqual(command)
})

test('the help names every command and fits a terminal', () => {
  for (const name of ['serve', 'workflows', 'screenshots', 'browser'])
    expect(help).toContain(`telamon-harness ${name}`)
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
})
