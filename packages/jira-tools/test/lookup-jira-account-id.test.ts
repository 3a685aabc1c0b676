import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'lookupJiraAccountId'

it('finds people, and no apps', async () => {
  const at = stage()
  const { text, data } = await at.as('maya')(tool, { query: 'jonas' })
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="people found">
    Jonas Weber: 712020:fc21ddc6-2c05-4452-a8bf-5b9d07c3f4a0
    </untrusted>"
  `)
  expect(data).toEqual({
    people: [
      {
        accountId: at.simulator.people.find(({ id }) => id === 'jonas')?.accountId,
        displayName: 'Jonas Weber',
        active: true,
      },
    ],
  })
  const apps = await at.as('maya')(tool, { query: 'Automation' })
  expect(apps.data).toEqual({ people: [] })
})

it('says whose account is closed', async () => {
  const { text } = await stage().as('maya')(tool, { query: 'rolf' })
  expect(text).toContain('(deactivated)')
})

it('does not find people by an address that they hide', async () => {
  const { text } = await stage().as('maya')(tool, { searchString: 'priya@brightwater.example' })
  expect(text).toMatchInlineSnapshot(
    `"Nobody found, or nobody that this person may see. Try another part of the name: e-mail addresses may be hidden."`,
  )
})

it('shows no e-mail address', async () => {
  const { text, data } = await stage().as('maya')(tool, { query: 'grace' })
  expect(`${text}${JSON.stringify(data)}`).not.toContain('@brightwater')
})

it('says when there are more', async () => {
  const at = stage()
  for (const person of at.simulator.world.people.values()) person.displayName = `Kim ${person.handle}`
  const { text } = await at.as('maya')(tool, { query: 'Kim', maxResults: 2 })
  expect(text).toContain('2 of 6: give more of the name.')
})
