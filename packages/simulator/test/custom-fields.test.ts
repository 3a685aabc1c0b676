import { expect, test } from 'vitest'

import { type Ask, type Json, stage, words } from './support.ts'

const prefix = 'com.atlassian.jira.plugin.system.customfieldtypes'

/** Makes a field and puts it on the forms. */
const make = async (ask: Ask, type: string, name = `A ${type}`): Promise<string> => {
  const { status, body } = await ask('/rest/api/3/field', {
    method: 'POST',
    body: { name, type: `${prefix}:${type}` },
  })
  expect([type, status]).toEqual([type, 201])
  expect((await ask(`/rest/api/3/screens/addToDefault/${body.id}`, { method: 'POST' })).status).toBe(200)
  return body.id
}

const set = async (ask: Ask, id: string, value: unknown) =>
  ask('/rest/api/3/issue/ALPHA-5', { method: 'PUT', body: { fields: { [id]: value } } })

const read = async (ask: Ask, id: string): Promise<Json> =>
  (await ask('/rest/api/3/issue/ALPHA-5', { query: { fields: id } })).body.fields[id]

const finds = async (ask: Ask, jql: string): Promise<boolean> =>
  (await ask('/rest/api/3/search/approximate-count', { method: 'POST', body: { jql } })).body.count === 1

const addOptions = async (ask: Ask, id: string, options: readonly Json[]): Promise<readonly Json[]> => {
  const { body } = await ask(`/rest/api/3/field/${id}/context`)
  const path = `/rest/api/3/field/${id}/context/${body.values[0].id}/option`
  return (await ask(path, { method: 'POST', body: { options } })).body.options
}

const plain: readonly (readonly [type: string, value: unknown, jql: string, wrong: unknown])[] = [
  ['textfield', 'some words', '"A textfield" ~ words', 7],
  ['textarea', words('A long story'), '"A textarea" ~ story', 'text'],
  ['float', 4.5, '"A float" > 4', 'many'],
  ['datepicker', '2026-12-24', '"A datepicker" = 2026-12-24', 'soon'],
  ['datetime', '2026-12-24T10:00:00.000+0100', '"A datetime" > 2026-12-24', 'soon'],
  ['url', 'https://example.org/', '"A url" = "https://example.org/"', 'nowhere'],
  ['labels', ['one', 'two'], '"A labels" = two', ['with space']],
]

test('fields of words, numbers and moments are made, set, shown, searched and refused', async () => {
  const ask = stage().jira('maya')
  for (const [type, value, jql, wrong] of plain) {
    const id = await make(ask, type)
    expect([type, (await set(ask, id, wrong)).status]).toEqual([type, 400])
    expect([type, (await set(ask, id, value)).status]).toEqual([type, 204])
    expect(await read(ask, id)).toEqual(value)
    expect([type, await finds(ask, jql)]).toEqual([type, true])
    await set(ask, id, null)
    expect(await read(ask, id)).toBeNull()
  }
})

test('fields of options take those that they have, in every form', async () => {
  const ask = stage().jira('maya')
  for (const type of ['select', 'radiobuttons']) {
    const id = await make(ask, type)
    const [red] = await addOptions(ask, id, [{ value: 'Red' }, { value: 'Blue' }])
    expect((await set(ask, id, { value: 'Green' })).status).toBe(400)
    expect((await set(ask, id, { value: 'Red' })).status).toBe(204)
    expect(await read(ask, id)).toMatchObject({ id: red.id, value: 'Red' })
    expect([type, await finds(ask, `"A ${type}" = red`)]).toEqual([type, true])
  }
  for (const type of ['multiselect', 'multicheckboxes']) {
    const id = await make(ask, type)
    await addOptions(ask, id, [{ value: 'Red' }, { value: 'Blue' }])
    expect((await set(ask, id, [{ value: 'Red' }, { value: 'Blue' }])).status).toBe(204)
    const less = { update: { [id]: [{ remove: { value: 'Red' } }] } }
    expect((await ask('/rest/api/3/issue/ALPHA-5', { method: 'PUT', body: less })).status).toBe(204)
    expect((await read(ask, id)).map(({ value }: Json) => value)).toEqual(['Blue'])
    expect(await finds(ask, `"A ${type}" in (Blue)`)).toBe(true)
  }
  const id = await make(ask, 'cascadingselect')
  const [europe] = await addOptions(ask, id, [{ value: 'Europe' }])
  await addOptions(ask, id, [{ value: 'Sweden', optionId: europe.id }])
  expect((await set(ask, id, { value: 'Europe', child: { value: 'Peru' } })).status).toBe(400)
  expect((await set(ask, id, { value: 'Europe', child: { value: 'Sweden' } })).status).toBe(204)
  expect(await read(ask, id)).toMatchObject({ value: 'Europe', child: { value: 'Sweden' } })
  expect(await finds(ask, '"A cascadingselect" in cascadeOption(Europe, Sweden)')).toBe(true)
  expect(await finds(ask, '"A cascadingselect" in cascadeOption(Europe)')).toBe(true)
})

