import { createMemoryAuthStore } from '../src/index.ts'
import { describeAuthStore } from '../src/testing/index.ts'

describeAuthStore('memory', () => ({ store: createMemoryAuthStore() }))
