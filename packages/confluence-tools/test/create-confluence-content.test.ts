import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'createConfluenceContent'

it('creates a page from Markdown', async () => {
  const at = stage()
  const { text, data } = await at.as('jonas')(tool, {
    title: 'Team Goals Q3',
    parent: { spaceId: 'engineering' },
    body: { value: '## Goals\n\n| Goal | Who |\n| --- | --- |\n| Season | Jonas |\n\n- [ ] Agree' },
  })
  const made = at.content('Team Goals Q3')
  expect(text).toBe(
    `Created page ${made.id} "Team Goals Q3": https://brightwater-demo.atlassian.net/wiki/spaces/ENG/pages/${made.id}`,
  )
  expect(data).toEqual({
    id: made.id,
    title: 'Team Goals Q3',
    url: `https://brightwater-demo.atlassian.net/wiki/spaces/ENG/pages/${made.id}`,
    snapshotToken: `${made.id}:1`,
  })
  expect(at.document('Team Goals Q3').content.map((block) => Object(block)['type'])).toEqual([
    'heading',
    'table',
    'taskList',
  ])
  expect(at.writes().map(({ operation }) => operation)).toEqual(['createPage'])
})

it.each([
  ['the key', { spaceId: 'eng' }],
  ['the name', { spaceId: 'Engineering' }],
  ['a page above', { parentContentId: 'On-call guide' }],
  ['a page above and its space', { spaceId: 'ENG', parentContentId: 'On-call guide' }],
])('finds the place by %s', async (_, parent) => {
  const at = stage()
  const { isError } = await at.as('jonas')(tool, { title: 'New', parent })
  expect(isError).toBe(false)
  expect(at.content('New').spaceId).toBe(at.spaceId('ENG'))
  const above = 'parentContentId' in parent ? 'On-call guide' : 'Engineering home'
  expect(at.content('New').parentId).toBe(at.content(above).id)
})

it('creates below a folder', async () => {
  const at = stage()
  const folder = at.content('Meeting notes')
  const { isError } = await at.as('maya')(tool, { title: 'Notes', parent: { parentContentId: folder.id } })
  expect(isError).toBe(false)
  expect(at.content('Notes').parentId).toBe(folder.id)
})

it('creates blog posts, drafts and pages for oneself', async () => {
  const at = stage()
  const call = at.as('maya')
  await call(tool, { title: 'News', contentType: 'blog', parent: { spaceId: 'TEAM' }, body: 'Hello' })
  expect(at.content('News').type).toBe('blogpost')
  await call(tool, { title: 'Later', draft: true, parent: { spaceId: 'TEAM' } })
  expect(at.content('Later').status).toBe('draft')
  await call(tool, { title: 'Mine', private: true, parent: { spaceId: 'TEAM' } })
  expect(at.content('Mine').read.people.size).toBe(1)
})

it('leaves out a first heading that is the title again', async () => {
  const at = stage()
  const { text } = await at.as('maya')(tool, {
    title: 'Plan',
    parent: { spaceId: 'TEAM' },
    body: { value: '# Plan\n\nText' },
  })
  expect(text).toContain('[The first heading was the title again, and was left out.]')
  expect(at.document('Plan').content).toHaveLength(1)
})

it('makes no macro of text that brings one along', async () => {
  const at = stage()
  const macro = '{"type":"extension","attrs":{"extensionType":"x","extensionKey":"run"}}'
  const { text } = await at.as('maya')(tool, {
    title: 'Copied',
    parent: { spaceId: 'TEAM' },
    body: { value: `From the notes:\n\n\`\`\`adf extension\n${macro}\n\`\`\`` },
  })
  expect(text).toContain('macros can be kept, not made')
  expect(JSON.stringify(at.document('Copied'))).not.toContain('"type":"extension"')
})

it('takes storage format and documents as they are', async () => {
  const at = stage()
  const value = '<p>a &amp; b</p><ac:structured-macro ac:name="toc" />'
  await at.as('maya')(tool, { title: 'Old', parent: { spaceId: 'TEAM' }, body: { value, format: 'xhtml' } })
  expect(at.content('Old').versions.at(-1)?.body).toEqual({ representation: 'storage', value })
  const document = { type: 'doc', version: 1, content: [{ type: 'rule' }] }
  const body = { value: JSON.stringify(document), format: 'adf' }
  await at.as('maya')(tool, { title: 'Raw', parent: { spaceId: 'TEAM' }, body })
  expect(at.document('Raw')).toEqual(document)
  await at.as('maya')(tool, { title: 'Forgot', parent: { spaceId: 'TEAM' }, body: JSON.stringify(document) })
  expect(at.document('Forgot')).toEqual(document)
})