test('fields of people, groups, versions and projects take what is there', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId
  const { body: version } = await ask('/rest/api/3/version', {
    method: 'POST',
    body: { name: 'V', project: 'ALPHA' },
  })
  const cases: readonly (readonly [string, unknown, string, unknown])[] = [
    ['userpicker', { accountId }, '"A userpicker" = "Priya Raman"', { accountId: 'nobody' }],
    ['people', [{ accountId }], `"A people" = "${accountId}"`, [{ accountId: 'nobody' }]],
    ['grouppicker', { name: 'site-admins' }, '"A grouppicker" = "site-admins"', { name: 'none' }],
    [
      'multigrouppicker',
      [{ name: 'site-admins' }],
      '"A multigrouppicker" = "site-admins"',
      [{ name: 'none' }],
    ],
    ['version', { id: version.id }, '"A version" = V', { id: '1' }],
    ['multiversion', [{ name: 'V' }], '"A multiversion" in (V)', [{ name: 'W' }]],
    ['project', { key: 'WEB' }, '"A project" = WEB', { key: 'NONE' }],
  ]
  for (const [type, value, jql, wrong] of cases) {
    const id = await make(ask, type)
    expect([type, (await set(ask, id, wrong)).status]).toEqual([type, 400])
    expect([type, (await set(ask, id, value)).status]).toEqual([type, 204])
    expect([type, Array.isArray(await read(ask, id))]).toEqual([type, Array.isArray(value)])
    expect([type, await finds(ask, jql)]).toEqual([type, true])
  }
  const { body } = await ask('/rest/api/3/issue/ALPHA-5/changelog')
  expect(body.values.flatMap(({ items }: Json) => items).map((item: Json) => item['toString'])).toContain(
    'Priya Raman',
  )
})

test('a new field has to be put on a screen before it can be filled in', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { name: 'Lonely', type: `${prefix}:textfield` }
  expect((await jira('sam')('/rest/api/3/field', { method: 'POST', body })).status).toBe(403)
  const made = await ask('/rest/api/3/field', { method: 'POST', body })
  expect(made.body).toMatchObject({ name: 'Lonely', custom: true, schema: { custom: `${prefix}:textfield` } })
  expect((await set(ask, made.body.id, 'x')).status).toBe(400)
  const wrong = await ask('/rest/api/3/field', { method: 'POST', body: { ...body, type: 'colour' } })
  expect(wrong.body.errors.type).toContain('colour')
})

test('fields are searched, renamed, thrown away, brought back, and deleted by a task', async () => {
  const ask = stage().jira('maya')
  const id = await make(ask, 'textfield', 'Nickname')
  await set(ask, id, 'Al')
  const found = await ask(
    '/rest/api/3/field/search?query=nick&type=custom&expand=key,screensCount,contextsCount',
  )
  expect(found.body.values).toMatchObject([{ id, key: id, screensCount: 1, contextsCount: 1 }])
  const rename = { method: 'PUT', body: { name: 'Pet name', description: 'Among friends' } }
  expect((await ask(`/rest/api/3/field/${id}`, rename)).status).toBe(204)
  expect(await finds(ask, '"Pet name" ~ al')).toBe(true)
  expect((await ask(`/rest/api/3/field/${id}/trash`, { method: 'POST' })).status).toBe(200)
  expect(await finds(ask, '"Pet name" ~ al')).toBe(false)
  expect((await ask('/rest/api/3/field/search/trashed')).body.values).toMatchObject([
    { id, name: 'Pet name' },
  ])
  expect((await ask(`/rest/api/3/field/${id}/restore`, { method: 'POST' })).status).toBe(200)
  expect(await read(ask, id)).toBe('Al')
  const { status, body } = await ask(`/rest/api/3/field/${id}`, { method: 'DELETE' })
  expect(status).toBe(303)
  for (let looks = 0; looks < 2; looks += 1) await ask(`/rest/api/3/task/${body.id}`)
  expect((await ask('/rest/api/3/field/search', { query: { id } })).body.values).toEqual([])
})

