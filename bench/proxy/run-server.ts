import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** A server of these measurements, as the measurement sees it. */
export interface RunningServer {
  readonly origin: string
  readonly url: (form?: 'json' | 'sse') => string
  readonly control: (command: string) => Promise<Readonly<Record<string, number>>>
  /** Kills it at once, as a crash does. */
  readonly kill: () => Promise<void>
  /** Starts it again at the same port. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts a server in a process of its own. */
export async function runServer(...options: readonly ('--protected' | '--modern')[]): Promise<RunningServer> {
  let port = 0
  let child = spawnAt(port, options)
  port = await portOf(child)

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    url: (form = 'json') => `${origin}/${form}/mcp`,
    control: async (command) => (await fetch(`${origin}/control/${command}`)).json(),
    kill,
    async start() {
      child = spawnAt(port, options)
      await portOf(child)
    },
    stop: kill,
  }
}

type Child = ReturnType<typeof spawnAt>

function spawnAt(port: number, options: readonly string[]) {
  const file = join(import.meta.dirname, 'test-server.ts')
  return spawn(process.execPath, [file, String(port), ...options], { stdio: ['pipe', 'pipe', 'inherit'] })
}

function portOf(child: Child): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())))
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}.`)))
  })
}