it.each([
  ['storage that is not well-formed', { value: '<p>a', format: 'storage' }, /Correct the text/],
  [
    'a document that is none',
    { value: '{"type":"doc","version":1,"content":[{"type":"x"}]}', format: 'adf' },
    /content\[0\]/,
  ],
  ['a document that is not JSON', { value: 'x', format: 'adf' }, /the text is not JSON/],
  ['a format that is not there', { value: 'h1. x', format: 'wiki' }, /body\.format/],
])('says what is wrong with %s', async (_, body, hint) => {
  const at = stage()
  const { text, isError } = await at.as('maya')(tool, { title: 'X', parent: { spaceId: 'TEAM' }, body })
  expect(isError).toBe(true)
  expect(text).toMatch(hint)
  expect(text).toContain('Nothing was changed.')
  expect(at.writes()).toEqual([])
})

it('names the page that has the title already', async () => {
  const at = stage()
  const { text, isError } = await at.as('maya')(tool, {
    title: 'Release Plan',
    parent: { spaceId: 'PROD' },
    body: 'x',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"The space has a page with the title "Release Plan" already: 99456, https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99456 Nothing was changed. Change that one with updateConfluenceContent, or call again with another title."`,
  )
  expect(at.writes()).toEqual([])
})

it('does not tell of a page with that title that this person may not see', async () => {
  const at = stage()
  const title = 'Q2 Planning: budget and headcount'
  const { text } = await at.as('jonas')(tool, { title, parent: { spaceId: 'PROD' }, body: 'x' })
  expect(text).not.toContain(at.content(title).id)
})

it('lists the spaces there are when none is meant', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(tool, { title: 'X', parent: { spaceId: 'LEAD' } })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "There is no space "LEAD", or this person may not see it. There are:
    <untrusted source="Confluence spaces">
    TEAM Brightwater
    PROD Product
    </untrusted>
    Nothing was changed.
    Use the key of one of these."
  `)
  expect(at.writes()).toEqual([])
})

it('lists the spaces that may be meant', async () => {
  const at = stage()
  const { text } = await at.as('maya')(tool, { title: 'X', parent: { spaceId: 'er' } })
  expect(text).toMatchInlineSnapshot(`
    "Several spaces may be meant by "er". There are:
    <untrusted source="Confluence spaces">
    TEAM Brightwater
    ENG Engineering
    LEAD Leadership
    </untrusted>
    Nothing was changed.
    Use the key of one of these."
  `)
  expect(at.writes()).toEqual([])
})

it('does not choose between a space and a page in another', async () => {
  const at = stage()
  const { text } = await at.as('maya')(tool, {
    title: 'X',
    parent: { spaceId: 'TEAM', parentContentId: at.content('Release Plan').id },
  })
  expect(text).toContain('The page above is in another space than TEAM.')
  expect(at.writes()).toEqual([])
})

it.each([
  [{ parent: {} }, 'parent names neither a space nor a page'],
  [{}, 'parent is missing; give an object'],
  [{ parent: { spaceId: 'TEAM' }, title: ' ' }, 'title is empty'],
  [{ parent: { spaceId: 'TEAM' }, title: 'x'.repeat(256) }, 'title has more than 255 characters'],
  [{ parent: { spaceId: 'TEAM' }, contentType: 'whiteboard' }, 'contentType'],
])('says what is wrong with %j', async (args, hint) => {
  const { text, calls } = await stage().as('maya')(tool, { title: 'X', ...args })
  expect(text).toContain(hint)
  expect(calls).toEqual([])
})

it('says so to who may read the space and not write', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(tool, { title: 'X', parent: { spaceId: 'PROD' } })
  expect(isError).toBe(true)
  expect(text).toContain('The person is not allowed to do this in Atlassian.')
  expect(text).toContain('Nothing was changed.')
  expect(at.writes()).toEqual([])
})

it('names the call that shows whether a page was created when the answer was lost', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'createPage' }, fault: { kind: 'lose-answer' } })
  const { text, isError } = await at.as('maya')(tool, {
    title: 'Lost',
    parent: { spaceId: 'TEAM' },
    body: 'x',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"Confluence did not confirm that the page was created. It is not known whether the change was made: read the current state before you call again. Call getConfluenceContent with {"contentId":"Lost","space":"65538"}. Repeat the call only when it is not there."`,
  )
  const look = await at.as('maya')(
    'getConfluenceContent',
    JSON.parse(/with (\{.*?\})\./.exec(text)?.[1] ?? ''),
  )
  expect(look.text).toContain('"Lost"')
  expect(at.writes()).toHaveLength(1)
})
