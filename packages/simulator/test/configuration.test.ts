import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const settle = async (ask: Ask, path: string): Promise<void> => {
  const { status, body } = await ask(path, { method: 'DELETE' })
  expect(status).toBe(303)
  for (let looks = 0; looks < 2; looks += 1) await ask(`/rest/api/3/task/${body.id}`)
}

test('statuses are read one by one, by category, and searched', async () => {
  const ask = stage().jira('maya')
  const [first] = (await ask('/rest/api/3/status')).body
  expect((await ask(`/rest/api/3/status/${first.id}`)).body).toEqual(first)
  expect((await ask(`/rest/api/3/status/${encodeURIComponent(first.name)}`)).status).toBe(200)
  expect((await ask('/rest/api/3/status/Nowhere')).status).toBe(404)
  const categories = await ask('/rest/api/3/statuscategory')
  expect(categories.body.map(({ key }: Json) => key)).toEqual(['new', 'indeterminate', 'done'])
  expect((await ask('/rest/api/3/statuscategory/done')).body.name).toBe('Done')
  expect((await ask('/rest/api/3/statuscategory/none')).status).toBe(404)
  const byId = await ask('/rest/api/3/statuses', { query: { id: first.id } })
  expect(byId.body[0]).toMatchObject({ id: first.id, scope: { type: 'PROJECT' } })
  const byName = await ask('/rest/api/3/statuses/byNames', { query: { name: first.name } })
  expect(byName.body.map(({ id }: Json) => id)).toContain(first.id)
  const found = await ask('/rest/api/3/statuses/search?statusCategory=DONE&maxResults=2')
  expect(found.body.values.every(({ statusCategory }: Json) => statusCategory === 'DONE')).toBe(true)
  expect((await ask('/rest/api/3/statuses/search?statusCategory=LATER')).status).toBe(400)
})

test('statuses are made, renamed and deleted, as long as no workflow has them', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const status = { name: 'Waiting', statusCategory: 'IN_PROGRESS', description: 'For others' }
  const body = { scope: { type: 'GLOBAL' }, statuses: [status] }
  expect((await jira('sam')('/rest/api/3/statuses', { method: 'POST', body })).status).toBe(403)
  const made = await ask('/rest/api/3/statuses', { method: 'POST', body })
  expect(made.body).toMatchObject([{ ...status, scope: { type: 'GLOBAL' } }])
  expect((await ask('/rest/api/3/statuses', { method: 'POST', body })).status).toBe(409)
  const [{ id }] = made.body
  const renamed = { statuses: [{ id, name: 'On hold', statusCategory: 'TODO' }] }
  expect((await ask('/rest/api/3/statuses', { method: 'PUT', body: renamed })).status).toBe(204)
  expect((await ask('/rest/api/3/statuses', { query: { id } })).body[0]).toMatchObject({ name: 'On hold' })
  const [used] = (await ask('/rest/api/3/status')).body
  expect((await ask('/rest/api/3/statuses', { method: 'DELETE', query: { id: used.id } })).status).toBe(400)
  const usages = await ask(`/rest/api/3/statuses/${used.id}/projectUsages`)
  expect(usages.body.projects.values).toHaveLength(1)
  expect((await ask(`/rest/api/3/statuses/${used.id}/workflowUsages`)).body.workflows.values).toHaveLength(1)
  expect((await ask('/rest/api/3/statuses', { method: 'DELETE', query: { id } })).status).toBe(204)
  expect((await ask('/rest/api/3/statuses', { query: { id } })).body).toEqual([])
})

test('workflows are read with their statuses, steps and rules', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const { body } = await ask('/rest/api/3/workflows/search')
  const web = body.values.find(({ name }: Json) => name.endsWith('WEB'))
  expect(web.scope).toEqual({ type: 'GLOBAL' })
  const last = web.transitions.at(-1)
  expect(last).toMatchObject({ type: 'DIRECTED', validators: [{ ruleKey: 'system:validate-field-value' }] })
  const read = await ask('/rest/api/3/workflows', { method: 'POST', body: { workflowIds: [web.id] } })
  expect(read.body.workflows).toEqual([web])
  expect(read.body.statuses.length).toBe(web.statuses.length)
  expect((await jira('sam')('/rest/api/3/workflows/search')).body.values).toEqual([])
  const old = await ask('/rest/api/3/workflow/search')
  expect(old.body.values.map(({ id }: Json) => id.name)).toContain(web.name)
  const schemes = await ask('/rest/api/3/workflowscheme')
  const [scheme] = schemes.body.values
  expect((await ask(`/rest/api/3/workflowscheme/${scheme.id}`)).body).toEqual(scheme)
  expect((await ask(`/rest/api/3/workflowscheme/${scheme.id}/default`)).body.workflow).toBe(
    scheme.defaultWorkflow,
  )
  const projects = await ask('/rest/api/3/workflowscheme/project', { query: { projectId: scheme.id } })
  expect(projects.body.values[0].projectIds).toEqual([String(scheme.id)])
})

