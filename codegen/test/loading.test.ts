import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

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
