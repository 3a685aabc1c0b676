import { expect, it } from 'vitest'

import { changing, stage } from './stage.ts'

const create = 'createJiraIssue'
const story = { projectKey: 'ALPHA', issueType: 'Story', summary: 'Redesign onboarding' }

/** As if a custom field had been made required on the screen. */
const severityRequired = changing(/\/createmeta\/ALPHA\/issuetypes\/\d+$/, (page) => {
  for (const field of page.fields) if (field.name === 'Severity') field.required = true
})

it('creates one issue, with everything looked up by name', async () => {
  const at = stage()
  const { text, data } = await at.as('maya')(create, {
    projectKey: 'alpha',
    issueType: 'bug',
    summary: 'Reminders\ncome twice',
    description: 'Since **yesterday**, for\n\n- guests\n- staff',
    assignee: 'priya',
    parent: 'https://brightwater-demo.atlassian.net/browse/ALPHA-2',
    labels: ['pilot-blocker'],
    priority: 'high',
    additionalFields: {
      severity: 'hinders work',
      'Due date': '2026-12-01T00:00:00Z',
      components: ['harbour office'],
      'Fix versions': 'Alpha 1.0',
      'Story point estimate': '3',
    },
  })
  expect(text).toMatchInlineSnapshot(`
    "Created ALPHA-35 (Bug): https://brightwater-demo.atlassian.net/browse/ALPHA-35

    [Assignee: Priya Raman]"
  `)
  expect(data).toMatchObject({
    key: 'ALPHA-35',
    url: 'https://brightwater-demo.atlassian.net/browse/ALPHA-35',
  })
  const made = at.issue('ALPHA-35')
  expect(made.summary).toBe('Reminders come twice')
  expect(made.dueDate).toBe('2026-12-01')
  expect(made.labels).toEqual(['pilot-blocker'])
  expect(made.custom.get('customfield_10040')).toBe('10031')
  expect(made.custom.get('customfield_10016')).toBe(3)
  expect(made.parentId).toBe(at.issue('ALPHA-2').id)
  expect(made.description?.content.map(({ type }) => type)).toEqual(['paragraph', 'bulletList'])
  expect(made.componentIds).toHaveLength(1)
  expect(made.fixVersionIds).toHaveLength(1)
  expect(at.writes().map(({ operation }) => operation)).toEqual(['createIssue'])
})

it.each(['Website', 'web', 'WEB', '10001'])('takes %j for the project Website', async (projectKey) => {
  const at = stage()
  const { data } = await at.as('maya')(create, { projectKey, issueType: 'Task', summary: 'Reword' })
  expect(data).toMatchObject({ key: 'WEB-8' })
})

it('lists where this person can create when there is no such project', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(create, { ...story, projectKey: 'Onboarding' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "There is no project "Onboarding", or this person may not see it. Nothing was changed. This person can create issues in:
    <untrusted source="Jira projects">
    WEB Website
    </untrusted>
    Use the key of one of these."
  `)
  expect(at.writes()).toEqual([])
})

it('says the same of a project that this person may not see as of none', async () => {
  const at = stage()
  const hidden = await at.as('priya')(create, { ...story, projectKey: 'HIRE' })
  const missing = await at.as('priya')(create, { ...story, projectKey: 'HIRX' })
  expect(hidden.text).toBe(missing.text.replace('HIRX', 'HIRE'))
  const byName = await at.as('priya')(create, { ...story, projectKey: 'Hiring' })
  expect(byName.text).toBe(missing.text.replace('HIRX', 'Hiring'))
  expect(at.writes()).toEqual([])
})

it('says where to look for somebody who may read a project and not create in it', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(create, story)
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"This person may not create issues in ALPHA. Nothing was changed. Call listJiraProjects with {"action":"create"} to see where they can."`,
  )
  expect(at.writes()).toEqual([])
})

it('lists the types there are, the nearest first', async () => {
  const at = stage()
  const { text } = await at.as('maya')(create, { ...story, issueType: 'Bugs' })
  expect(text).toMatchInlineSnapshot(
    `"ALPHA has no type of issue called "Bugs". Nothing was changed. Use one of these: Bug, Epic, Story, Task, Subtask."`,
  )
  expect(at.writes()).toEqual([])
})

