import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { globalSetup: ['test/count-answers.ts'], setupFiles: ['test/answers.ts'] },
})
