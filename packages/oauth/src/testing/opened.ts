import { onTestFinished } from 'vitest'

import type { AuthStore } from '../store.ts'
import type { OpenAuthStore } from './store-contract.ts'

/** Opens a store for the running test and closes it with the test. */
export async function opened(open: OpenAuthStore): Promise<AuthStore> {
  const { store, close } = await open()
  if (close !== undefined) onTestFinished(async () => close())
  return store
}

/** As many handles as asked for, taken in turn from the connections that the engine has to the same data. */
export async function openedMany(open: OpenAuthStore, count: number): Promise<readonly AuthStore[]> {
  const { store, second, close } = await open()
  if (close !== undefined) onTestFinished(async () => close())
  return Array.from({ length: count }, (_, index) => (index % 2 === 1 ? (second ?? store) : store))
}
