/**
 * What two operations weigh once they are bundled and minified by esbuild, in three figures:
 *
 * - entry: bundled with code splitting, what is loaded before the program begins;
 * - loaded: the same bundle, what has been loaded when both calls have answered, seen by running it;
 * - one file: bundled without code splitting.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

import { build, type Metafile } from 'esbuild'

import { startServer } from '../kit/server-process.ts'

export interface Weight {
  readonly bytes: number
  readonly gzipped: number
}

export interface BundleRow {
  readonly name: string
  readonly entry: Weight
  readonly loaded: Weight
  readonly oneFile: Weight
}

const credentials = `email: 'a@example.com', apiToken: 'b'`

/** Each program makes the same two calls of its product. */
const programs = {
  'jira.js': `
    import { createClient } from 'jira.js/core'
    import { getIssue, searchAndReconsileIssuesUsingJql } from 'jira.js/cloud'
    const client = createClient({ host: process.argv[2], auth: { type: 'basic', ${credentials} } })
    await getIssue(client, { issueIdOrKey: 'ALPHA-7' })
    await searchAndReconsileIssuesUsingJql(client, { jql: 'project = ALPHA' })`,
  'Telamon, Jira': `
    import { getIssue, searchAndReconsileIssuesUsingJql } from '@telamon/jira/operations'
    import { basicAuth, createRest } from '@telamon/rest'
    const { call } = createRest({ auth: basicAuth({ site: process.argv[2], ${credentials} }) })
    await call(getIssue, { path: { issueIdOrKey: 'ALPHA-7' } })
    await call(searchAndReconsileIssuesUsingJql, { query: { jql: 'project = ALPHA' } })`,
  'confluence.js': `
    import { createClient } from 'confluence.js/core'
    import { getPageById, getPages } from 'confluence.js/v2'
    const client = createClient({ host: process.argv[2], auth: { type: 'basic', ${credentials} } })
    await getPageById(client, { id: 1 })
    await getPages(client, { limit: 5 })`,
  'Telamon, Confluence': `
    import { getPageById, getPages } from '@telamon/confluence/operations'
    import { basicAuth, createRest } from '@telamon/rest'
    const { call } = createRest({ auth: basicAuth({ site: process.argv[2], ${credentials} }) })
    await call(getPageById, { path: { id: '1' } })
    await call(getPages, { query: { limit: 5 } })`,
} as const

function weigh(files: Iterable<string>): Weight {
  let bytes = 0
  let gzipped = 0
  for (const file of files) {
    const content = readFileSync(file)
    bytes += content.byteLength
    gzipped += gzipSync(content, { level: 9 }).byteLength
  }
  return { bytes, gzipped }
}

/** The chunks that a chunk needs before it runs, itself among them. */
function closure({ outputs }: Metafile, start: string): ReadonlySet<string> {
  const files = new Set<string>()
  const visit = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    for (const { kind, path, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) visit(path)
  }
  visit(start)
  return files
}

/** Tells each file that a program loads, on standard error. */
const teller = `
  import { registerHooks } from 'node:module'
  registerHooks({ load(url, context, next) { process.stderr.write('loaded ' + url + '\\n'); return next(url, context) } })`

/** Runs a bundle and gives the files of its folder that it has loaded. */
function run(entry: string, folder: string, url: string): ReadonlySet<string> {
  const args = ['--import', `data:text/javascript,${encodeURIComponent(teller)}`, entry, url]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`A bundled program failed: ${stderr.slice(-500)}`)
  const base = pathToFileURL(folder).href
  const loaded = [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, file = '']) => file)
  return new Set(
    loaded.filter((file) => file.startsWith(base)).map((file) => join(folder, file.slice(base.length))),
  )
}

/** Bundles a program twice, and runs both. */
async function measure(
  name: keyof typeof programs,
  { resolveDir, url }: { readonly resolveDir: string; readonly url: string },
): Promise<BundleRow> {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  const input = join(resolveDir, `bundle-${process.pid}.mjs`)
  const shared = { bundle: true, minify: true, format: 'esm', platform: 'node', logLevel: 'error' } as const
  writeFileSync(input, programs[name])
  try {
    const { metafile } = await build({
      ...shared,
      entryPoints: { main: input },
      outdir: join(folder, 'split'),
      outExtension: { '.js': '.mjs' },
      splitting: true,
      metafile: true,
      absWorkingDir: folder,
    })
    await build({ ...shared, entryPoints: { main: input }, outfile: join(folder, 'one.mjs') })
    run(join(folder, 'one.mjs'), folder, url)
    return {
      name,
      entry: weigh([...closure(metafile, 'split/main.mjs')].map((file) => join(folder, file))),
      loaded: weigh(run(join(folder, 'split', 'main.mjs'), folder, url)),
      oneFile: weigh([join(folder, 'one.mjs')]),
    }
  } finally {
    rmSync(input)
    rmSync(folder, { recursive: true })
  }
}

/** Bundles and runs each program. `installed`: where our clients are. */
export async function compareBundles(installed: string): Promise<readonly BundleRow[]> {
  const { url, stop } = await startServer([join(import.meta.dirname, 'upstream.ts')])
  try {
    const rows: BundleRow[] = []
    for (const name of ['jira.js', 'Telamon, Jira', 'confluence.js', 'Telamon, Confluence'] as const) {
      const resolveDir = name.startsWith('Telamon') ? installed : join(import.meta.dirname, '..')
      rows.push(await measure(name, { resolveDir, url }))
    }
    return rows
  } finally {
    await stop()
  }
}
