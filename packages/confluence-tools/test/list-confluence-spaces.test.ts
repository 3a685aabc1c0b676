import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'listConfluenceSpaces'

it('lists spaces by key and name', async () => {
  const { text } = await stage().as('maya')(tool)
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="Confluence spaces">
    TEAM Brightwater (global, id 65538)
    PROD Product (global, id 163848)
    ENG Engineering (global, id 262158)
    LEAD Leadership (global, id 360468)
    </untrusted>
    4 in all."
  `)
})

it('lists no space that this person may not see', async () => {
  const { text } = await stage().as('sam')(tool)
  expect(text).not.toMatch(/ENG|LEAD/)
  expect(text).toContain('2 in all.')
})

it('takes keys in any case, as a list or as text', async () => {
  const call = stage().as('maya')
  const list = await call(tool, { keys: ['eng', 'PROD'] })
  expect(list.text).toContain('2 in all.')
  expect((await call(tool, { keys: 'eng, PROD' })).text).toBe(list.text)
})

it('takes ids', async () => {
  const at = stage()
  const { text } = await at.as('maya')(tool, { ids: [Number(at.spaceId('ENG'))] })
  expect(text).toContain('ENG Engineering')
  expect(text).toContain('1 in all.')
})

it('says how to get the next page, and does not take it for all', async () => {
  const call = stage().as('maya')
  const first = await call(tool, { limit: 3 })
  const cursor = /3 shown\. More: the same call with cursor "([^"]+)"/.exec(first.text)?.[1]
  const second = await call(tool, { limit: 3, cursor })
  expect(second.text).toContain('1 shown, and no more.')
})

it('says when there is none', async () => {
  const call = stage().as('sam')
  const hidden = await call(tool, { keys: ['LEAD'] })
  expect(hidden.isError).toBe(false)
  expect(hidden.text).toBe('There is no such space, or none that this person may see.')
  expect((await call(tool, { keys: ['NOPE'] })).text).toBe(hidden.text)
})

it('says so to who may not enter Confluence on the site', async () => {
  const { text, isError } = await stage().as('jonas', { site: 'lakeside-demo' })(tool)
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "The person is not allowed to do this in Atlassian. Atlassian said:
    <untrusted source="error message of Atlassian">
    Current user not permitted to use Confluence
    </untrusted>
    Do not repeat it. Tell the person, who can ask an administrator of the site."
  `)
})