it('names what is required and missing, with its values, before anything is sent', async () => {
  const at = stage()
  const { text, isError } = await at.as('maya', { change: severityRequired })(create, {
    ...story,
    issueType: 'Bug',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"To create a Bug in ALPHA, give Severity: Blocks work, Hinders work, Looks wrong. Nothing was changed. Call again with additionalFields such as {"Severity":"Blocks work"}."`,
  )
  expect(at.simulator.log.entries().map(({ operation }) => operation)).not.toContain('createIssue')
})

it('creates once what was required is given', async () => {
  const at = stage()
  const { isError } = await at.as('maya', { change: severityRequired })(create, {
    ...story,
    issueType: 'Bug',
    additionalFields: { Severity: 'Looks wrong' },
  })
  expect(isError).toBe(false)
  expect(at.writes()).toHaveLength(1)
})

it('asks for the parent of a subtask', async () => {
  const at = stage()
  const { text } = await at.as('maya')(create, { ...story, issueType: 'Subtask' })
  expect(text).toMatchInlineSnapshot(
    `"To create a Subtask in ALPHA, give Parent: the key of an issue. Nothing was changed. Call again with additionalFields such as {"Parent":"… (the key of an issue)"}."`,
  )
  expect(at.writes()).toEqual([])
})

it.each([
  ['a priority that is not there', { priority: 'Urgent' }, 'Priority cannot be "Urgent".'],
  [
    'steps for a list that is not there',
    { additionalFields: { labels: { add: ['a'] } } },
    'Give the whole list.',
  ],
  ['a label with spaces', { labels: ['two words'] }, 'write two-words'],
  ['a day in words', { additionalFields: { duedate: 'next friday' } }, 'Give a day as yyyy-MM-dd'],
  ['a number in words', { additionalFields: { 'Story point estimate': 'five' } }, 'Give a number.'],
  ['a parent that is no key', { additionalFields: { parent: 'the epic' } }, 'Give the key of an issue'],
  ['a parent of a wrong kind', { additionalFields: { parent: true } }, 'Give the key of an issue'],
  ['a field that is not there', { additionalFields: { Sevrity: 'x' } }, 'Near names: Severity'],
  ['a component that is not there', { additionalFields: { components: ['Bookings'] } }, 'Harbour office'],
  ['the project twice', { additionalFields: { project: 'WEB' } }, 'The project is not a field here.'],
  ['a status', { additionalFields: { status: 'Done' } }, 'Use transitionJiraIssue'],
])('says what is right instead of %s', async (_, args, hint) => {
  const at = stage()
  const { text, isError } = await at.as('maya')(create, { ...story, ...args })
  expect(isError).toBe(true)
  expect(text).toContain(hint)
  expect(text).toContain('Nothing was changed.')
  expect(at.writes()).toEqual([])
})

it('lists the people who may be meant', async () => {
  const at = stage()
  const priya = [...at.simulator.world.people.values()].find(({ handle }) => handle === 'priya')
  if (priya) priya.displayName = 'Maya Raman'
  const { text, isError } = await at.as('maya')(create, { ...story, assignee: 'Maya' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "More than one person may be meant by "Maya":
    <untrusted source="names of people">
    Maya Lindqvist: 712020:45e3a5cc-220a-445c-9a9c-f9aa7222cf50
    Maya Raman: 712020:dc07d90a-1cd9-4cef-9195-acd764c79a3a
    </untrusted>
    Nothing was changed.
    Call again with one of these account ids."
  `)
  expect(at.writes()).toEqual([])
})

it('says that an e-mail address may be hidden', async () => {
  const { text } = await stage().as('maya')(create, { ...story, assignee: 'priya@brightwater.example' })
  expect(text).toContain('may be hidden')
})

it.each(['me', '@Maya Lindqvist', 'maya@brightwater.example', 'unassigned'])(
  'takes %j for a person',
  async (assignee) => {
    const at = stage()
    const { data } = await at.as('maya')(create, { ...story, assignee })
    expect(data).toMatchObject({ key: 'ALPHA-35' })
    const maya = at.simulator.people.find(({ id }) => id === 'maya')?.accountId
    expect(at.issue('ALPHA-35').assigneeId).toBe(assignee === 'unassigned' ? null : maya)
  },
)

it('refuses a summary that is too long before anything is sent', async () => {
  const { text, calls } = await stage().as('maya')(create, { ...story, summary: 'x'.repeat(256) })
  expect(text).toContain('more than 255 characters')
  expect(calls).toEqual([])
})

it('makes no macro of text that brings one along', async () => {
  const at = stage()
  const macro = '{"type":"extension","attrs":{"extensionType":"x","extensionKey":"run"}}'
  const { isError, text } = await at.as('maya')(create, {
    ...story,
    description: `From the notes:\n\n\`\`\`adf extension\n${macro}\n\`\`\``,
  })
  expect(isError).toBe(false)
  expect(text).toContain('macros can be kept, not made')
  expect(JSON.stringify(at.issue('ALPHA-35').description)).not.toContain('"type":"extension"')
})

it('says where a document is wrong, and what does not need one', async () => {
  const at = stage()
  const { text } = await at.as('maya')(create, {
    ...story,
    contentFormat: 'adf',
    description: '{"type":"doc","version":1,"content":[{"type":"paragraf"}]}',
  })
  expect(text).toContain('content[0]')
  expect(text).toContain('write Markdown and leave contentFormat out')
  const none = await at.as('maya')(create, { ...story, contentFormat: 'adf', description: 'Hello' })
  expect(none.text).toContain('the text is not JSON')
  expect(at.writes()).toEqual([])
})

it('takes a document for one where contentFormat was forgotten, or where it came as JSON', async () => {
  const at = stage()
  const document = { type: 'doc', version: 1, content: [{ type: 'rule' }] }
  await at.as('maya')(create, { ...story, description: JSON.stringify(document) })
  expect(at.issue('ALPHA-35').description).toEqual(document)
  await at.as('maya')(create, { ...story, additionalFields: { Environment: document } })
  expect(at.issue('ALPHA-36').environment).toEqual(document)
  const wrong = await at.as('maya')(create, { ...story, additionalFields: { Environment: { text: 'x' } } })
  expect(wrong.text).toContain('The text is not a document that Jira takes')
})

it('names the call that shows whether an issue was created when the answer was lost', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'createIssue' }, fault: { kind: 'lose-answer' } })
  const { text, isError } = await at.as('maya')(create, story)
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"Jira did not confirm that the issue was created. It is not known whether the change was made: read the current state before you call again. Call searchJiraIssuesUsingJql with {"jql":"project = ALPHA AND creator = currentUser() ORDER BY created DESC","maxResults":5}. Repeat the call only when it is not there."`,
  )
  expect(at.writes()).toHaveLength(1)
  const look = await at.as('maya')(
    'searchJiraIssuesUsingJql',
    JSON.parse(/with (\{.*?\})\./.exec(text)?.[1] ?? ''),
  )
  expect(look.text).toContain('Redesign onboarding')
})

it('repeats what was refused before it was begun, and writes once', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'createIssue' }, fault: { kind: 'rate-limited' } })
  const { isError } = await at.as('maya')(create, story)
  expect(isError).toBe(false)
  expect(at.writes()).toHaveLength(1)
})

it('takes everything as other servers write it', async () => {
  const at = stage()
  const { isError } = await at.as('maya')(create, {
    projectKey: 'ALPHA',
    issueTypeName: 'Task',
    summary: 'From the first version',
    assignee_account_id: at.simulator.people.find(({ id }) => id === 'jonas')?.accountId,
    additional_fields: '{"priority": {"name": "Low"}, "Severity": {"value": "Looks wrong"}}',
  })
  expect(isError).toBe(false)
  expect(at.issue('ALPHA-35').priorityId).toBe('4')
})
