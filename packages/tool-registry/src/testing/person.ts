import type { Person } from '../tool.ts'

/** A person with every permission, for tests. */
export const testPerson: Person = {
  subject: 'person-1',
  label: 'Test Person',
  grantId: 'grant-1',
  clientId: 'client-1',
  scopes: ['jira:write', 'confluence:write', 'jsm:write'],
  choices: [],
}
