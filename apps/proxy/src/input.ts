import { createInterface } from 'node:readline/promises'

import { promptOutput } from './output.ts'

/** Asks a person at the terminal for one line. */
export async function readLine(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: promptOutput() })
  try {
    return await lines.question(question, { signal })
  } finally {
    lines.close()
  }
}
