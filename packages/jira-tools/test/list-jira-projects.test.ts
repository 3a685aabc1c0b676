import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'listJiraProjects'

it('lists projects by key and name', async () => {
  const { text } = await stage().as('maya')(tool)
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="Jira projects">
    ALPHA Alpha (software, id 10000)
    HELP Help desk (service_desk, id 10004)
    HIRE Hiring (software, id 10002)
    QUAY Quay box (software, id 10003)
    WEB Website (software, id 10001)
    </untrusted>
    5 in all."
  `)
})

it('lists no project that this person may not see', async () => {
  const { text } = await stage().as('priya')(tool)
  expect(text).not.toMatch(/HIRE|Hiring/)
  expect(text).toContain('2 in all.')
})

it('lists those where this person can create', async () => {
  const { text } = await stage().as('sam')(tool, { action: 'create' })
  expect(text).toContain('WEB Website')
  expect(text).not.toContain('ALPHA')
})

it('finds by a part of the name', async () => {
  const { text } = await stage().as('maya')(tool, { searchString: 'web' })
  expect(text).toContain('WEB Website')
  expect(text).toContain('1 in all.')
})

it('says how many there are in all on every page', async () => {
  const call = stage().as('maya')
  const first = await call(tool, { maxResults: 2 })
  expect(first.text).toContain('2 of 5 shown. More: the same call with startAt 2.')
  const second = await call(tool, { maxResults: 2, startAt: 4 })
  expect(second.text).toContain('1 of 5 shown.')
  expect(second.text).not.toContain('More:')
  const third = await call(tool, { maxResults: 2, startAt: 6 })
  expect(third.text).toBe('There are no more projects; 5 in all.')
})

it('says when there is none', async () => {
  const { text, isError } = await stage().as('priya')(tool, { query: 'Hiring' })
  expect(isError).toBe(false)
  expect(text).toBe('There is no such project, or none that this person may see.')
})

it('says what to do where this person has no Jira', async () => {
  const at = stage()
  const { text } = await at.as('elin', { site: 'lakeside-demo' })(tool)
  expect(text).toContain('LAKE Slipway at Lakeside')
  expect(text).not.toContain('ALPHA')
})
