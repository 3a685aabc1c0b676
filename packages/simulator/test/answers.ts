import { appendFileSync } from 'node:fs'

import { afterAll, afterEach, inject } from 'vitest'

import { createSimulator as create, type Simulator, type SimulatorOptions } from '../src/index.ts'
import { createAnswerCheck } from '../src/testing/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that takes the counts of all workers. */
    readonly answerCounts: string
  }
}

const { onAnswer, takeFaults, checked } = createAnswerCheck()

/** A simulator of which each answer is compared with the documents. A difference fails the test. */
export const createSimulator = (options: SimulatorOptions = {}): Simulator => create({ ...options, onAnswer })

afterEach(() => {
  const faults = takeFaults()
  if (faults.length > 0) throw new Error(`Answers differ from the documents:\n${faults.join('\n')}`)
})

afterAll(() => {
  for (const [operation, count] of checked) appendFileSync(inject('answerCounts'), `${operation} ${count}\n`)
})
