import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'

import { canPin } from './processor.ts'

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

export interface LaunchOptions {
  readonly cpu?: number
  readonly env?: Readonly<Record<string, string>>
}

export interface Launched {
  readonly child: ChildProcess
  readonly lines: Interface
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** Starts a Node program, pinned to a processor where that can be done. It dies with this process. */
export function launch(args: readonly string[], { cpu, env }: LaunchOptions = {}): Launched {
  const pin = cpu !== undefined && canPin() ? ['taskset', '-c', String(cpu)] : []
  const [program = process.execPath, ...rest] = [...pin, process.execPath, ...args]
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  children.add(child)
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      children.delete(child)
      resolve(signal ?? code)
    })
  })
  return { child, ended, lines: createInterface({ input: child.stdout }) }
}

export interface RunningServer {
  readonly pid: number
  readonly url: string
  /** Everything that the server said about itself when it was ready. */
  readonly info: Readonly<Record<string, unknown>>
  readonly stop: () => Promise<unknown>
}

/** Starts a server and waits for its line of JSON with "ready" and "url". */
export async function startServer(args: readonly string[], options?: LaunchOptions): Promise<RunningServer> {
  const { child, ended, lines } = launch(args, options)
  const info = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const give = (why: string): void => {
      reject(new Error(`${args.join(' ')} ${why}`))
    }
    const timer = setTimeout(give, 30_000, 'is not ready in time')
    ended.then((how) => give(`ended before it was ready (${how})`), reject)
    lines.on('line', (line) => {
      if (!line.includes('"ready"')) return
      clearTimeout(timer)
      resolve(JSON.parse(line))
    })
  })
  const stop = (): Promise<unknown> => {
    child.kill('SIGKILL')
    return ended
  }
  return { pid: child.pid ?? NaN, url: String(info['url']), info, stop }
}
