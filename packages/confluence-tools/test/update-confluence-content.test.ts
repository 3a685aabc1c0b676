import { expect, it } from 'vitest'

import { stage } from './stage.ts'
import type { Stage } from './stage.ts'

const tool = 'updateConfluenceContent'

/** What stands between the marks around text that people wrote. */
const fenced = (text: string): string => /<untrusted [^>]*>\n([\s\S]*)\n<\/untrusted>/.exec(text)?.[1] ?? ''

/** Reads a page as somebody does who wants to change it. */
async function read(at: Stage, title: string): Promise<{ readonly body: string; readonly token: string }> {
  const { text } = await at.as('maya')('getConfluenceContent', {
    contentId: title,
    contentFormat: 'editable',
  })
  return { body: fenced(text), token: /snapshotToken (\S+)/.exec(text)?.[1] ?? '' }
}

it('replaces the text and makes one new version', async () => {
  const at = stage()
  const { id } = at.content('Glossary')
  const { token } = await read(at, 'Glossary')
  const { text, data } = await at.as('maya')(tool, {
    contentId: id,
    snapshotToken: token,
    body: { value: 'All new.' },
    versionMessage: 'Shorter',
  })
  expect(text).toBe(
    `Changed page ${id} "Glossary", now version 2: https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/${id}`,
  )
  expect(data).toMatchObject({ id, version: 2, snapshotToken: `${id}:2` })
  expect(at.content('Glossary').versions.at(-1)).toMatchObject({
    number: 2,
    message: 'Shorter',
    title: 'Glossary',
  })
  expect(at.writes().map(({ operation }) => operation)).toEqual(['updatePage'])
})

it('changes the title alone and leaves the text as it was', async () => {
  const at = stage()
  const before = at.document('Glossary')
  await at.as('maya')(tool, { contentId: 'Glossary', title: 'Words' })
  expect(at.document('Words')).toEqual(before)
})

it('makes no version when the text is what is there already', async () => {
  const at = stage()
  const { body } = await read(at, 'Q2 Planning')
  const { text, data, isError } = await at.as('maya')(tool, { contentId: 'Q2 Planning', body })
  expect(isError).toBe(false)
  expect(text).toContain('nothing was changed, it stays at version 2')
  expect(data).toMatchObject({ version: 2 })
  expect(at.writes()).toEqual([])
})

it('changes blog posts', async () => {
  const at = stage()
  const post = at.content('Alpha 0.8 is with the testers')
  const { text } = await at.as('maya')(tool, { contentId: post.id, body: 'Twelve people now.' })
  expect(text).toContain(`Changed blogpost ${post.id}`)
  expect(at.writes().map(({ operation }) => operation)).toEqual(['updateBlogPost'])
})

it('says what has no text to change', async () => {
  const at = stage()
  const { text, isError } = await at.as('maya')(tool, {
    contentId: at.content('Meeting notes').id,
    title: 'x',
  })
  expect(isError).toBe(true)
  expect(text).toContain('A folder cannot be changed by this tool. Nothing was changed.')
})

it('does not write over what somebody else has changed meanwhile', async () => {
  const at = stage()
  const { token } = await read(at, 'Glossary')
  await at.as('grace')(tool, { contentId: 'Glossary', body: 'By Grace.' })
  const { text, isError } = await at.as('maya')(tool, {
    contentId: 'Glossary',
    snapshotToken: token,
    body: 'By Maya.',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"Somebody has changed it meanwhile: it is at version 2 now, and the snapshotToken is of version 1. Nothing was changed. Call getConfluenceContent with {"contentId":"99168","contentFormat":"editable"}, make your change in that text, and write it with its snapshotToken."`,
  )
  expect(JSON.stringify(at.document('Glossary'))).toContain('By Grace.')
  const again = await read(at, 'Glossary')
  const second = await at.as('maya')(tool, {
    contentId: 'Glossary',
    snapshotToken: again.token,
    body: 'By Maya.',
  })
  expect(second.isError).toBe(false)
})

it('does not write over a change that comes between reading and writing', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'updatePage' }, fault: { kind: 'conflict' } })
  const { text, isError } = await at.as('maya')(tool, { contentId: 'Glossary', body: 'x' })
  expect(isError).toBe(true)
  expect(text).toContain('It has changed in the meantime')
  expect(text).toContain('Nothing was changed.')
})

it('refuses a token of another content', async () => {
  const at = stage()
  const { token } = await read(at, 'Q2 Planning')
  const { text } = await at.as('maya')(tool, { contentId: 'Glossary', snapshotToken: token, body: 'x' })
  expect(text).toContain('The snapshotToken belongs to another content.')
  expect(at.writes()).toEqual([])
})

it('wants something to change', async () => {
  const { text, calls } = await stage().as('maya')(tool, { contentId: 'Glossary' })
  expect(text).toBe(
    'Neither title nor body is given. Nothing was changed. Give the new text as body.value, or a new title.',
  )
  expect(calls).toEqual([])
})

it('looks the same to who may not see a page as when there is none', async () => {
  const at = stage()
  const { id } = at.content('Q2 Planning: budget and headcount')
  const hidden = await at.as('jonas')(tool, { contentId: id, body: 'x' })
  const missing = await at.as('jonas')(tool, { contentId: '99999999', body: 'x' })
  expect(hidden.isError).toBe(true)
  expect(hidden.text).toBe(missing.text)
  expect(at.writes()).toEqual([])
})

it('says so to who may read a page and not write', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(tool, { contentId: 'Release Plan', body: 'x' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "The person is not allowed to do this in Atlassian. Atlassian said:
    <untrusted source="error message of Atlassian">
    You do not have permission to edit this page
    </untrusted>
    Nothing was changed.
    Do not repeat it. Tell the person, who can ask an administrator of the site."
  `)
  expect(at.writes()).toEqual([])
})

it('leaves out a first heading that is the title again, unless the page has it', async () => {
  const at = stage()
  await at.as('maya')(tool, { contentId: 'Glossary', body: '# Glossary\n\nText' })
  expect(at.document('Glossary').content).toHaveLength(1)
  at.plant('Glossary', {
    type: 'doc',
    version: 1,
    content: [{ type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: 'Glossary' }] }],
  })
  await at.as('maya')(tool, { contentId: 'Glossary', body: '# Glossary\n\nText' })
  expect(at.document('Glossary').content).toHaveLength(2)
})

it('takes a change whose answer was lost for done when it finds it in place', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'updatePage' }, fault: { kind: 'lose-answer' } })
  const { text, isError } = await at.as('maya')(tool, { contentId: 'Glossary', body: 'x' })
  expect(isError).toBe(false)
  expect(text).toContain('now version 2')
  expect(at.writes()).toHaveLength(1)
})

it('says that it is not known whether a change was made when Atlassian fails', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'updatePage' }, fault: { kind: 'error', status: 500 } })
  const { text } = await at.as('maya')(tool, { contentId: 'Glossary', body: 'x' })
  expect(text).toContain('It is not known whether the change was made')
})
