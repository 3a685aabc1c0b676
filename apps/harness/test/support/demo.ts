import { afterAll, beforeAll } from 'vitest'

import { startDemo } from '../../src/processes/demo.ts'
import type { Demo } from '../../src/processes/demo.ts'

/** One demo for all tests of a file. */
export function demoForFile(): () => Demo {
  let demo: Demo | undefined
  beforeAll(async () => {
    demo = await startDemo()
  })
  afterAll(async () => {
    await demo?.stop()
  })
  return () => {
    if (demo === undefined) throw new Error('The demo is there within tests only.')
    return demo
  }
}