test('a field applies to the projects and types of its contexts', async () => {
  const ask = stage().jira('maya')
  const id = await make(ask, 'textfield', 'Narrow')
  const { body: alpha } = await ask('/rest/api/3/project/ALPHA')
  const { body: web } = await ask('/rest/api/3/project/WEB')
  const path = `/rest/api/3/field/${id}/context`
  const [global] = (await ask(path)).body.values
  expect(global).toMatchObject({ isGlobalContext: true, isAnyIssueType: true })
  expect((await ask(path, { method: 'POST', body: { name: 'Twice' } })).status).toBe(409)
  const narrow = await ask(path, {
    method: 'POST',
    body: { name: 'Web', projectIds: [web.id], issueTypeIds: [] },
  })
  expect(narrow.status).toBe(201)
  expect((await ask(`${path}/${global.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await set(ask, id, 'x')).status).toBe(400)
  expect((await ask('/rest/api/3/issue/ALPHA-5')).body.fields).not.toHaveProperty(id)
  const one = `${path}/${narrow.body.id}`
  expect((await ask(one, { method: 'PUT', body: { name: 'Site' } })).status).toBe(204)
  const more = { method: 'PUT', body: { projectIds: [alpha.id] } }
  expect((await ask(`${one}/project`, more)).status).toBe(204)
  expect((await set(ask, id, 'x')).status).toBe(204)
  const projects = await ask(`${path}/projectmapping`)
  expect(projects.body.values.map(({ projectId }: Json) => projectId)).toEqual([web.id, alpha.id])
  const types = await ask(`${path}/issuetypemapping`)
  expect(types.body.values).toEqual([{ contextId: narrow.body.id, isAnyIssueType: true }])
  expect((await ask(`${path}?isGlobalContext=true`)).body.values).toEqual([])
})

test('options are listed, renamed, ordered, switched off, and deleted while nobody has them', async () => {
  const ask = stage().jira('maya')
  const id = await make(ask, 'select', 'Colour')
  const [red, blue, grey] = await addOptions(ask, id, [
    { value: 'Red' },
    { value: 'Blue' },
    { value: 'Grey' },
  ])
  const { body } = await ask(`/rest/api/3/field/${id}/context`)
  const path = `/rest/api/3/field/${id}/context/${body.values[0].id}/option`
  const again = await ask(path, { method: 'POST', body: { options: [{ value: 'Red' }] } })
  expect(again.status).toBe(400)
  const change = {
    options: [
      { id: red.id, value: 'Crimson' },
      { id: grey.id, disabled: true },
    ],
  }
  expect((await ask(path, { method: 'PUT', body: change })).body.options[0].value).toBe('Crimson')
  const order = { customFieldOptionIds: [blue.id], position: 'First' }
  expect((await ask(`${path}/move`, { method: 'PUT', body: order })).status).toBe(204)
  const listed = await ask(path)
  expect(listed.body.values.map(({ value, disabled }: Json) => [value, disabled])).toEqual([
    ['Blue', false],
    ['Crimson', false],
    ['Grey', true],
  ])
  expect((await ask(`/rest/api/3/customFieldOption/${red.id}`)).body.value).toBe('Crimson')
  expect((await set(ask, id, { id: grey.id })).status).toBe(400)
  await set(ask, id, { id: red.id })
  expect((await ask(`${path}/${red.id}`, { method: 'DELETE' })).status).toBe(400)
  expect((await ask(`${path}/${blue.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`/rest/api/3/customFieldOption/${blue.id}`)).status).toBe(404)
})
