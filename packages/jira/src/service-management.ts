/** Every operation of the Jira Service Management API, with the types of its input and answer. */
export * from './generated/service-management/operations.gen.ts'
export type * from './generated/service-management/types.gen.ts'
