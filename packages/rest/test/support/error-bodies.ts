/** One error body, and what is to be read from it. Shapes as recorded or reported; sentences are our own. */
interface ErrorBody {
  readonly family: string
  readonly body: unknown
  readonly messages?: readonly string[]
  readonly fieldErrors?: Readonly<Record<string, string>>
}

const java = 'com.atlassian.confluence.api.service.exceptions.BadRequestException'

const v1 = (errors: readonly unknown[], sentence: string): unknown => ({
  statusCode: 400,
  data: { authorized: true, valid: false, errors, successful: false },
  message: `${java}: ${sentence}`,
})

export const errorBodies: readonly ErrorBody[] = [
  {
    family: 'Jira',
    body: { errorMessages: ['No.'], errors: { summary: 'Too long.' } },
    messages: ['No.'],
    fieldErrors: { summary: 'Too long.' },
  },
  {
    family: 'Jira, when the body cannot be bound',
    body: { errorMessages: ['Invalid payload.'] },
    messages: ['Invalid payload.'],
  },
  {
    family: 'a problem document',
    body: { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'No number.', instance: '/x' },
    messages: ['No number.'],
  },
  {
    family: 'Confluence v2',
    body: { errors: [{ status: 400, code: 'X', title: 'Wrong', detail: null }] },
    messages: ['Wrong'],
  },
  {
    family: 'Confluence v1',
    body: v1([{ message: { key: 'Title is too long.', args: [] } }], 'Could not create content'),
    messages: ['Title is too long.', 'Could not create content'],
  },
  {
    family: 'Confluence v1 with a translation',
    body: v1([{ message: { translation: 'Not in the trash.', args: [] } }], 'No.'),
    messages: ['Not in the trash.', 'No.'],
  },
  {
    family: 'Confluence v1, short',
    body: { message: 'Not allowed to use Confluence', statusCode: 403 },
    messages: ['Not allowed to use Confluence'],
  },
  { family: 'the gateway', body: { code: 403, message: 'Forbidden' }, messages: ['Forbidden'] },
  {
    family: 'the gateway before a product',
    body: { status: 404, error: 'Not Found', message: 'Nothing here' },
    messages: ['Nothing here'],
  },
  {
    family: 'service management',
    body: { errorMessage: 'No such desk.', i18nErrorMessage: {} },
    messages: ['No such desk.'],
  },
  {
    family: 'a token endpoint',
    body: { error: 'invalid_request', error_description: 'Wrong grant.' },
    messages: ['Wrong grant.'],
  },
  {
    family: 'one failed element of a bulk call',
    body: {
      issues: [],
      errors: [{ status: 400, elementErrors: { errorMessages: ['A'], errors: { summary: 'B' } } }],
    },
    messages: ['A', 'B'],
  },
  { family: 'a bare string', body: 'no' },
  { family: 'null', body: null },
  { family: 'an array', body: [1, 'x'] },
  { family: 'other types everywhere', body: { errorMessages: 'x', errors: 3, message: { a: 1 }, data: [] } },
  {
    family: 'fields of other types',
    body: { errors: { a: ['first', 'second'], b: { message: 'deep' }, c: 5 } },
    fieldErrors: { a: 'first', b: 'deep' },
  },
  {
    family: 'names that mean more to JavaScript',
    body: { errors: { ['__proto__']: 'x', constructor: 'y' } },
    fieldErrors: { ['__proto__']: 'x', constructor: 'y' },
  },
]
