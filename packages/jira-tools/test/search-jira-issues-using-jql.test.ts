import { expect, it } from 'vitest'

import { changing, stage } from './stage.ts'

const search = 'searchJiraIssuesUsingJql'
const openBugs =
  'project = ALPHA AND issuetype = Bug AND statusCategory != Done ORDER BY priority DESC, key ASC'

it('gives one line an issue, and says that these are all', async () => {
  const { text } = await stage().as('maya')(search, { jql: openBugs, maxResults: 50 })
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="Jira issues found">
    ALPHA-7 Two guests can book the same berth at the same moment (In Progress, Jonas Weber, Highest)
    ALPHA-8 Deposit is charged twice when the card page is reloaded (To Do, Jonas Weber, High)
    ALPHA-17 Confirmation e-mail goes to spam at two providers (To Do, unassigned, High)
    ALPHA-26 Cancelled bookings still block the berth (In Progress, Jonas Weber, High)
    ALPHA-30 Export to the accounts misses the last day of the month (To Do, unassigned, High)
    ALPHA-13 Search ignores berths shorter than six metres (To Do, unassigned, Medium)
    ALPHA-15 Safari loses the chosen dates when going back (In Review, Priya Raman, Medium)
    ALPHA-23 Reminders ignore the harbour’s time zone (To Do, unassigned, Low)
    </untrusted>
    8 in all."
  `)
})

it('says how to get the next page, down to the last', async () => {
  const call = stage().as('maya')
  const keys: string[] = []
  let nextPageToken: string | undefined
  let pages = 0
  do {
    const { text } = await call(search, {
      jql: 'project = ALPHA ORDER BY key',
      maxResults: 20,
      ...(nextPageToken !== undefined && { nextPageToken }),
    })
    keys.push(...[...text.matchAll(/^(ALPHA-\d+) /gm)].map(([, key = '']) => key))
    nextPageToken = /More: the same call with nextPageToken "([^"]+)"/.exec(text)?.[1]
    pages += 1
    expect(text).toMatch(nextPageToken === undefined ? /shown, and no more\.$/ : /^20 shown\. /m)
  } while (nextPageToken !== undefined)
  expect(pages).toBe(2)
  expect(new Set(keys).size).toBe(34)
})

it('shows other fields with their labels, and says which are empty', async () => {
  const { text, calls } = await stage().as('maya')(search, {
    jql: 'key in (ALPHA-1, ALPHA-7)  ORDER BY key',
    fields: ['Severity', 'due', 'assignee', 'description'],
  })
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="Jira issues found">
    ALPHA-1 Guests can book a berth online (Severity: none, Due: none, Assignee: none, Description: A guest finds a free berth, reserves it and pays the deposit, without calling the harbour. **Done when** a guest at Lakeside can do all of it on a phone in under three minutes.)
    ALPHA-7 Two guests can book the same berth at the same moment (Severity: Blocks work, Due: none, Assignee: Jonas Weber, Description: Two browsers, same berth, same night. Both press **Reserve** within a second: both get a confirmation. 1. Open berth N-14 in two browsers 2. Press *Reserve* in both 3. Look at the arrivals list: two b…)
    </untrusted>
    2 in all."
  `)
  expect(calls).toHaveLength(2)
})

it('does not say who an issue is assigned to when it was not asked', async () => {
  const { text } = await stage().as('maya')(search, { jql: 'key = ALPHA-7', fields: ['priority'] })
  expect(text).toContain('ALPHA-7 Two guests can book the same berth at the same moment (Priority: Highest)')
})

it('counts without fetching issues', async () => {
  const { text, calls } = await stage().as('maya')(search, { jql: openBugs, searchResultMode: 'count' })
  expect(text).toMatchInlineSnapshot(`"About 8 match, as Jira estimates."`)
  expect(calls.map(({ operation }) => operation.id)).toEqual(['countIssues'])
})

it('gives both the issues and their number', async () => {
  const { text } = await stage().as('maya')(search, {
    jql: 'project = ALPHA',
    maxResults: 1,
    searchResultMode: 'all',
  })
  expect(text).toMatch(/1 shown\. More: .*\nAbout 34 match, as Jira estimates\.$/)
})

it('narrows a query to projects without changing what it means', async () => {
  const call = stage().as('maya')
  const narrow = await call(search, {
    jql: 'priority = Highest OR priority = High ORDER BY key DESC',
    projects: ['web', 'hire'],
  })
  expect(narrow.text).toMatchInlineSnapshot(`
    "<untrusted source="Jira issues found">
    WEB-5 Prices page shows last year’s prices to search engines (In Progress, Jonas Weber, High)
    WEB-2 Contact form forgets the message after an error (Done, Sam Whitfield, High)
    HIRE-4 Application form lost two alpha testers’ letters (Applied, unassigned, High)
    </untrusted>
    3 in all."
  `)
  const all = await call(search, { jql: 'ORDER BY created', projects: 'WEB' })
  expect(all.text).toContain('7 in all.')
})

