import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import { discoverFields, fieldSource } from '../src/index.ts'
import type { Jira } from '../src/index.ts'
import type { FieldDetails } from '../src/operations.ts'
import { asked, scripted } from './client.ts'

const page = (): Response => json({ startAt: 0, maxResults: 50, total: 0, isLast: true, values: [] })

/** What a method of the surface asks the upstream. */
async function request(run: (jira: Jira) => Promise<unknown>, answer: Response = json({})): Promise<string> {
  const { jira, upstream } = scripted(answer)
  await run(jira)
  return asked(upstream).join('\n')
}

test('words of a site, filters, dashboards and epics', async () => {
  const all = [
    await request((jira) => jira.vocabulary.issueTypes(), json([])),
    await request((jira) => jira.vocabulary.statuses(), json([])),
    await request((jira) => jira.vocabulary.priorities(), json([])),
    await request((jira) => jira.vocabulary.resolutions().page(), page()),
    await request((jira) => jira.vocabulary.labels().page(), page()),
    await request((jira) => jira.vocabulary.groups('dev')),
    await request((jira) => jira.filters.list({ name: 'open' }).page(), page()),
    await request((jira) => jira.filters.favourites(), json([])),
    await request((jira) => jira.filters.get(10_000)),
    await request((jira) => jira.filters.create({ name: 'Open bugs', jql: 'type = Bug' })),
    await request((jira) => jira.filters.update(10_000, { name: 'Bugs' })),
    await request((jira) => jira.filters.remove(10_000), reply(204)),
    await request((jira) => jira.dashboards.list({ owner: 'account-1' }).page(), page()),
    await request((jira) => jira.dashboards.get('10000')),
    await request((jira) => jira.epics.get('DEMO-7')),
    await request(
      (jira) => jira.epics.issues('DEMO-7', { fields: ['summary'] }).page(),
      json({ issues: [], isLast: true }),
    ),
    await request((jira) => jira.epics.add('DEMO-7', ['DEMO-1']), reply(204)),
    await request((jira) => jira.epics.remove(['DEMO-1']), reply(204)),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /rest/api/3/issuetype",
      "GET /rest/api/3/status",
      "GET /rest/api/3/priority",
      "GET /rest/api/3/resolution/search?maxResults=50",
      "GET /rest/api/3/label?maxResults=1000",
      "GET /rest/api/3/groups/picker?query=dev&maxResults=20",
      "GET /rest/api/3/filter/search?filterName=open&expand=description,owner,jql,viewUrl,searchUrl,favourite,sharePermissions&maxResults=100",
      "GET /rest/api/3/filter/favourite",
      "GET /rest/api/3/filter/10000",
      "POST /rest/api/3/filter {"name":"Open bugs","jql":"type = Bug"}",
      "PUT /rest/api/3/filter/10000 {"name":"Bugs"}",
      "DELETE /rest/api/3/filter/10000",
      "GET /rest/api/3/dashboard/search?accountId=account-1&maxResults=100",
      "GET /rest/api/3/dashboard/10000",
      "GET /rest/agile/1.0/epic/DEMO-7",
      "GET /rest/software/1.0/epic/DEMO-7/issue?fields=summary&maxResults=100",
      "POST /rest/agile/1.0/epic/DEMO-7/issue {"issues":["DEMO-1"]}",
      "POST /rest/agile/1.0/epic/none/issue {"issues":["DEMO-1"]}",
    ]
  `)
})

const detail = (id: string, name: string, custom?: string): FieldDetails => ({
  id,
  key: id,
  name,
  custom: custom !== undefined,
  navigable: true,
  orderable: true,
  searchable: true,
  ...(custom !== undefined && { schema: { type: 'any', custom } }),
})
const kind = (name: string): string => `com.atlassian.jira.plugin.system.customfieldtypes:${name}`

describe('discovering custom fields', () => {
  test('names and kinds come from what the site says', () => {
    const found = discoverFields([
      detail('summary', 'Summary'),
      detail('customfield_10020', 'Sprint', 'com.pyxis.greenhopper.jira:gh-sprint'),
      detail('customfield_10016', 'Story Points', kind('float')),
      detail('customfield_10050', 'Team (group)', kind('select')),
      detail('customfield_10051', 'Story points', kind('float')),
      detail('customfield_10052', '3rd party', kind('textfield')),
      detail('customfield_10053', 'Größe', 'com.example:rating'),
      detail('customfield_10054', '名前', kind('textfield')),
      detail('customfield_10055', '***', kind('textfield')),
    ])
    expect(found.map(({ name, kind: of }) => `${name}: ${of}`)).toEqual([
      'storyPoints: number',
      'sprint: sprint',
      'teamGroup: option',
      'storyPoints10051: number',
      'field3rdParty: text',
      'größe: raw',
      '名前: text',
      'field10055: text',
    ])
  })

  test('as a source file', () => {
    expect(fieldSource([{ name: 'storyPoints', id: 'customfield_10016', kind: 'number' }]))
      .toMatchInlineSnapshot(`
      "import { field } from '@telamon/jira'

      export const fields = {
        storyPoints: field.number("customfield_10016"),
      } as const
      "
    `)
  })
})
