import { defineConfig } from 'vitest/config'

/** Each file starts programs of its own. The bounds are for a busy machine; nothing waits for them to pass. */
export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 20_000, maxWorkers: 2 },
})
