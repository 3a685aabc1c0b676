import { promptOutput } from './output.ts'

/** Asks a person at the terminal for one line. */
export async function readLine(question: string, signal: AbortSignal): Promise<string> {
  // Not at the top: an old Node has no such module, and would stop before it can say that it is too old.
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: promptOutput() })
  try {
    return await lines.question(question, { signal })
  } finally {
    lines.close()
  }
}
