import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { createBrowser } from '../src/index.ts'

/** A program that writes down its arguments. */
async function recorder(): Promise<{ readonly program: string; readonly recorded: () => Promise<unknown> }> {
  const folder = await mkdtemp(join(tmpdir(), 'browser-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [program, output] = [join(folder, 'browser.mjs'), join(folder, 'output')]
  const text = `#!${process.execPath}
import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(output)}, JSON.stringify(process.argv.slice(2)))
`
  await writeFile(program, text, { mode: 0o755 })
  return { program, recorded: async () => JSON.parse(await readFile(output, 'utf8')) }
}

test('the program gets the address as one argument, and no shell reads it', async () => {
  const { program, recorded } = await recorder()
  const url = new URL("https://as.example/authorize?a=$(touch%20x)&b=`id`;c|d&e='")
  await createBrowser({ platform: 'linux', command: program })(url)
  await expect.poll(recorded).toEqual([url.href])
})

test.for(['file:///etc/passwd', 'javascript:alert(1)', 'http://as.example/', 'vscode://x', 'ms-settings:x'])(
  '%s is not opened',
  async (address) => {
    const { program, recorded } = await recorder()
    expect(await createBrowser({ platform: 'linux', command: program })(new URL(address))).toBe(false)
    await expect(recorded()).rejects.toThrow('ENOENT')
  },
)

test('plain http is opened on this machine, and elsewhere only when that was asked for', async () => {
  const { program } = await recorder()
  const open = createBrowser({ platform: 'linux', command: program })
  expect(await open(new URL('http://127.0.0.1:1/authorize'))).toBe(true)
  const anywhere = createBrowser({ platform: 'linux', command: program, allowHttp: true })
  expect(await anywhere(new URL('http://as.example/authorize'))).toBe(true)
})

test('a program that is not there opens nothing', async () => {
  expect(
    await createBrowser({ platform: 'linux', command: '/nowhere/browser' })(new URL('https://as.example/')),
  ).toBe(false)
})
