import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'

/** A program that was started in a process group of its own. */
export interface Program extends AsyncDisposable {
  readonly stdin: Writable
  /** The first line of standard output that matches, now or later. Rejects when the program ends before, or too late. */
  readonly line: (pattern: RegExp, deadlineMs?: number) => Promise<string>
  /** All that it has said so far, for messages about failures. */
  readonly said: () => string
  /** The exit code, once it has ended; 128 stands for an end by a signal. */
  readonly ended: Promise<number>
  /** Asks it to stop, and ends the whole group when it does not. */
  readonly stop: () => Promise<number>
}

export interface ProgramOptions {
  readonly args: readonly string[]
  /** Beside `PATH`, `HOME` and `TMPDIR`, which are handed on. Nothing else is. */
  readonly env?: Readonly<Record<string, string>>
}

const STOP_MS = 15_000
const MOST_SAID = 20_000

/** Starts a program. What its standard output says is there for waiting, line by line. */
export function startProgram(command: string, { args, env = {} }: ProgramOptions): Program {
  const child = spawn(command, [...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...handedOn(), ...env },
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let said = ''
  let over: number | undefined
  const note = (text: string): void => {
    said = `${said}${text}`.slice(-MOST_SAID)
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    note(`${line}\n`)
    for (const look of waiting) look()
  })
  child.stderr.setEncoding('utf8').on('data', note)
  child.stdin.on('error', () => {
    // It has ended; `ended` tells so.
  })
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      note(`${error.message}\n`)
      resolve(127)
    })
    child.once('close', (code) => {
      over = code ?? 128
      for (const look of waiting) look()
      resolve(over)
    })
  })

  function signal(name: NodeJS.Signals): void {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, name)
    } catch {
      // The group is gone already.
    }
  }

  // Nothing that was started outlives this process, however it ends.
  const abandon = (): void => {
    signal('SIGKILL')
  }
  process.once('exit', abandon)
  void ended.then(() => process.off('exit', abandon))

  async function stop(): Promise<number> {
    signal('SIGTERM')
    const late = setTimeout(signal, STOP_MS, 'SIGKILL')
    const code = await ended
    clearTimeout(late)
    signal('SIGKILL')
    return code
  }

  return {
    stdin: child.stdin,
    said: () => said,
    ended,
    stop,
    line: (pattern, deadlineMs = 60_000) =>
      new Promise((resolve, reject) => {
        const fail = (what: string): void => {
          finish()
          reject(new Error(`${what} before a line that matches ${pattern}. It said:\n${said}`))
        }
        const look = (): void => {
          const found = lines.find((line) => pattern.test(line))
          if (found === undefined) {
            if (over !== undefined) fail(`${command} ended with ${over}`)
            return
          }
          finish()
          resolve(found)
        }
        const timer = setTimeout(fail, deadlineMs, `${command} took more than ${deadlineMs} ms`)
        const finish = (): void => {
          clearTimeout(timer)
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}

function handedOn(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR']
  return Object.fromEntries(names.flatMap((name) => entryOf(name, process.env[name])))
}

const entryOf = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]]