it('says what is wrong with a query before it is narrowed', async () => {
  const { text, isError, calls } = await stage().as('maya')(search, {
    jql: 'priority = = High',
    projects: ['WEB'],
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"Error in JQL Query: Expecting either a value, list or function but got '='. You must surround '=' in quotation marks to use it as a value. (line 1, character 12) Correct jql and call again."`,
  )
  expect(calls).toEqual([])
})

it.each([
  ['a field that is not there', 'staus = Done', /did you mean status\?/],
  ['a status that is not there', 'project = ALPHA AND status = "In Progres"', /did you mean In Progress\?/],
  ['a project that is not there', 'project = ALHPA', /did you mean ALPHA\?/],
  ['a priority that is not there', 'priority = Urgent', /Highest, High, Medium, Low, Lowest/],
  ['a function that is not there', 'assignee = me()', /me/],
  ['a date that cannot be read', 'project = ALPHA AND updated >= yesterday', /yesterday/],
])('explains why nothing was found with %s', async (_, jql, hint) => {
  const { text, isError } = await stage().as('maya')(search, { jql })
  expect(isError).toBe(false)
  expect(text).toContain('Nothing was found because Jira does not know a part of the query:')
  expect(text).toMatch(hint)
  expect(text).toContain('Correct it and search again.')
})

it('gives hints only on what Jira does not understand', async () => {
  const at = stage()
  const { text } = await at.as('maya')(search, {
    jql: 'text ~ "berth" AND statusCategory = Done AND staus = Done',
  })
  expect(text.match(/did you mean/g)).toHaveLength(1)
})

it('explains an unknown field in few words', async () => {
  const { text } = await stage().as('maya')(search, { jql: 'project = ALPHA AND staus = Done' })
  expect(text).toMatchInlineSnapshot(`
    "Nothing was found because Jira does not know a part of the query:
    <untrusted source="what Jira says of the query">
    Field 'staus' does not exist or you do not have permission to view it.
    staus: did you mean status?
    </untrusted>
    Correct it and search again."
  `)
})

it('says that a query is sound when nothing matches', async () => {
  const { text } = await stage().as('maya')(search, { jql: 'project = ALPHA AND labels = nothing' })
  expect(text).toMatchInlineSnapshot(
    `"No issue matches, or none that this person may see. Every name in the query is known to Jira."`,
  )
})

it('explains a count of none as well', async () => {
  const { text } = await stage().as('maya')(search, { jql: 'staus = Done', searchResultMode: 'count' })
  expect(text).toContain('did you mean status?')
})

it('keeps the answer when Jira gives no reason for it', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'parseJqlQueries' }, fault: { kind: 'error', status: 500 } })
  const { text, isError } = await at.as('maya')(search, { jql: 'staus = Done' })
  expect(isError).toBe(false)
  expect(text).toContain('No issue matches')
  expect(text).toContain('could not say')
})

it('explains without hints when names cannot be had', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'getFields' }, fault: { kind: 'error', status: 500 } })
  const { text, isError } = await at.as('maya')(search, { jql: 'staus = Done' })
  expect(isError).toBe(false)
  expect(text).toContain("Field 'staus' does not exist")
})

it('tells nobody of a project that they may not see', async () => {
  const at = stage()
  const hidden = await at.as('priya')(search, { jql: 'project = HIRE' })
  const missing = await at.as('priya')(search, { jql: 'project = HIRX' })
  expect(hidden.text.replaceAll('HIRE', 'HIRX')).toBe(missing.text)
  expect(hidden.text).not.toContain('Hiring')
  const everywhere = await at.as('priya')(search, { jql: 'created > "2000-01-01"', maxResults: 100 })
  expect(everywhere.text).not.toMatch(/HIRE-|Candidate/)
})

it('says what Jira refuses when that is how the site answers', async () => {
  const at = stage()
  at.simulator.switches.jqlUnknown = 'error'
  const { text, isError } = await at.as('maya')(search, { jql: 'staus = Done' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "Atlassian refused the values of this call. Atlassian said:
    <untrusted source="error message of Atlassian">
    Field 'staus' does not exist or you do not have permission to view it.
    </untrusted>
    Correct what is named and call again."
  `)
})

it('says that a query needs a restriction', async () => {
  const { text, isError } = await stage().as('maya')(search, { jql: 'ORDER BY created' })
  expect(isError).toBe(true)
  expect(text).toContain('Please add a search restriction')
})

it('sends a long query as a body', async () => {
  const keys = Array.from({ length: 300 }, (_, index) => `ALPHA-${index + 1}`).join(', ')
  const { text, calls } = await stage().as('maya')(search, { jql: `key in (${keys})`, maxResults: 1 })
  expect(text).toContain('1 shown.')
  expect(calls.map(({ operation }) => operation.method)).toEqual(['POST'])
})

it('says when a page token is of another query', async () => {
  const { text, isError } = await stage().as('maya')(search, { jql: 'project = ALPHA', nextPageToken: 'x' })
  expect(isError).toBe(true)
  expect(text).toContain('next page token is invalid or expired')
})

it('is not misled by an empty page in the middle', async () => {
  const emptied = changing(/\/search\/jql$/, (page) => {
    page.issues = []
  })
  const { text } = await stage().as('maya', { change: emptied })(search, {
    jql: 'project = ALPHA',
    maxResults: 5,
  })
  expect(text).toContain('0 shown. More: the same call with nextPageToken')
})
