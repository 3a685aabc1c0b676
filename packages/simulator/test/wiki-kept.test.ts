import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { type Answer, type Ask, type Json, stage, type Stage } from './support.ts'
import { form, newPage, post, spaceId, storage, v1, v2 } from './wiki.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'simulator-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const headers = { 'x-atlassian-token': 'no-check' }
const list =
  '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>Paint</ac:task-body></ac:task></ac:task-list>'

/** Maps as lists of pairs, sets as lists. */
function plain(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value]
  if (!(value instanceof Map)) return value
  return [...value].toSorted(([one], [other]) => String(one).localeCompare(String(other)))
}

/** Confluence of the first site as plain data. */
function wikiOf({ simulator }: Stage): Json {
  const [site] = simulator.world.sites.values()
  return JSON.parse(JSON.stringify(site?.confluence, plain))
}

const change = async (ask: Ask, path: string, asked: object): Promise<Answer> => {
  const answer = await ask(path, { method: 'PUT', ...asked })
  expect([path, answer.status < 300]).toEqual([path, true])
  return answer
}

/** Writes to a page what can be written to one. */
async function workOnPage(ask: Ask): Promise<string> {
  const { id } = await newPage(ask, 'Kept', { body: storage(`<p>Some words</p>${list}`) })
  const version = (number: number, status = 'current'): object => ({
    body: { id, status, title: 'Kept', body: storage(`<p>Some words here</p>${list}`), version: { number } },
  })
  await change(ask, `${v2}/pages/${id}`, version(2))
  await change(ask, `${v2}/pages/${id}`, version(1, 'draft'))
  const property = await post(ask, `${v2}/pages/${id}/properties`, { key: 'k', value: 1 })
  const again = { key: 'k', value: { deep: [2] }, version: { number: 2 } }
  await change(ask, `${v2}/pages/${id}/properties/${property.id}`, { body: again })
  const inlineCommentProperties = { textSelection: 'words', textSelectionMatchCount: 1 }
  const inline = await post(ask, `${v2}/inline-comments`, {
    pageId: id,
    body: storage('<p>?</p>'),
    inlineCommentProperties,
  })
  const settled = { version: { number: 2 }, resolved: true, body: storage('<p>!</p>') }
  await change(ask, `${v2}/inline-comments/${inline.id}`, { body: settled })
  const [task] = (await ask(`${v2}/tasks`, { query: { 'page-id': id } })).body.results
  await change(ask, `${v2}/tasks/${task.id}`, { body: { status: 'complete' } })
  await post(ask, `${v1}/content/${id}/label`, [{ prefix: 'my', name: 'own' }])
  const files = form([['a.txt', 'bytes']])
  await ask(`${v1}/content/${id}/child/attachment`, { method: 'POST', form: files, headers })
  await change(ask, `${v1}/content/${id}/restriction/byOperation/read/user`, {})
  await change(ask, `${v1}/content/${id}/state`, { body: { name: 'Own', color: '#00ff00' } })
  await ask(`${v1}/user/watch/content/${id}`, { method: 'POST', headers })
  await change(ask, `${v1}/relation/favourite/from/user/current/to/content/${id}`, {})
  return id
}

test('everything that is written to the wiki is there again after a restart', async () => {
  const data = folder()
  const first = stage({ data })
  const ask = first.wiki('jonas')
  const id = await workOnPage(ask)
  const kid = await newPage(ask, 'Below', { parentId: id })
  const copied = { destination: { type: 'parent_page', value: id }, pageTitle: 'Twin', copyAttachments: true }
  const twin = await post(ask, `${v1}/content/${kid.id}/copy`, copied)
  await change(ask, `${v1}/content/${twin.id}/move/before/${kid.id}`, {})
  await post(ask, `${v1}/content/archive`, { pages: [{ id: Number(kid.id) }] })
  await ask(`${v2}/pages/${twin.id}`, { method: 'DELETE' })
  await ask(`${v2}/pages/${twin.id}?purge=true`, { method: 'DELETE' })
  const space = await post(ask, `${v2}/spaces`, { name: 'Sails', key: 'SAILS' })
  await change(ask, `${v1}/space/SAILS`, { body: { name: 'Sails and ropes' } })
  const [level] = (await ask(`${v2}/classification-levels`)).body
  await change(ask, `${v2}/spaces/${space.id}/classification-level/default`, { body: { id: level.id } })
  const viewer = (await ask(`${v2}/space-roles`)).body.results.at(-1)
  const principal = { principalType: 'ACCESS_CLASS', principalId: 'ALL_LICENSED_USERS' }
  const engineering = await spaceId(ask, 'ENG')
  await post(ask, `${v2}/spaces/${engineering}/role-assignments`, [{ principal, roleId: viewer.id }])
  await post(ask, `${v1}/template`, {
    name: 'T',
    templateType: 'page',
    body: { storage: storage('<p>x</p>') },
    space: { key: 'SAILS' },
  })
  expect(wikiOf(stage({ data }))).toEqual(wikiOf(first))
})
