import { expect, test } from 'vitest'

import { type Json, stage } from './support.ts'

const names = (body: Json): readonly string[] => body.map(({ displayName }: Json) => displayName)

test('a person sees itself with groups and applications to expand', async () => {
  const { jira, anonymous } = stage()
  const { body } = await jira('maya')('/rest/api/3/myself?expand=groups')
  expect(body).toMatchObject({
    displayName: 'Maya Lindqvist',
    emailAddress: 'maya@brightwater.example',
    accountType: 'atlassian',
    active: true,
    timeZone: 'Europe/Stockholm',
    locale: 'en_GB',
    groups: { size: 3 },
    expand: 'groups,applicationRoles',
  })
  expect(Object.keys(body.avatarUrls)).toEqual(['48x48', '24x24', '16x16', '32x32'])
  expect((await anonymous('/rest/api/3/myself')).status).toBe(401)
})

test('a hidden e-mail address is shown to nobody but its owner', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId ?? ''
  const seen = async (person: string): Promise<Json> =>
    (await jira(person)('/rest/api/3/user', { query: { accountId } })).body
  expect(await seen('priya')).toMatchObject({ emailAddress: 'priya@brightwater.example' })
  expect(await seen('maya')).not.toHaveProperty('emailAddress')
  expect((await jira('maya')('/rest/api/3/user/search?query=priya@')).body).toEqual([])
})

test('people are found by the beginnings of their names and addresses', async () => {
  const ask = stage().jira('maya')
  const find = async (query: string): Promise<readonly string[]> =>
    names((await ask('/rest/api/3/user/search', { query: { query } })).body)
  expect(await find('web')).toEqual(['Jonas Weber'])
  expect(await find('grace@')).toEqual(['Grace Okafor'])
  expect(await find('eber')).toEqual([])
  expect((await ask('/rest/api/3/user/search')).status).toBe(400)
})

test('lists of users hold apps and closed accounts, and no time zones', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/users/search')
  expect(names(body)).toContain('Automation for Brightwater')
  const rolf = body.find(({ displayName }: Json) => displayName === 'Rolf Ek')
  expect(rolf).toMatchObject({ active: false, locale: 'en_GB' })
  expect(rolf).not.toHaveProperty('timeZone')
  const app = body.find(({ accountType }: Json) => accountType === 'app')
  expect(app).not.toHaveProperty('locale')
  expect((await stage().jira('maya')('/rest/api/3/users?maxResults=2')).body).toHaveLength(2)
})

test('people of another site are not there', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'elin')?.accountId ?? ''
  expect((await jira('maya')('/rest/api/3/user', { query: { accountId } })).status).toBe(404)
  expect((await jira('maya')('/rest/api/3/user')).status).toBe(400)
})

test('who can be assigned depends on the project', async () => {
  const ask = stage().jira('maya')
  const assignable = async (query: string): Promise<readonly string[]> =>
    names((await ask(`/rest/api/3/user/assignable/search?${query}`)).body)
  expect(await assignable('project=ALPHA')).toEqual([
    'Grace Okafor',
    'Jonas Weber',
    'Maya Lindqvist',
    'Priya Raman',
  ])
  expect(await assignable('issueKey=WEB-1&query=sam')).toEqual(['Sam Whitfield'])
  expect((await ask('/rest/api/3/user/assignable/search')).status).toBe(400)
})

test('several people are looked up at once', async () => {
  const { jira, simulator } = stage()
  const ids = simulator.people
    .slice(0, 2)
    .map(({ accountId }) => `accountId=${encodeURIComponent(accountId)}`)
  const { body } = await jira('maya')(`/rest/api/3/user/bulk?${ids.join('&')}`)
  expect(body).toMatchObject({ maxResults: 10, total: 2, isLast: true })
})
