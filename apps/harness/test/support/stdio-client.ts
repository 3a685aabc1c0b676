import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { onTestFinished } from 'vitest'
import * as z from 'zod'

import { places } from '../../src/places.ts'
import { startProgram } from '../../src/processes/program.ts'
import type { Program } from '../../src/processes/program.ts'

const Reply = z.object({
  id: z.number(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
})

/** A program that speaks MCP on its standard streams, and opens a browser that signs in by itself. */
export interface StdioClient {
  /** @throws Error with the message of an error reply. */
  readonly ask: (request: { readonly method: string; readonly params?: object }) => Promise<unknown>
  readonly tell: (method: string) => void
  readonly program: Program
}

export interface StdioClientOptions {
  readonly args: readonly string[]
  /** Who signs in when the browser is opened. */
  readonly person: string
  /** Further variables; `FOLDER` in a value stands for a folder that is removed with the test. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts it. It ends with the test. */
export function startStdioClient({ args, person, env = {} }: StdioClientOptions): StdioClient {
  const folder = mkdtempSync(join(tmpdir(), 'telamon-stdio-'))
  const browser = scriptedBrowser(folder, person)
  const program = startProgram(process.execPath, {
    args,
    env: {
      ...Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, value.replace('FOLDER', folder)]),
      ),
      BROWSER: browser,
      PATH: [folder, process.env['PATH'] ?? ''].join(delimiter),
    },
  })
  onTestFinished(async () => {
    await program.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  let last = 0
  const write = (message: object): void => {
    program.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  }
  return {
    program,
    tell(method) {
      write({ method })
    },
    async ask(request) {
      last += 1
      write({ id: last, ...request })
      const line = await program.line(new RegExp(String.raw`^\{.*"id":${last}[,}]`), 45_000)
      const { result, error } = Reply.parse(JSON.parse(line))
      if (error) throw new Error(error.message)
      return result
    },
  }
}

/** An executable that signs in, under the names by which programs look for a browser: `BROWSER`, and in `PATH`. */
function scriptedBrowser(folder: string, person: string): string {
  const path = join(folder, 'browser')
  const quoted = [process.execPath, places.harness, 'browser', '--as', person].map((word) => `'${word}'`)
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$1"\n`, { mode: 0o755 })
  for (const name of ['open', 'xdg-open']) symlinkSync(path, join(folder, name))
  return path
}
