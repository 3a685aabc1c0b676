/** Every operation of the Jira platform API, version 3, with the types of its input and answer. */
export * from './generated/platform/operations.gen.ts'
export type * from './generated/platform/types.gen.ts'
