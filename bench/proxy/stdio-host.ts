import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'

/** A JSON-RPC message, as far as a host looks at it. */
export interface Heard {
  readonly id?: string | number | null
  readonly method?: string
  readonly params?: Record<string, unknown>
  readonly result?: Record<string, unknown>
  readonly error?: { readonly code: number; readonly message: string }
}

/** What a host starts. */
export interface HostOptions {
  readonly command: readonly [string, ...string[]]
  readonly environment: NodeJS.ProcessEnv
  /** A file for what the program says on standard error. Default: it is thrown away. */
  readonly errors?: string
  /** Hears requests and notifications of the server, and answers that nobody waits for. */
  readonly onMessage?: (message: Heard) => void
}

/** A program that speaks MCP on stdio, and whoever started it. */
export interface StdioHost {
  readonly child: ChildProcess
  /** Resolves with the answer; never rejects, and never resolves when there is none. */
  readonly request: (method: string, params?: object) => Promise<Heard>
  readonly send: (message: object) => void
  readonly write: (text: string) => void
  readonly end: () => void
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Ends the program and all it started. */
  readonly kill: (signal?: NodeJS.Signals) => void
}

/** Starts a program in a process group of its own. */
export function startStdioHost({ command, environment, errors, onMessage }: HostOptions): StdioHost {
  const [program, ...args] = command
  const child = spawn(program, args, {
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', errors === undefined ? 'ignore' : openSync(errors, 'a')],
  })
  const waiting = new Map<number, (message: Heard) => void>()
  let count = 0
  child.stdin?.on('error', () => undefined) // It has ended: whoever waits for an answer has a limit.
  child.stdout?.on(
    'data',
    splitLines((line) => {
      if (!line.startsWith('{')) return
      const message: Heard = JSON.parse(line)
      const resolve = typeof message.id === 'number' ? waiting.get(message.id) : undefined
      if (message.method !== undefined || !resolve) return onMessage?.(message)
      waiting.delete(Number(message.id))
      resolve(message)
      return undefined
    }),
  )
  const write = (text: string): void => void child.stdin?.write(text)
  const send = (message: object): void => write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  return {
    child,
    send,
    write,
    end: () => void child.stdin?.end(),
    request: (method, params) =>
      new Promise((resolve) => {
        const id = ++count
        waiting.set(id, resolve)
        send({ id, method, ...(params && { params }) })
      }),
    exited: new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }))
      child.once('error', () => resolve({ code: 127, signal: null }))
    }),
    kill(signal = 'SIGKILL') {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal)
      } catch {
        // It has ended by itself.
      }
    },
  }
}

/** Splits bytes into lines without looking at a byte twice. */
function splitLines(onLine: (line: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  return (chunk) => {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end))
      from = end + 1
      onLine(Buffer.concat(parts).toString())
      parts = []
    }
    if (from < chunk.length) parts.push(chunk.subarray(from))
  }
}

/** What a value is, or undefined when it takes longer than that. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)))
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
