import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'

import { compare } from '../compare.ts'
import { loadAll, sources, strangers } from '../documents.ts'
import type { Document } from '../openapi.ts'
import { documentOf, operation } from './documents.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A folder with five documents, of which `jira-software` has these paths. */
function folderWith(paths: Document['paths']): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'))
  folders.push(folder)
  for (const { name } of sources) {
    const document = documentOf(name === 'jira-software' ? paths : { '/a': { get: operation('a', {}) } })
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(document))
  }
  return folder
}

test('two folders are compared by what they publish', async () => {
  const sprint = { get: operation('getSprint', {}), delete: operation('deleteSprint', {}) }
  const older = folderWith({ '/sprint/{id}': sprint })
  const newer = folderWith({
    '/sprint/{id}': { get: operation('getSprint', { deprecated: true }) },
    '/sprint': { post: operation('createSprint', {}) },
  })
  const changes = compare(await loadAll(older), await loadAll(newer))
  assert.deepEqual(
    changes.map(({ document, kind, operation: key }) => [document, kind, key]),
    [
      ['jira-software', 'added', 'POST /sprint'],
      ['jira-software', 'deprecated', 'GET /sprint/{id}'],
      ['jira-software', 'removed', 'DELETE /sprint/{id}'],
    ],
  )
})

test('without a folder the documents come from their public addresses, and another version is named', async () => {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (address) => {
    asked.push(String(address))
    return new Response(JSON.stringify(documentOf({})))
  }
  const documents = await loadAll(undefined, fetch)
  assert.deepEqual(
    asked,
    sources.map(({ url }) => url),
  )
  assert.equal(strangers(documents).length, sources.length)
})

test('a folder without the documents, and a server that does not give them, say what to do', async () => {
  const away: typeof globalThis.fetch = () => Promise.reject(new TypeError('fetch failed'))
  const refusing: typeof globalThis.fetch = async () => new Response('', { status: 403 })
  await assert.rejects(loadAll('/nowhere'), /cannot be read\. Give a folder/)
  await assert.rejects(loadAll(undefined, away), /cannot be reached\. Give a folder/)
  await assert.rejects(loadAll(undefined, refusing), /answered 403\. Give a folder/)
})

/** A server in place of the public addresses, and a `fetch` that goes there by the path it is asked for. */
async function publisher(answer: (path: string) => { readonly status: number; readonly body: string }) {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  after(() => void server.close())
  const { port } = server.address() as AddressInfo
  const fetch: typeof globalThis.fetch = (address, init) =>
    globalThis.fetch(`http://127.0.0.1:${port}${new URL(String(address)).pathname}`, init)
  return { fetch, stop: () => void server.closeAllConnections() }
}

test('documents are downloaded, each from the path that Atlassian publishes it at', async () => {
  const bodies = new Map(
    sources.map(({ name, url }) => [
      new URL(url).pathname,
      JSON.stringify(documentOf({ [`/${name}`]: { get: operation('a', {}) } })),
    ]),
  )
  const { fetch, stop } = await publisher((path) => {
    const body = bodies.get(path)
    return body === undefined ? { status: 404, body: '' } : { status: 200, body }
  })
  const documents = await loadAll(undefined, fetch)
  stop()
  assert.deepEqual(
    documents.map(({ name, document }) => [name, Object.keys(document.paths)]),
    sources.map(({ name }) => [name, [`/${name}`]]),
  )
})

test('what is downloaded and is no document is an error that names its address', async () => {
  const { fetch, stop } = await publisher(() => ({ status: 200, body: '<html>Sign in</html>' }))
  await assert.rejects(
    loadAll(undefined, fetch),
    /https:\/\/dac-static\.atlassian\.com\S+ is no JSON\. Give a folder/,
  )
  const list = await publisher(() => ({ status: 200, body: '[]' }))
  await assert.rejects(loadAll(undefined, list.fetch), /is no OpenAPI document\. Give a folder/)
  stop()
  list.stop()
})

const run = promisify(execFile)
const compareScript = join(import.meta.dirname, '..', 'compare.ts')

test('codegen:diff prints a line for each change', async () => {
  const older = folderWith({ '/sprint': { get: operation('getSprint', {}) } })
  const newer = folderWith({ '/board': { get: operation('getBoard', {}) } })
  const { stdout } = await run(process.execPath, [compareScript, older, newer])
  assert.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/)),
    [
      ['jira-software', 'added', 'GET /board', 'getBoard'],
      ['jira-software', 'removed', 'GET /sprint', 'getSprint'],
    ],
  )
  const same = await run(process.execPath, [compareScript, older, older])
  assert.match(same.stdout, /^No operation was added, removed or deprecated/)
})

test('codegen:diff without two folders says what it needs, and fails', async () => {
  await assert.rejects(run(process.execPath, [compareScript]), /Which documents\? Usage/)
})