test('issue types are made, changed, and deleted when another one takes their issues', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { name: 'Idea', description: 'For later', type: 'standard' }
  expect((await jira('sam')('/rest/api/3/issuetype', { method: 'POST', body })).status).toBe(403)
  const made = await ask('/rest/api/3/issuetype', { method: 'POST', body })
  expect(made.status).toBe(201)
  const path = `/rest/api/3/issuetype/${made.body.id}`
  expect((await ask(path, { method: 'PUT', body: { name: 'Thought' } })).body.name).toBe('Thought')
  expect((await ask(path)).body).toMatchObject({ name: 'Thought', hierarchyLevel: 0 })
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).status).toBe(404)
  const { body: web } = await ask('/rest/api/3/project/WEB')
  const types = await ask('/rest/api/3/issuetype/project', { query: { projectId: web.id, level: '0' } })
  const task = types.body.find(({ name }: Json) => name === 'Task')
  const others = await ask(`/rest/api/3/issuetype/${task.id}/alternatives`)
  expect(others.body.length).toBeGreaterThan(0)
  expect((await ask(`/rest/api/3/issuetype/${task.id}`, { method: 'DELETE' })).status).toBe(409)
  const query = { alternativeIssueTypeId: others.body[0].id }
  expect((await ask(`/rest/api/3/issuetype/${task.id}`, { method: 'DELETE', query })).status).toBe(204)
  const schemes = await ask('/rest/api/3/issuetypescheme')
  expect(schemes.body.values.map(({ name }: Json) => name)).toContain('WEB: Issue Type Scheme')
  const mapping = await ask('/rest/api/3/issuetypescheme/mapping')
  expect(mapping.body.values.map(({ issueTypeId }: Json) => issueTypeId)).not.toContain(task.id)
  const homes = await ask('/rest/api/3/issuetypescheme/project', { query: { projectId: web.id } })
  expect(homes.body.values[0].projectIds).toEqual([web.id])
})

