import { once } from 'node:events'
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { createSimulator } from './answers.ts'
import { type Ask, type Stage, stage, words } from './support.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'simulator-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const comment = (ask: Ask, text: string): ReturnType<Ask> =>
  ask('/rest/api/3/issue/ALPHA-1/comment', { method: 'POST', body: { body: words(text) } })

const commentsOf = async ({ jira }: Stage): Promise<readonly string[]> => {
  const { body } = await jira('maya')('/rest/api/3/issue/ALPHA-1/comment')
  return body.comments.map(
    ({ body: document }: { body: { content: { content: { text: string }[] }[] } }) =>
      document.content[0]?.content[0]?.text,
  )
}

test('a write appends what it changed, and leaves the snapshot alone', async () => {
  const data = folder()
  const ask = stage({ data }).jira('maya')
  await comment(ask, 'The first write makes the snapshot.')
  const { mtimeMs, size } = statSync(join(data, 'world.json'))
  await comment(ask, 'The second one is in the journal.')
  const after = statSync(join(data, 'world.json'))
  expect([after.mtimeMs, after.size]).toEqual([mtimeMs, size])
  const journal = readFileSync(join(data, 'journal-1.jsonl'), 'utf8')
  expect(journal).toContain('The second one is in the journal.')
  expect(journal.length).toBeLessThan(size / 10)
  expect(await commentsOf(stage({ data }))).toEqual(
    expect.arrayContaining(['The first write makes the snapshot.', 'The second one is in the journal.']),
  )
})

test('what was deleted stays deleted', async () => {
  const data = folder()
  const ask = stage({ data }).jira('maya')
  await comment(ask, 'Before')
  await ask('/rest/api/3/issue/ALPHA-2', { method: 'DELETE', query: { deleteSubtasks: 'true' } })
  expect((await stage({ data }).jira('maya')('/rest/api/3/issue/ALPHA-2')).status).toBe(404)
})

test('a last change that was torn is left out, and what comes after it is kept', async () => {
  const data = folder()
  const ask = stage({ data }).jira('maya')
  await comment(ask, 'One')
  await comment(ask, 'Two')
  appendFileSync(join(data, 'journal-1.jsonl'), '["sites/x/jira/issues","100')
  const warned = once(process, 'warning')
  const second = stage({ data })
  expect(String(await warned)).toContain('was torn and is left out')
  await comment(second.jira('maya'), 'Three')
  expect(await commentsOf(stage({ data }))).toEqual(expect.arrayContaining(['One', 'Two', 'Three']))
})

test.each([0.1, 0.35, 0.6, 0.85])(
  'a journal cut off at %d of its length gives the world as it was before the cut',
  async (share) => {
    const data = folder()
    const ask = stage({ data }).jira('maya')
    for (let count = 0; count < 12; count += 1) await comment(ask, `Number ${count}`)
    const journal = join(data, 'journal-1.jsonl')
    truncateSync(journal, Math.floor(statSync(journal).size * share))
    const kept = (await commentsOf(stage({ data }))).filter((text) => text.startsWith('Number'))
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, count) => `Number ${count}`))
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThan(12)
  },
)

/** Writes until the journal was long enough for a new snapshot. */
async function fill(data: string): Promise<number> {
  const { simulator, jira } = stage({ data })
  const ask = jira('maya')
  const long = 'word '.repeat(6000)
  for (let count = 1; ; count += 1) {
    await comment(ask, `${count} ${long}`)
    if (!readdirSync(data).includes('journal-1.jsonl')) {
      await simulator.close()
      return count
    }
  }
}

test('a long journal gives way to a new snapshot, and nothing is lost', { timeout: 120_000 }, async () => {
  const data = folder()
  const written = await fill(data)
  expect(readdirSync(data).toSorted()).toEqual(['journal-2.jsonl', 'world.json'])
  const numbers = (await commentsOf(stage({ data })))
    .map((text) => Number.parseInt(text, 10))
    .filter(Number.isFinite)
  expect(numbers).toEqual(Array.from({ length: written }, (_, count) => count + 1))
})

test('a journal of before the snapshot is not repeated over it', async () => {
  const data = folder()
  const { simulator, jira } = stage({ data })
  await comment(jira('maya'), 'Kept')
  await simulator.close()
  const old = JSON.stringify(['sites/b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59/jira/issues', '10000'])
  writeFileSync(join(data, 'journal-0.jsonl'), `${old}\n`)
  expect(await commentsOf(stage({ data }))).toContain('Kept')
  expect(readdirSync(data)).not.toContain('journal-0.jsonl')
})

test('a folder of the first form is read', async () => {
  const data = folder()
  const head = { format: 1, createdAt: 0, people: { $map: [] }, sites: { $map: [] }, sequences: { $map: [] } }
  const names = ['apps', 'grants', 'codes', 'accessTokens', 'families', 'refreshTokens', 'apiTokens']
  const auth = Object.fromEntries(names.map((name) => [name, { $map: [] }]))
  writeFileSync(join(data, 'world.json'), JSON.stringify({ ...head, auth }))
  expect(createSimulator({ data }).people).toEqual([])
})

test('people who have the world in hand may change it anywhere, and it is kept', async () => {
  const data = folder()
  const first = stage({ data })
  const [site] = first.simulator.world.sites.values()
  const issue = site?.jira.issues.get('10000')
  if (issue) issue.summary = 'Changed by hand'
  await comment(first.jira('maya'), 'And a write')
  if (issue) issue.summary = 'Changed by hand again'
  await first.simulator.close()
  const { body } = await stage({ data }).jira('maya')('/rest/api/3/issue/10000')
  expect(body.fields.summary).toBe('Changed by hand again')
})
