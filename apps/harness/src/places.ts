import { fileURLToPath } from 'node:url'

// From `src/` and from `dist/` alike, since both lie beside each other.
const program = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Where the programs of the checkout are that the harness starts. */
export const places = {
  server: program('../../server/src/main.ts'),
  proxy: program('../../proxy/src/main.ts'),
  harness: program('../../harness/src/main.ts'),
  /** Of no interest to git. */
  screenshots: program('../screenshots'),
} as const
