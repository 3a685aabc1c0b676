import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

/** A message as a host sees it. */
interface Heard {
  readonly id?: string | number
  readonly method?: string
  readonly result?: Record<string, unknown>
  readonly error?: {
    readonly code: number
    readonly message: string
    readonly data?: Record<string, unknown>
  }
}

/** The program as a host runs it. */
export interface Running {
  readonly child: ChildProcess
  readonly request: (method: string, params?: object) => Promise<Heard>
  readonly initialize: () => Promise<Heard>
  readonly write: (text: string) => void
  readonly end: () => void
  /** How it ended. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>
  readonly stdout: () => string
  readonly stderr: () => string
}

/** A person's folders and browser, apart from those of everybody else. */
export interface Home {
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  /** The addresses that were opened in the browser. */
  readonly opened: () => Promise<readonly string[]>
}

/** Makes a home whose browser follows every address at once, as a person who is signed in already. */
export async function makeHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'proxy-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const [browser, opened] = [join(folder, 'browser.mjs'), join(folder, 'opened')]
  const text = `#!${process.execPath}
import { appendFileSync } from 'node:fs'
appendFileSync(${JSON.stringify(opened)}, process.argv.slice(2).join(' ') + '\\n')
await (await fetch(process.argv[2])).text()
`
  await writeFile(browser, text, { mode: 0o755 })
  await writeFile(opened, '')
  return {
    folder,
    environment: {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_STATE_HOME: join(folder, 'state'),
      TELAMON_PROXY_STORAGE: 'plain',
      BROWSER: browser,
    },
    opened: async () => (await readFile(opened, 'utf8')).split('\n').filter(Boolean),
  }
}

const main = join(import.meta.dirname, '..', 'src', 'main.ts')

/** Starts the program. It is killed when the test ends, if it still runs. */
export function start({ environment }: Home, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [main, ...args], { env: environment, stdio: 'pipe' })
  const { stdin, stdout, stderr } = child
  const texts = { stdout: '', stderr: '' }
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  stdin.on('error', () => undefined)
  stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text))
  stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('{')) heard.push(JSON.parse(line))
    for (const look of waiting) look()
  })
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })

  let count = 0
  const write = (text: string): void => void stdin.write(text)
  const request = (method: string, params?: object): Promise<Heard> => {
    const id = ++count
    write(`${JSON.stringify({ jsonrpc: '2.0', id, method, ...(params && { params }) })}\n`)
    return new Promise((resolve) => {
      const look = (): void => {
        const found = heard.find((message) => message.id === id)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
    })
  }
  return {
    child,
    request,
    initialize: () =>
      request('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'host', version: '1' },
      }),
    write,
    end: () => void stdin.end(),
    exited,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
  }
}
