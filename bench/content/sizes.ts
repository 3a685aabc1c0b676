/** What a bundle of each part weighs, its dependencies included: bundled and minified by esbuild. */
import { gzipSync } from 'node:zlib'

import { build } from 'esbuild'

import { printTable, short, type Goal } from '../kit/report.ts'

interface Part {
  readonly name: string
  readonly source: string
  /** KB that it may weigh. */
  readonly most?: number
}

const root = `${import.meta.dirname}/../..`
const adf = `${root}/packages/adf/src/index.ts`
const query = `${root}/packages/query/src/index.ts`

const parts: readonly Part[] = [
  {
    name: 'query: reading, printing, building',
    source: `export { parseJql, parseCql, print, jql, cql } from '${query}'`,
    most: 25,
  },
  { name: 'query: all, with judging and evaluating', source: `export * from '${query}'` },
  {
    name: '@atlaskit/jql-ast: reading, printing, building',
    source: `export { JastBuilder, print, creators } from '${root}/packages/query/node_modules/@atlaskit/jql-ast'`,
  },
  { name: 'adf: writing Markdown', source: `export { adfToMarkdown } from '${adf}'` },
  {
    name: 'adf: reading, writing, validating',
    source: `export { markdownToAdf, adfToMarkdown, validateAdf } from '${adf}'`,
  },
  { name: 'adf: all', source: `export * from '${adf}'` },
  { name: 'markdown-it alone', source: "export { default } from 'markdown-it'" },
  { name: 'marklassian', source: "export { markdownToAdf } from 'marklassian'" },
  { name: 'adf-to-markdown', source: "export { convertADFToMarkdown } from 'adf-to-markdown'" },
  {
    name: 'remark with GFM',
    source:
      "export { default as a } from 'remark-parse'; export { default as b } from 'remark-gfm'; export { unified } from 'unified'",
  },
]

async function weigh({ source }: Part): Promise<{ readonly minified: number; readonly zipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  const contents = outputFiles[0]?.contents ?? new Uint8Array()
  return { minified: contents.length / 1000, zipped: gzipSync(contents).length / 1000 }
}

export async function sizes(): Promise<readonly Goal[]> {
  const weighed = []
  for (const part of parts) weighed.push({ ...part, ...(await weigh(part)) })
  printTable('bundles', weighed, [
    ['bundle', ({ name }) => name],
    ['KB', ({ minified }) => short(minified)],
    ['KB gzipped', ({ zipped }) => short(zipped)],
  ])
  return weighed.flatMap(({ name, minified, most }) =>
    most === undefined ? [] : [{ goal: `KB of ${name}`, value: minified, atMost: most }],
  )
}