test('what is on the default screen decides what can be filled in', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  expect((await jira('sam')('/rest/api/3/screens')).status).toBe(403)
  const [screen] = (await ask('/rest/api/3/screens')).body.values
  const tabs = `/rest/api/3/screens/${screen.id}/tabs`
  const [tab] = (await ask(tabs)).body
  const fields = `${tabs}/${tab.id}/fields`
  expect((await ask(fields)).body.map(({ id }: Json) => id)).toContain('duedate')
  const edit = { method: 'PUT', body: { fields: { duedate: '2026-12-24' } } }
  expect((await ask('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(204)
  expect((await ask(`${fields}/duedate`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask('/rest/api/3/issue/ALPHA-5', edit)).body.errors.duedate).toContain('appropriate screen')
  const free = await ask(`/rest/api/3/screens/${screen.id}/availableFields`)
  expect(free.body.map(({ id }: Json) => id)).toContain('duedate')
  expect((await ask(fields, { method: 'POST', body: { fieldId: 'duedate' } })).body.name).toBe('Due date')
  expect((await ask(fields, { method: 'POST', body: { fieldId: 'duedate' } })).status).toBe(400)
  const first = { method: 'POST', body: { position: 'First' } }
  expect((await ask(`${fields}/duedate/move`, first)).status).toBe(204)
  expect((await ask(fields)).body[0].id).toBe('duedate')
  const on = await ask('/rest/api/3/field/duedate/screens?expand=tab')
  expect(on.body.values[0]).toMatchObject({ name: 'Default Screen', tab: { name: 'Field Tab' } })
})

test('screens and their tabs are made, renamed and deleted', async () => {
  const ask = stage().jira('maya')
  const made = await ask('/rest/api/3/screens', { method: 'POST', body: { name: 'Short' } })
  expect(made.status).toBe(201)
  const path = `/rest/api/3/screens/${made.body.id}`
  expect((await ask(path, { method: 'PUT', body: { name: 'Shorter' } })).body.name).toBe('Shorter')
  const tab = await ask(`${path}/tabs`, { method: 'POST', body: { name: 'Dates' } })
  const one = `${path}/tabs/${tab.body.id}`
  expect((await ask(one, { method: 'PUT', body: { name: 'Days' } })).body.name).toBe('Days')
  expect((await ask(`${path}/tabs`)).body).toHaveLength(2)
  expect((await ask(one, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${path}/tabs`)).status).toBe(404)
  expect((await ask('/rest/api/3/screens/1', { method: 'DELETE' })).status).toBe(400)
})

test('kinds of links are made, changed, and deleted with their links', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { name: 'Follows', inward: 'is followed by', outward: 'follows' }
  const made = await ask('/rest/api/3/issueLinkType', { method: 'POST', body })
  expect(made).toMatchObject({ status: 201, body })
  expect((await ask('/rest/api/3/issueLinkType', { method: 'POST', body })).status).toBe(400)
  const path = `/rest/api/3/issueLinkType/${made.body.id}`
  expect((await ask(path, { method: 'PUT', body: { outward: 'comes after' } })).body.outward).toBe(
    'comes after',
  )
  const link = {
    type: { name: 'Follows' },
    inwardIssue: { key: 'ALPHA-7' },
    outwardIssue: { key: 'ALPHA-8' },
  }
  expect((await ask('/rest/api/3/issueLink', { method: 'POST', body: link })).status).toBe(201)
  const links = async (): Promise<readonly string[]> =>
    (await ask('/rest/api/3/issue/ALPHA-7?fields=issuelinks')).body.fields.issuelinks.map(
      ({ type }: Json) => type.name,
    )
  expect(await links()).toContain('Follows')
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect(await links()).not.toContain('Follows')
  expect((await ask(path)).status).toBe(404)
})

test('priorities are made, ordered, made usual, and deleted by a task', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { name: 'Urgent', statusColor: '#ff0000', description: 'Now' }
  expect((await jira('sam')('/rest/api/3/priority', { method: 'POST', body })).status).toBe(403)
  const made = await ask('/rest/api/3/priority', { method: 'POST', body })
  const { id } = made.body
  expect((await ask(`/rest/api/3/priority/${id}`)).body).toMatchObject(body)
  expect((await ask(`/rest/api/3/priority/${id}`, { method: 'PUT', body: { name: 'Burning' } })).status).toBe(
    204,
  )
  const order = { method: 'PUT', body: { ids: [id], position: 'First' } }
  expect((await ask('/rest/api/3/priority/move', order)).status).toBe(204)
  expect((await ask('/rest/api/3/priority')).body[0].name).toBe('Burning')
  await ask('/rest/api/3/issue/ALPHA-5', { method: 'PUT', body: { fields: { priority: { id } } } })
  expect((await ask('/rest/api/3/priority/default', { method: 'PUT', body: { id: '1' } })).status).toBe(204)
  const usual = await ask('/rest/api/3/priority/search?onlyDefault=true')
  expect(usual.body.values.map(({ name }: Json) => name)).toEqual(['Highest'])
  expect((await ask('/rest/api/3/priority/1', { method: 'DELETE' })).status).toBe(409)
  await settle(ask, `/rest/api/3/priority/${id}`)
  const { body: issue } = await ask('/rest/api/3/issue/ALPHA-5?fields=priority')
  expect(issue.fields.priority.name).toBe('Highest')
})

test('resolutions are made, ordered, made usual, and replaced when they go', async () => {
  const ask = stage().jira('maya')
  const made = await ask('/rest/api/3/resolution', { method: 'POST', body: { name: 'Obsolete' } })
  const { id } = made.body
  const path = `/rest/api/3/resolution/${id}`
  expect(
    (await ask(path, { method: 'PUT', body: { name: 'Outdated', description: 'Too late' } })).status,
  ).toBe(204)
  expect((await ask(path)).body).toMatchObject({ name: 'Outdated', description: 'Too late' })
  const order = { method: 'PUT', body: { ids: [id], after: '10000' } }
  expect((await ask('/rest/api/3/resolution/move', order)).status).toBe(204)
  expect((await ask('/rest/api/3/resolution')).body[1].name).toBe('Outdated')
  expect((await ask('/rest/api/3/resolution/default', { method: 'PUT', body: { id } })).status).toBe(204)
  const usual = await ask('/rest/api/3/resolution/search?onlyDefault=true')
  expect(usual.body.values.map(({ name }: Json) => name)).toEqual(['Outdated'])
  expect((await ask(path, { method: 'DELETE', query: { replaceWith: id } })).status).toBe(400)
  await settle(ask, `${path}?replaceWith=10000`)
  expect((await ask(path)).status).toBe(404)
})

test('labels are those of issues that the caller sees', async () => {
  const { jira } = stage()
  const labels = async (person: string): Promise<readonly string[]> =>
    (await jira(person)('/rest/api/3/label')).body.values
  const all = await labels('grace')
  expect(all).toEqual(all.toSorted())
  await jira('grace')('/rest/api/3/issue/HIRE-1', {
    method: 'PUT',
    body: { fields: { labels: ['only-here'] } },
  })
  expect(await labels('grace')).toContain('only-here')
  expect(await labels('sam')).not.toContain('only-here')
})

test('who is told of what is read from the notification schemes', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const { body } = await ask('/rest/api/3/notificationscheme?expand=all')
  expect(body.values).toHaveLength(1)
  expect(body.values[0].notificationSchemeEvents[0].event.name).toBe('Issue Created')
  expect((await ask('/rest/api/3/notificationscheme/10000')).body.name).toBe('Default Notification Scheme')
  expect((await ask('/rest/api/3/notificationscheme/1')).status).toBe(404)
  expect((await ask('/rest/api/3/project/ALPHA/notificationscheme')).body.id).toBe(10_000)
  expect((await ask('/rest/api/3/events')).body[0]).toEqual({ id: 1, name: 'Issue Created' })
  expect((await jira('sam')('/rest/api/3/events')).status).toBe(403)
})

test('a site says how it is set up, and how it counts time', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  expect((await jira('sam')('/rest/api/3/configuration')).body).toMatchObject({ votingEnabled: true })
  const path = '/rest/api/3/configuration/timetracking'
  expect((await ask(path)).body.key).toBe('JIRA')
  expect((await ask(`${path}/list`)).body).toHaveLength(1)
  expect((await ask(`${path}/options`)).body.workingHoursPerDay).toBe(8)
  const changed = await ask(`${path}/options`, { method: 'PUT', body: { workingHoursPerDay: 6 } })
  expect(changed.body).toMatchObject({ workingHoursPerDay: 6, workingDaysPerWeek: 5 })
  expect((await ask(`${path}/options`, { method: 'PUT', body: { workingHoursPerDay: 30 } })).status).toBe(400)
  const [role] = (await ask('/rest/api/3/applicationrole')).body
  expect((await ask(`/rest/api/3/applicationrole/${role.key}`)).body).toEqual(role)
  expect((await ask('/rest/api/3/applicationrole/none')).status).toBe(404)
})

test('the line above all pages is set by administrators', async () => {
  const { jira } = stage()
  const path = '/rest/api/3/announcementBanner'
  const body = { message: 'Closed on Friday', isEnabled: true, visibility: 'private' }
  expect((await jira('sam')(path, { method: 'PUT', body })).status).toBe(403)
  expect((await jira('maya')(path, { method: 'PUT', body })).status).toBe(204)
  expect((await jira('maya')(path)).body).toMatchObject({ ...body, isDismissible: false })
  expect((await jira('maya')(path, { method: 'PUT', body: { visibility: 'some' } })).status).toBe(400)
})

test('pictures of types and projects are listed and drawn', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask('/rest/api/3/avatar/project/system')
  expect(body.system[0]).toMatchObject({ isSystemAvatar: true, isSelected: false })
  const { body: alpha } = await ask('/rest/api/3/project/ALPHA')
  const own = await ask(`/rest/api/3/universal_avatar/type/project/owner/${alpha.id}`)
  expect(own.body.system.filter(({ isSelected }: Json) => isSelected)).toHaveLength(1)
  const view = '/rest/api/3/universal_avatar/view/type/project'
  for (const path of [view, `${view}/avatar/10400`, `${view}/owner/${alpha.id}`]) {
    const { status, headers } = await ask(path)
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  }
  expect((await ask(`${view}/owner/1`)).status).toBe(404)
  expect((await ask('/rest/api/3/avatar/planet/system')).status).toBe(404)
})
