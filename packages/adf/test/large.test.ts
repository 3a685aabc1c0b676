import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

it('converts or refuses inputs of ten megabytes within 256 MB of memory', async () => {
  const script = fileURLToPath(new URL('large-inputs.ts', import.meta.url))
  const { stderr } = await promisify(execFile)(process.execPath, ['--max-old-space-size=256', script])
  expect(JSON.parse(stderr)).toMatchInlineSnapshot(`
    {
      "a million nodes": "plain too_large, lossless too_large, storage too_large, validate done, normalise too_large, words too_large",
      "brackets, 1 MB": "markdown done, patch done, storage done, wiki done, neutralise done, tokens done",
      "brackets, 10 MB": "markdown too_large, patch too_large, storage too_large, wiki too_large, neutralise done, tokens done",
      "items, 1 MB": "markdown too_large, patch too_large, storage done, wiki too_large, neutralise done, tokens done",
      "items, 10 MB": "markdown too_large, patch too_large, storage too_large, wiki too_large, neutralise done, tokens done",
      "many paragraphs": "plain done, lossless done, storage done, validate done, normalise done, words done",
      "one attribute": "plain too_large, lossless too_large, storage too_large, validate done, normalise too_large, words too_large",
      "one paragraph": "plain done, lossless done, storage done, validate done, normalise done, words done",
      "one paragraph too long": "plain too_large, lossless too_large, storage too_large, validate done, normalise too_large, words too_large",
      "paragraphs, 1 MB": "markdown done, patch done, storage done, wiki done, neutralise done, tokens done",
      "paragraphs, 10 MB": "markdown too_large, patch too_large, storage done, wiki too_large, neutralise done, tokens done",
      "tags, 1 MB": "markdown done, patch done, storage done, wiki done, neutralise done, tokens done",
      "tags, 10 MB": "markdown too_large, patch too_large, storage too_large, wiki too_large, neutralise done, tokens done",
      "words, 1 MB": "markdown done, patch done, storage done, wiki done, neutralise done, tokens done",
      "words, 10 MB": "markdown too_large, patch too_large, storage too_large, wiki too_large, neutralise done, tokens done",
    }
  `)
})
