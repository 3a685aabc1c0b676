import { createMemoryVaultStore } from '../src/index.ts'
import { describeVaultStore } from '../src/testing/index.ts'

describeVaultStore('memory', () => ({ store: createMemoryVaultStore() }))
