import { createConfluence } from '@telamon/confluence'
import { createJira } from '@telamon/jira'
import { isAtlassianError, oauth } from '@telamon/rest'
import { expect, test } from 'vitest'

import { createSimulator } from './answers.ts'
import { morning, words } from './support.ts'

const clientsOf = (person: string) => {
  const simulator = createSimulator({ now: () => morning })
  const [site] = simulator.world.sites.values()
  const auth = oauth({ cloudId: site?.cloudId ?? '', token: () => simulator.tokenFor(person) })
  const options = { auth, fetch: simulator.fetch }
  return { jira: createJira(options), wiki: createConfluence(options) }
}

test('the typed client of Jira works with it: search, make, change, move, comment', async () => {
  const { jira } = clientsOf('maya')
  const found: string[] = []
  const bugs = 'project = Alpha AND issuetype = Bug AND statusCategory != Done ORDER BY key'
  for await (const { key } of jira.search(bugs, { fields: ['summary'], limit: 5 })) found.push(key)
  expect(found).toEqual(['ALPHA-7', 'ALPHA-8', 'ALPHA-13', 'ALPHA-15', 'ALPHA-17'])
  const { key } = await jira.issues.create({
    project: 'ALPHA',
    issuetype: 'Story',
    summary: 'Redesign onboarding',
  })
  await jira.issues.edit(key, { labels: ['onboarding'] })
  await jira.issues.transition(key, { to: 'In Progress' })
  await jira.comments.add(key, words('Begun.'))
  const { fields } = await jira.issues.get(key, { fields: ['summary', 'status', 'labels', 'comment'] })
  expect(fields).toMatchObject({
    summary: 'Redesign onboarding',
    status: { name: 'In Progress' },
    labels: ['onboarding'],
  })
  expect(fields.comment.total).toBe(1)
})

test('its errors are understood by the client', async () => {
  const { jira, wiki } = clientsOf('priya')
  const hidden = await jira.issues.get('HIRE-1').catch((error: unknown) => error)
  expect(isAtlassianError(hidden, 'not_found')).toBe(true)
  const wrong = await jira.issues
    .create({ project: 'ALPHA', issuetype: 'Bug', summary: 'x'.repeat(300) })
    .catch((error: unknown) => error)
  expect(isAtlassianError(wrong, 'invalid_request') && wrong.fieldErrors).toHaveProperty('summary')
  const page = await wiki.pages.get('1').catch((error: unknown) => error)
  expect(isAtlassianError(page, 'not_found')).toBe(true)
})

test('the typed client of Confluence works with it: spaces, pages, search', async () => {
  const { wiki } = clientsOf('maya')
  const spaces: string[] = []
  for await (const { key, id } of wiki.spaces.list()) spaces.push(`${key} ${id}`)
  expect(spaces).toHaveLength(4)
  const [, product = ''] = spaces.map((space) => space.split(' ')[1])
  const made = await wiki.pages.create({ spaceId: product, title: 'Team Goals Q3', body: words('One goal.') })
  await wiki.pages.update(made.id ?? '', { from: made, body: words('Two goals.') })
  const read = await wiki.content.get(made.id ?? '', { body: 'atlas_doc_format' })
  expect(read).toMatchObject({ type: 'page', title: 'Team Goals Q3', version: { number: 2 } })
  const hits: string[] = []
  for await (const { title } of wiki.search('type = page AND text ~ "goals"', { limit: 10 })) hits.push(title)
  expect(hits).toContain('Team Goals Q3')
})

test('the typed client works with files, votes, work, versions, filters and bulk changes', async () => {
  const { jira } = clientsOf('maya')
  const [file] = await jira.attachments.upload('ALPHA-8', [{ name: 'a.txt', content: 'Bytes' }])
  const download = await jira.attachments.download(file?.id ?? '')
  expect(await new Response(download.body).text()).toBe('Bytes')
  await jira.attachments.remove(file?.id ?? '')
  const { id } = await jira.bulk.watchIssues(['ALPHA-7', 'ALPHA-8'])
  const states: unknown[] = []
  for await (const { status } of jira.bulk.follow(id, { everyMs: 1 })) states.push(status)
  expect(states.at(-1)).toBe('COMPLETE')
  const filter = await jira.filters.create({ name: 'Mine', jql: 'assignee = currentUser()' })
  expect((await jira.filters.get(Number(filter.id))).jql).toBe('assignee = currentUser()')
  await jira.issues.assign('ALPHA-8', null)
  expect((await jira.issues.get('ALPHA-8', { fields: ['assignee'] })).fields.assignee).toBeNull()
})

test('the typed client reaches the rest of Confluence: files, inline comments, tasks, restrictions, copies', async () => {
  const { wiki } = clientsOf('jonas')
  const eng = (await wiki.spaces.list({ keys: ['ENG'] }).page()).items[0]?.id ?? ''
  const made = await wiki.pages.create({
    spaceId: eng,
    title: 'Ropes and knots',
    body: {
      ...words('A bowline holds.'),
      content: [
        ...words('A bowline holds.').content,
        {
          type: 'taskList',
          attrs: { localId: 'list' },
          content: [
            {
              type: 'taskItem',
              attrs: { localId: 'buy', state: 'TODO' },
              content: words('Buy rope').content[0].content,
            },
          ],
        },
      ],
    },
  })
  const pageId = made.id ?? ''
  const [file] = await wiki.attachments.upload(pageId, [
    { name: 'knots.txt', content: new Blob(['over, under'], { type: 'text/plain' }) },
  ])
  const download = await wiki.attachments.download(pageId, file?.id ?? '')
  expect(await new Response(download.body).text()).toBe('over, under')
  expect([download.filename, download.mimeType]).toEqual(['knots.txt', 'text/plain'])
  const inline = await wiki.comments.inline.add(
    { pageId },
    { body: words('Which one?'), selection: { text: 'bowline' } },
  )
  const settled = await wiki.comments.inline.update(inline.id ?? '', {
    from: inline,
    body: words('That one.'),
    resolved: true,
  })
  expect(settled.resolutionStatus).toBe('resolved')
  const [task] = (await wiki.tasks.list({ pageIds: [pageId] }).page()).items
  expect((await wiki.tasks.mark(task?.id ?? '', 'complete')).status).toBe('complete')
  const me = (await wiki.users.current()).accountId ?? ''
  await wiki.restrictions.addUser(pageId, { accountId: me, operation: 'read' })
  expect((await wiki.restrictions.get(pageId))['read']?.restrictions?.user?.size).toBe(1)
  const copies = await wiki.pageCopies.copyTree(pageId, {
    below: made.parentId ?? '',
    titlePrefix: 'Copy of ',
  })
  const states: boolean[] = []
  for await (const { finished } of wiki.longTasks.watch(copies.id, { everyMs: 1 })) states.push(finished)
  expect(states).toEqual([false, true])
  const copied: string[] = []
  for await (const { title } of wiki.search('title ~ "Copy of Ropes"')) copied.push(title)
  expect(copied).toEqual(['Copy of Ropes and knots'])
})
